package io.okrsync.connector;

import java.time.Duration;

/**
 * How old what we know of a source may be: past {@code warn} it is shown as aging, past {@code
 * error} as outdated, whatever the numbers say. Both are positive, and warn is not longer than
 * error.
 */
public record FreshnessLimits(Duration warn, Duration error) {
  public FreshnessLimits {
    if (warn.compareTo(Duration.ZERO) <= 0 || error.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("freshness limits must be longer than nothing");
    }
    if (warn.compareTo(error) > 0) {
      throw new IllegalArgumentException("freshness.warn must not be longer than freshness.error");
    }
  }
}
