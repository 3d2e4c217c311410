package io.okrsync;

import io.okrsync.okr.Cascade;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Objective;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scores that are values, at any moment: as the readings and the overrides of that moment make them
 * by one configuration. Nothing of it is stored, so a course is computed when somebody looks.
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

  /** Those whose value is the score of an objective, by id, as these readings make them. */
  Map<String, Standing> at(
      Instant at, Instant said, Function<String, @Nullable KeyResultReading> readings) {
    return at(setup.configuration().objectives(), at, said, readings);
  }

  /**
   * @param at how much of a cycle is over
   * @param said by when an override must have been stated, and until when it must hold
   */
  private Map<String, Standing> at(
      List<Objective> objectives,
      Instant at,
      Instant said,
      Function<String, @Nullable KeyResultReading> readings) {
    Map<String, Standing> rolledUp = new LinkedHashMap<>();
    new Cascade(objectives)
            .standings(
                it -> read(it, at, override(it.id(), said), readings),
                (it, child) -> Cascade.standing(it, child, override(it.id(), said), at))
            .stream()
            .flatMap(it -> it.keyResults().stream())
            .filter(it -> it.marks().child() != null)
            .forEach(it -> rolledUp.put(it.keyResult().id(), it));
    return rolledUp;
  }

  /** What a person had put in place of a value at a moment; null where nobody had. */
  @Nullable Statement override(String keyResult, Instant at) {
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
    for (Instant at : evenings(cycle, now)) {
      @Nullable BigDecimal value =
          value(
              keyResult,
              behind,
              at,
              it ->
                  last(
                      known.computeIfAbsent(
                          it, name -> evidence.readings(name, cycle.start(), now)),
                      at));
      if (value != null && !isLast(course, value)) {
        course.add(new ValueAt(at, value));
      }
    }
    return course;
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
    Standing standing = at(all, at, at, readings).get(keyResult.id());
    return standing == null ? null : standing.value();
  }

  /** An objective and all that it rests on. */
  private void gather(Objective objective, List<Objective> to) {
    if (!to.contains(objective)) {
      to.add(objective);
      objective.keyResults().forEach(it -> setup.child(it).ifPresent(next -> gather(next, to)));
    }
  }

  /** The last moment of each day that is over, and of the one that is not. */
  private static List<Instant> evenings(Cycle cycle, Instant now) {
    Instant until = now.isBefore(cycle.end()) ? now : cycle.end().minus(1, ChronoUnit.MICROS);
    List<Instant> evenings = new ArrayList<>();
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
            frozen(readings.apply(Frozen.baselineOf(keyResult.id()))),
            frozen(readings.apply(Frozen.closeOf(keyResult.id()))),
            override,
            null));
  }

  private static @Nullable Frozen frozen(@Nullable KeyResultReading reading) {
    return reading == null || reading.value() == null || reading.reason() != null
        ? null
        : new Frozen(reading.value(), null, reading.at(), reading.id());
  }
}
