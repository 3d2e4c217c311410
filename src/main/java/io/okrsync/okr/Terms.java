package io.okrsync.okr;

import java.time.Duration;
import java.util.Optional;

/**
 * What else was agreed on a key result besides its goal.
 *
 * @param typed how often a person types the value at least; empty where sources tell it
 */
public record Terms(
    Pace pace, Ambition ambition, Optional<Indicator> indicator, Optional<Duration> typed) {
  /** What holds when nothing is said. */
  public static final Terms USUAL =
      new Terms(Pace.STEADY, Ambition.COMMITTED, Optional.empty(), Optional.empty());
}
