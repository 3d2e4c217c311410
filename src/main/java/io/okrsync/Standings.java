package io.okrsync;

import io.okrsync.connector.FreshnessLimits;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where every key result stands now: its last reading, the age of what is behind it, and the day of
 * its cycle.
 */
final class Standings {
  private final Store store;
  private final Supplier<Setup> setup;
  private final Clock clock;
  private final Instant openedAt;

  Standings(Store store, Supplier<Setup> setup, Clock clock) {
    this.store = store;
    this.setup = setup;
    this.clock = clock;
    this.openedAt = clock.instant();
  }

  List<ObjectiveStanding> now() {
    Setup now = setup.get();
    Map<String, KeyResultReading> readings = store.latestReadings();
    Map<String, SourceState> sources = store.sourceStates();
    return now.configuration().objectives().stream()
        .map(
            objective ->
                new ObjectiveStanding(
                    objective,
                    objective.keyResults().stream()
                        .map(it -> standing(now, it, readings.get(it.id()), sources))
                        .toList()))
        .toList();
  }

  /**
   * How old what we know of a source is; what was never read ages from the moment the service
   * opened.
   */
  Freshness freshness(FreshnessLimits limits, @Nullable SourceState state) {
    Instant readAt = state == null ? null : state.readAt();
    Duration age = Duration.between(readAt == null ? openedAt : readAt, clock.instant());
    if (age.compareTo(limits.error()) > 0) {
      return Freshness.OUTDATED;
    }
    return age.compareTo(limits.warn()) > 0 ? Freshness.AGING : Freshness.FRESH;
  }

  private Standing standing(
      Setup now,
      KeyResult keyResult,
      @Nullable KeyResultReading reading,
      Map<String, SourceState> states) {
    Set<String> sources = now.sourcesOf(keyResult);
    return new Standing(
        keyResult,
        reading == null ? null : reading.value(),
        reading == null
            ? "not read yet: the first run of its sources has not ended"
            : reading.reason(),
        readAt(sources, states),
        sources.stream()
            .map(it -> freshness(now.source(it).freshness(), states.get(it)))
            .max(Comparator.naturalOrder())
            .orElse(Freshness.FRESH),
        keyResult.cycle().elapsed(clock.instant()));
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
