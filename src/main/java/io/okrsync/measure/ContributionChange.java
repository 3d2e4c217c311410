package io.okrsync.measure;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record's part in a measure before and after.
 *
 * @param before null where it did not count
 * @param after null where it counts no more
 */
public record ContributionChange(@Nullable Contribution before, @Nullable Contribution after) {
  public ContributionChange {
    if (before == null && after == null) {
      throw new IllegalArgumentException("a change needs what was or what is");
    }
  }

  /** What is now, or was before it went. */
  public Contribution latest() {
    return after != null ? after : Objects.requireNonNull(before);
  }
}
