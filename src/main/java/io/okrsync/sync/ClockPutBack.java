package io.okrsync.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that was put back leaves times in the store that are yet to come. What is known as of
 * such a time is of an unknown age, and nothing may wait until the time is reached again.
 */
public final class ClockPutBack {
  /** Clocks of machines that share a store differ a little. */
  public static final Duration TOLERANCE = Duration.ofMinutes(1);

  private ClockPutBack() {}

  /** Whether a time that was noted as present lies in the future. */
  public static boolean isShownBy(Instant noted, Instant now) {
    return noted.isAfter(now.plus(TOLERANCE));
  }
}
