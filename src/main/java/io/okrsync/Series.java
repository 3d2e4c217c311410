package io.okrsync;

import io.okrsync.formula.Scope;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Readings of one key result that follow one another under one name: its value, which moves with
 * every run, and its baseline, which is read once.
 *
 * @param name the id of the key result, or what {@link Frozen} makes of it
 * @param cycle in which the measures are read
 * @param from the readings before do not belong to it; null where all do
 */
record Series(String name, KeyResult keyResult, Cycle cycle, @Nullable Instant from) {
  static Series value(KeyResult keyResult) {
    return new Series(keyResult.id(), keyResult, keyResult.cycle(), null);
  }

  /** What the value was in the cycle before; empty where the configuration tells the baseline. */
  static Optional<Series> baseline(KeyResult keyResult) {
    if (!keyResult.measuresItsBaseline()) {
      return Optional.empty();
    }
    Cycle cycle = keyResult.cycle();
    return Optional.of(
        new Series(Frozen.baselineOf(keyResult.id()), keyResult, cycle.previous(), cycle.start()));
  }

  /** The value with which the cycle ended; empty where it is not computed from records. */
  static Optional<Series> close(KeyResult keyResult) {
    Cycle cycle = keyResult.cycle();
    return keyResult.isComputed()
        ? Optional.of(new Series(Frozen.closeOf(keyResult.id()), keyResult, cycle, cycle.end()))
        : Optional.empty();
  }

  /** All that is read for this key result; nothing is where no formula makes its value. */
  static Stream<Series> of(KeyResult keyResult) {
    return keyResult.isComputed()
        ? Stream.of(Optional.of(value(keyResult)), baseline(keyResult), close(keyResult))
            .flatMap(Optional::stream)
        : Stream.of();
  }

  /** The series of this name, whether its key result still has it or not. */
  static Optional<Series> named(String name, Setup setup) {
    for (KeyResult keyResult : setup.keyResults()) {
      if (keyResult.id().equals(name)) {
        return Optional.of(value(keyResult));
      }
      if (Frozen.baselineOf(keyResult.id()).equals(name)) {
        return baseline(keyResult);
      }
      if (Frozen.closeOf(keyResult.id()).equals(name)) {
        return close(keyResult);
      }
    }
    return Optional.empty();
  }

  /**
   * Why nothing can be read for it yet.
   *
   * @param isReadSince whether all that it is read from is known as of this moment
   */
  Optional<String> notYet(Instant now, Predicate<Instant> isReadSince) {
    if (from == null) {
      return Optional.empty();
    }
    boolean ends = from.equals(keyResult.cycle().end());
    if (now.isBefore(from)) {
      return Optional.of(
          ends
              ? "the cycle ends with " + keyResult.cycle().to()
              : "the cycle begins on " + keyResult.cycle().from());
    }
    return isReadSince.test(from)
        ? Optional.empty()
        : Optional.of(
            "its sources have not been read since the cycle " + (ends ? "ended" : "began"));
  }

  /** Whether another configuration has it read anew: what was at the end is not asked again. */
  boolean followsConfiguration() {
    return !name.equals(Frozen.closeOf(keyResult.id()));
  }

  /**
   * Where its formula is evaluated: what is frozen is seen from the moment when its days were over.
   */
  Scope scope(Instant at) {
    return Movements.scope(cycle, from == null ? at : from);
  }

  /** Whether this reading is the one that stays. */
  boolean isFrozenBy(@Nullable KeyResultReading latest) {
    return from != null
        && latest != null
        && latest.value() != null
        && latest.reason() == null
        && !latest.at().isBefore(from);
  }
}
