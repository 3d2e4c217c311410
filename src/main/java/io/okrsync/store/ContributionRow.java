package io.okrsync.store;

import io.okrsync.measure.Contribution;
import org.jspecify.annotations.Nullable;

/** A stored contribution and the runs between which it was true. */
public record ContributionRow(long sinceRun, @Nullable Long untilRun, Contribution contribution) {
  /** Whether it was true once this run was published. */
  public boolean isTrueAt(long run) {
    return sinceRun <= run && (untilRun == null || untilRun > run);
  }
}
