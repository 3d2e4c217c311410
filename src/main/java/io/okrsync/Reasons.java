package io.okrsync;

import io.okrsync.connector.FreshnessLimits;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.SourceState;
import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.UtcTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a key result has no value, or an old one, or one of which something is missing.
 *
 * @param states of the sources that were ever read
 * @param freshness of a source
 * @param at the present time
 */
record Reasons(
    Setup now,
    Map<String, SourceState> states,
    BiFunction<FreshnessLimits, @Nullable SourceState, Freshness> freshness,
    Instant at) {

  /**
   * Null where all is well.
   *
   * @param reading its latest; null while there is none
   * @param closed whether its value is frozen, whatever its sources do
   */
  @Nullable String of(KeyResult keyResult, @Nullable KeyResultReading reading, boolean closed) {
    if (closed) {
      return reading == null ? null : reading.reason();
    }
    String reason = ofValue(keyResult, reading);
    String held = held(keyResult);
    if (reason == null || held.isEmpty()) {
      return held.isEmpty() ? reason : held;
    }
    return held + "; " + reason;
  }

  private @Nullable String ofValue(KeyResult keyResult, @Nullable KeyResultReading reading) {
    if (reading == null) {
      return keyResult.isTyped()
          ? "not typed yet: a person types this value"
          : "not read yet: the first run of its sources has not ended";
    }
    if (reading.reason() != null) {
      return reading.reason();
    }
    return states(keyResult)
        .flatMap(it -> Optional.ofNullable(it.incomplete()).stream())
        .findFirst()
        .map(Reasons::incomplete)
        .or(() -> outdated(keyResult))
        .orElse(null);
  }

  private Stream<SourceState> states(KeyResult keyResult) {
    return now.sourcesOf(keyResult).stream()
        .flatMap(it -> Optional.ofNullable(states.get(it)).stream());
  }

  /** What waits for a person before anything newer can be known; empty where nothing does. */
  private String held(KeyResult keyResult) {
    return states(keyResult)
        .flatMap(it -> Optional.ofNullable(it.lastRun()).stream())
        .filter(run -> run.outcome() == Outcome.HELD)
        .map(
            run ->
                "run %d of '%s' is held: %s; release or discard it"
                    .formatted(run.id(), run.source(), run.reason()))
        .collect(Collectors.joining("; "));
  }

  /** Why nothing newer is known, where a source was not read in time. */
  private Optional<String> outdated(KeyResult keyResult) {
    return now.sourcesOf(keyResult).stream()
        .filter(this::isOutdated)
        .findFirst()
        .map(it -> outdated(it, states.get(it)));
  }

  private boolean isOutdated(String source) {
    FreshnessLimits limits = now.source(source).freshness();
    return freshness.apply(limits, states.get(source)) == Freshness.OUTDATED;
  }

  private String outdated(String source, @Nullable SourceState state) {
    String since =
        state == null || state.readAt() == null
            ? "'%s' was never read completely".formatted(source)
            : read(source, state.readAt());
    SyncRun last = state == null ? null : state.lastRun();
    return last == null || last.outcome().isWell() || last.outcome() == Outcome.HELD
        ? since
        : "%s; run %d since then: %s".formatted(since, last.id(), last.inWords());
  }

  private String read(String source, Instant readAt) {
    return (ClockPutBack.isShownBy(readAt, at)
            ? "'%s' was read at %s, a time that is yet to come, so a clock was put back"
            : "'%s' was last read at %s")
        .formatted(source, UtcTime.inWords(readAt));
  }

  private static String incomplete(SyncRun run) {
    return "incomplete: %d of %d items of '%s' could not be read; see run %d"
        .formatted(run.counts().rejected(), run.counts().read(), run.source(), run.id());
  }
}
