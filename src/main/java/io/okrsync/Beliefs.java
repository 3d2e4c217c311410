package io.okrsync;

import static java.util.stream.Collectors.toMap;

import io.okrsync.audit.Belief;
import io.okrsync.okr.Cascade;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Standing;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was believed at a moment, by the configuration and the readings of then; scores that are
 * values are made of those readings too, without what people put in their place.
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
   * @throws IllegalStateException when that configuration cannot be compiled any more
   */
  List<Belief> at(Instant at) {
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
    Map<String, Standing> rolledUp = rolledUp(setup, at, it -> last(it, at));
    Map<String, Standing> rolledUpNow = rolledUp(setup, at, now::get);
    return setup.keyResults().stream()
        .map(
            it -> {
              @Nullable Standing then = rolledUp.get(it.id());
              return then == null
                  ? belief(it, at, version, now.get(it.id()))
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

  /** Those whose value is the score of an objective, by id, as these readings make them. */
  private static Map<String, Standing> rolledUp(
      Setup setup, Instant at, Function<String, @Nullable KeyResultReading> readings) {
    return new Cascade(setup.configuration().objectives())
            .standings(
                it -> read(it, at, readings), (it, child) -> Cascade.standing(it, child, null, at))
            .stream()
            .flatMap(it -> it.keyResults().stream())
            .filter(it -> it.marks().child() != null)
            .collect(toMap(it -> it.keyResult().id(), it -> it));
  }

  private static Standing read(
      KeyResult keyResult, Instant at, Function<String, @Nullable KeyResultReading> readings) {
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
            null,
            null));
  }

  private static @Nullable Frozen frozen(@Nullable KeyResultReading reading) {
    return reading == null || reading.value() == null || reading.reason() != null
        ? null
        : new Frozen(reading.value(), null, reading.at(), reading.id());
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
      KeyResult keyResult, Instant at, long version, @Nullable KeyResultReading now) {
    @Nullable KeyResultReading last = last(keyResult.id(), at);
    return new Belief(
        keyResult,
        at,
        last == null ? null : last.value(),
        last == null ? "not read yet" : last.reason(),
        last == null ? null : last.id(),
        last == null ? null : last.at(),
        version,
        now == null ? null : now.value());
  }
}
