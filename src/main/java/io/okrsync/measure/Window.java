package io.okrsync.measure;

import java.time.Instant;

/** From an instant on, up to and without another. */
public record Window(Instant from, Instant to) {
  public Window {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a window must begin before it ends: " + from + " to " + to);
    }
  }

  /** Whether the contribution counts in this window. */
  public boolean holds(Contribution contribution) {
    return !contribution.at().isBefore(from) && contribution.at().isBefore(to);
  }
}
