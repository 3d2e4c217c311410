package io.okrsync.measure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From an instant on, up to and without another. */
public record Window(Instant from, Instant to) {
  public Window {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "a window must begin before it ends: " + from + " to " + to);
    }
  }

  /** Whether the contribution counts in this window; one that is not dated does in every one. */
  public boolean holds(Contribution contribution) {
    @Nullable Instant at = contribution.at();
    return at == null || (!at.isBefore(from) && at.isBefore(to));
  }
}
