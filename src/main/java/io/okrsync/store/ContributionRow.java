package io.okrsync.store;

import io.okrsync.audit.PruningSeal;
import io.okrsync.measure.Contribution;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored contribution and the runs between which it was true. */
public record ContributionRow(long sinceRun, @Nullable Long untilRun, Contribution contribution) {
  /** What stays of it when the body of its record is pruned. */
  public List<@Nullable Object> part() {
    Contribution it = contribution;
    return PruningSeal.part(it.at(), it.value(), it.item(), it.key(), it.currency(), it.problem());
  }

  /** Whether it was true once this run was published. */
  public boolean isTrueAt(long run) {
    return sinceRun <= run && (untilRun == null || untilRun > run);
  }
}
