package io.okrsync;

import io.okrsync.connector.FreshnessLimits;
import io.okrsync.okr.Cascade;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Forecast;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Initiatives;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Status;
import io.okrsync.okr.ValueAt;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.sync.ClockPutBack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where every key result stands now: its last reading, the age of what is behind it, and the day of
 * its cycle.
 */
final class Standings {
  private final Store store;
  private final Supplier<Setup> setup;
  private final Clock clock;

  Standings(Store store, Supplier<Setup> setup, Clock clock) {
    this.store = store;
    this.setup = setup;
    this.clock = clock;
  }

  List<ObjectiveStanding> now() {
    Setup now = setup.get();
    List<String> keyResults = now.keyResults().stream().map(KeyResult::id).toList();
    Map<String, KeyResultReading> readings =
        store.latestReadings(now.keyResults().stream().flatMap(Standings::names).toList());
    Map<String, SourceState> sources = store.sourceStates();
    Map<String, Statement> overrides = store.overrides(keyResults);
    Map<String, Instant> unreadable = store.unreadableSince(keyResults);
    Function<KeyResult, Standing> standing =
        it -> standing(now, it, readings, unreadable.get(it.id()), overrides.get(it.id()), sources);
    return new Cascade(now.configuration().objectives())
        .standings(standing, (it, child) -> rolledUp(it, child, overrides.get(it.id())));
  }

  private Standing rolledUp(
      KeyResult keyResult, ObjectiveStanding child, @Nullable Statement override) {
    Instant at = clock.instant();
    return Cascade.standing(keyResult, child, holding(override, at), at);
  }

  /**
   * Where it would end; empty while too few days are known, outside of its cycle, and while the
   * value is outdated: it would tell the future from what is not known to be true now.
   */
  Optional<Forecast> forecast(Standing standing) {
    if (standing.status() == Status.OUTDATED) {
      return Optional.empty();
    }
    KeyResult keyResult = standing.keyResult();
    if (keyResult.goal() instanceof Milestone) {
      return Optional.empty();
    }
    Cycle cycle = keyResult.cycle();
    return Forecast.of(course(keyResult), cycle, clock.instant(), standing.course());
  }

  /** Its values in its cycle, oldest first; of a score, those at the end of each day and now. */
  List<ValueAt> course(KeyResult keyResult) {
    return keyResult.terms().child().isPresent()
        ? new RolledUp(setup.get(), store.evidence().statements())
            .course(keyResult, store.evidence(), clock.instant())
        : store.course(keyResult.id(), keyResult.cycle().start());
  }

  /** The issues that are linked to it; empty where none are asked for. */
  Optional<Initiatives> initiatives(Standing standing) {
    return new LinkedIssues(store).of(standing.keyResult(), setup.get(), clock.instant());
  }

  /**
   * How old what we know of a source is; one that was never read is never fresh, and ages from the
   * moment the first configuration was loaded. What is known as of a time that is yet to come is
   * outdated, since nobody can tell how old it is.
   */
  Freshness freshness(FreshnessLimits limits, @Nullable SourceState state) {
    Instant readAt = state == null ? null : state.readAt();
    if (readAt != null) {
      return freshness(limits, readAt);
    }
    Freshness waited = freshness(limits, firstLoadedAt());
    return waited == Freshness.FRESH ? Freshness.NEVER_READ : waited;
  }

  private Freshness freshness(FreshnessLimits limits, Instant known) {
    Instant now = clock.instant();
    Duration age = Duration.between(known, now);
    if (age.compareTo(limits.error()) > 0 || ClockPutBack.isShownBy(known, now)) {
      return Freshness.OUTDATED;
    }
    return age.compareTo(limits.warn()) > 0 ? Freshness.AGING : Freshness.FRESH;
  }

  private Instant firstLoadedAt() {
    return store.firstLoadedAt().orElseGet(clock::instant);
  }

  /**
   * A value that cannot be read any more is as old as the moment since when it could not be,
   * however often its sources are read. One that is frozen does not age.
   */
  private Standing standing(
      Setup now,
      KeyResult keyResult,
      Map<String, KeyResultReading> readings,
      @Nullable Instant unreadableSince,
      @Nullable Statement override,
      Map<String, SourceState> states) {
    KeyResultReading reading = readings.get(keyResult.id());
    Marks marks = marks(now, keyResult, readings, override, states);
    List<Freshness> ages = new ArrayList<>();
    keyResult.terms().typed().ifPresent(every -> ages.add(age(every, reading, keyResult)));
    for (String source : now.sourcesOf(keyResult)) {
      FreshnessLimits limits = now.source(source).freshness();
      ages.add(freshness(limits, states.get(source)));
      if (unreadableSince != null) {
        ages.add(freshness(limits, unreadableSince));
      }
    }
    return new Standing(
        keyResult,
        reading == null ? null : reading.value(),
        new Reasons(now, states, this::freshness, clock.instant())
            .of(keyResult, reading, marks.isClosed()),
        keyResult.isTyped()
            ? reading == null ? null : reading.at()
            : older(unreadableSince, readAt(now.sourcesOf(keyResult), states)),
        marks.isClosed()
            ? Freshness.FRESH
            : ages.stream().max(Comparator.naturalOrder()).orElse(Freshness.FRESH),
        keyResult.cycle().elapsed(clock.instant()),
        marks);
  }

  /**
   * A typed value ages when it should have been typed again, and is outdated after twice as long;
   * what is done stays done.
   */
  private Freshness age(Duration every, @Nullable KeyResultReading typed, KeyResult keyResult) {
    if (keyResult.goal() instanceof Milestone milestone
        && typed != null
        && typed.value() != null
        && milestone.isDone(typed.value())) {
      return Freshness.FRESH;
    }
    FreshnessLimits limits = new FreshnessLimits(every, every.multipliedBy(2));
    if (typed != null) {
      return freshness(limits, typed.at());
    }
    Instant begun = keyResult.cycle().start();
    if (begun.isAfter(clock.instant())) {
      return Freshness.FRESH;
    }
    return freshness(limits, begun.isAfter(firstLoadedAt()) ? begun : firstLoadedAt());
  }

  /** Of all readings that say where it stands. */
  static Stream<String> names(KeyResult keyResult) {
    return Stream.concat(Stream.of(keyResult.id()), Series.of(keyResult).map(Series::name))
        .distinct();
  }

  private Marks marks(
      Setup now,
      KeyResult keyResult,
      Map<String, KeyResultReading> readings,
      @Nullable Statement override,
      Map<String, SourceState> states) {
    Instant at = clock.instant();
    Function<Series, Frozen> frozen = it -> frozen(now, it, readings.get(it.name()), states);
    return new Marks(
        Series.baseline(keyResult).map(frozen).orElse(null),
        at.isBefore(keyResult.cycle().end())
            ? null
            : Series.close(keyResult).map(frozen).orElse(null),
        holding(override, at),
        null);
  }

  private static @Nullable Statement holding(@Nullable Statement override, Instant at) {
    return override == null || !override.holds(at) ? null : override;
  }

  private Frozen frozen(
      Setup now,
      Series series,
      @Nullable KeyResultReading latest,
      Map<String, SourceState> states) {
    if (latest != null && series.isFrozenBy(latest)) {
      return new Frozen(latest.value(), null, latest.at(), latest.id());
    }
    Instant readAt = readAt(now.sourcesOf(series.keyResult()), states);
    return Frozen.notYet(
        series
            .notYet(clock.instant(), since -> readAt != null && !readAt.isBefore(since))
            .or(() -> Optional.ofNullable(latest).map(KeyResultReading::reason))
            .orElse(
                "it is read with the next run of its sources, or the second look that one of them"
                    + " is owed"));
  }

  private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return other;
    }
    return one.isBefore(other) ? one : other;
  }

  /** When the source read longest ago was read; null where one has never been read. */
  private static @Nullable Instant readAt(Set<String> sources, Map<String, SourceState> states) {
    Instant oldest = null;
    for (String source : sources) {
      SourceState state = states.get(source);
      if (state == null || state.readAt() == null) {
        return null;
      }
      oldest = oldest == null || state.readAt().isBefore(oldest) ? state.readAt() : oldest;
    }
    return oldest;
  }
}
