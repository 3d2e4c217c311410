package io.okrsync;

import io.okrsync.okr.Cascade;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.ValueAt;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where key results stood at any moment, and the scores that they add up to: as the readings and
 * the overrides of that moment make them by one configuration. No score is stored, so its course is
 * computed when somebody looks.
 */
final class RolledUp {
  private final Setup setup;
  private final List<Statement> overrides;

  /**
   * @param statements all that people stated, oldest first
   */
  RolledUp(Setup setup, List<Statement> statements) {
    this.setup = setup;
    this.overrides =
        statements.stream().filter(it -> it.kind() == Statement.Kind.OVERRIDE).toList();
  }

  /** Where everything stood at a moment, as these readings make it. */
  List<ObjectiveStanding> at(Instant at, Function<String, @Nullable KeyResultReading> readings) {
    return at(setup.configuration().objectives(), at, readings);
  }

  private List<ObjectiveStanding> at(
      List<Objective> objectives,
      Instant at,
      Function<String, @Nullable KeyResultReading> readings) {
    return new Cascade(objectives)
        .standings(
            it -> read(it, at, override(it.id(), at), readings),
            (it, child) -> Cascade.standing(it, child, override(it.id(), at), at));
  }

  /** What a person had put in place of a value at a moment; null where nobody had. */
  private @Nullable Statement override(String keyResult, Instant at) {
    @Nullable Statement last = null;
    for (Statement each : overrides) {
      if (each.keyResult().equals(keyResult) && !each.at().isAfter(at)) {
        last = each;
      }
    }
    return last == null || !last.holds(at) ? null : last;
  }

  /**
   * The value of such a key result at the end of each day of its cycle and now, where it is another
   * than before.
   */
  List<ValueAt> course(KeyResult keyResult, Evidence evidence, Instant now) {
    Cycle cycle = keyResult.cycle();
    List<Objective> behind = new ArrayList<>();
    setup.child(keyResult).ifPresent(it -> gather(it, behind));
    Map<String, List<KeyResultReading>> known = new HashMap<>();
    List<ValueAt> course = new ArrayList<>();
    NavigableSet<Instant> evenings = evenings(cycle, now);
    for (Instant at : evenings) {
      @Nullable BigDecimal value =
          value(
              keyResult,
              behind,
              at,
              it ->
                  last(known.computeIfAbsent(it, name -> evidence.lastOfEach(name, evenings)), at));
      if (value != null && !isLast(course, value)) {
        course.add(new ValueAt(since(at, evenings.lower(at), known), value));
      }
    }
    return course;
  }

  /** Since the last reading of a day, or its end where none was read, as when an override ends. */
  private static Instant since(
      Instant at, @Nullable Instant evening, Map<String, List<KeyResultReading>> known) {
    return known.values().stream()
        .flatMap(it -> Stream.ofNullable(last(it, at)))
        .map(KeyResultReading::at)
        .filter(it -> evening == null || it.isAfter(evening))
        .max(Comparator.naturalOrder())
        .orElse(at);
  }

  private @Nullable BigDecimal value(
      KeyResult keyResult,
      List<Objective> behind,
      Instant at,
      Function<String, @Nullable KeyResultReading> readings) {
    List<Objective> all = new ArrayList<>(behind);
    all.add(
        new Objective(
            keyResult.objective(), keyResult.title(), "", keyResult.cycle(), List.of(keyResult)));
    List<ObjectiveStanding> standings = at(all, at, readings);
    return standings.get(standings.size() - 1).keyResults().get(0).value();
  }

  /** An objective and all that it rests on. */
  private void gather(Objective objective, List<Objective> to) {
    if (!to.contains(objective)) {
      to.add(objective);
      objective.keyResults().forEach(it -> setup.child(it).ifPresent(next -> gather(next, to)));
    }
  }

  /** The last moment of each day that is over, and of the one that is not. */
  private static NavigableSet<Instant> evenings(Cycle cycle, Instant now) {
    Instant until = now.isBefore(cycle.end()) ? now : cycle.end().minus(1, ChronoUnit.MICROS);
    NavigableSet<Instant> evenings = new TreeSet<>();
    for (LocalDate day = cycle.from(); !day.isAfter(cycle.to()); day = day.plusDays(1)) {
      Instant evening =
          day.plusDays(1).atStartOfDay(cycle.zone()).toInstant().minus(1, ChronoUnit.MICROS);
      if (!evening.isBefore(until)) {
        break;
      }
      evenings.add(evening);
    }
    if (!until.isBefore(cycle.start())) {
      evenings.add(until);
    }
    return evenings;
  }

  private static @Nullable KeyResultReading last(List<KeyResultReading> inOrder, Instant at) {
    @Nullable KeyResultReading last = null;
    for (KeyResultReading each : inOrder) {
      if (!each.at().isAfter(at)) {
        last = each;
      }
    }
    return last;
  }

  private static boolean isLast(List<ValueAt> course, BigDecimal value) {
    return !course.isEmpty() && course.get(course.size() - 1).value().compareTo(value) == 0;
  }

  private static Standing read(
      KeyResult keyResult,
      Instant at,
      @Nullable Statement override,
      Function<String, @Nullable KeyResultReading> readings) {
    @Nullable KeyResultReading last = readings.apply(keyResult.id());
    return new Standing(
        keyResult,
        last == null ? null : last.value(),
        last == null ? "not read yet" : last.reason(),
        last == null ? null : last.at(),
        Freshness.FRESH,
        keyResult.cycle().elapsed(at),
        new Marks(
            frozen(Series.baseline(keyResult), readings),
            frozen(Series.close(keyResult), readings),
            override,
            null));
  }

  private static @Nullable Frozen frozen(
      Optional<Series> series, Function<String, @Nullable KeyResultReading> readings) {
    return series
        .flatMap(it -> Optional.ofNullable(readings.apply(it.name())).filter(it::isFrozenBy))
        .map(it -> new Frozen(it.value(), null, it.at(), it.id()))
        .orElse(null);
  }
}
