package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Belief;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was believed at a moment, by the configuration, the readings and the overrides of then;
 * scores that are values are made of those, too.
 */
final class Beliefs {
  private final Store store;
  private final Evidence evidence;
  private final StoredSetups setups;

  Beliefs(Store store, StoredSetups setups) {
    this.store = store;
    this.evidence = store.evidence();
    this.setups = setups;
  }

  /**
   * Of all key results that were configured then, in that order; empty before the first
   * configuration.
   *
   * @param present the time now, by which what is known now is told
   * @throws IllegalStateException when that configuration cannot be compiled any more
   */
  List<Belief> at(Instant at, Instant present) {
    List<ConfigurationText> inForce = evidence.configurations(at, at);
    if (inForce.isEmpty()) {
      return List.of();
    }
    long version = inForce.get(inForce.size() - 1).version();
    StoredSetups.Compiled compiled = setups.version(version);
    Setup setup = compiled.setup();
    if (setup == null) {
      throw new IllegalStateException(compiled.why());
    }
    Map<String, KeyResultReading> now =
        store.latestReadings(setup.keyResults().stream().flatMap(Beliefs::names).toList());
    RolledUp scores = new RolledUp(setup, evidence.statements());
    Map<String, Standing> rolledUp = scores.at(at, at, it -> last(it, at));
    Map<String, Standing> rolledUpNow = scores.at(at, present, now::get);
    return setup.keyResults().stream()
        .map(
            it -> {
              @Nullable Standing then = rolledUp.get(it.id());
              return then == null
                  ? belief(it, at, version, now.get(it.id()), scores.override(it.id(), at))
                  : belief(then, at, version, rolledUpNow.get(it.id()));
            })
        .toList();
  }

  private static Stream<String> names(KeyResult keyResult) {
    return Stream.of(
        keyResult.id(), Frozen.baselineOf(keyResult.id()), Frozen.closeOf(keyResult.id()));
  }

  private @Nullable KeyResultReading last(String series, Instant at) {
    List<KeyResultReading> then = evidence.readings(series, at, at);
    return then.isEmpty() ? null : then.get(then.size() - 1);
  }

  private static Belief belief(Standing then, Instant at, long version, @Nullable Standing now) {
    return new Belief(
        then.keyResult(),
        at,
        then.value(),
        then.reason(),
        null,
        null,
        version,
        now == null ? null : now.value());
  }

  private Belief belief(
      KeyResult keyResult,
      Instant at,
      long version,
      @Nullable KeyResultReading now,
      @Nullable Statement override) {
    @Nullable KeyResultReading last = last(keyResult.id(), at);
    return new Belief(
        keyResult,
        at,
        last == null ? null : last.value(),
        reason(last, override),
        last == null ? null : last.id(),
        last == null ? null : last.at(),
        version,
        now == null ? null : now.value());
  }

  /** The value is what was read; that it was judged by another is said beside it. */
  private static @Nullable String reason(
      @Nullable KeyResultReading last, @Nullable Statement override) {
    if (override != null) {
      return "%s put %s in its place: %s"
          .formatted(
              override.by(), requireNonNull(override.value()).toPlainString(), override.reason());
    }
    return last == null ? "not read yet" : last.reason();
  }
}
