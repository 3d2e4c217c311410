package io.okrsync.sync;

import java.time.Duration;

/** How long the bodies of a source's record versions are kept after they were true. */
public record Kept(Duration retention) {
  private static final Duration LEAST = Duration.ofDays(1);

  public Kept {
    if (retention.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException("retention must be 1d or longer, or left out: forever");
    }
  }
}
