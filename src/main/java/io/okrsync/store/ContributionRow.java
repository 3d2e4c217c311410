package io.okrsync.store;

import io.okrsync.measure.Contribution;
import org.jspecify.annotations.Nullable;

/** A stored contribution and the runs between which it was true. */
public record ContributionRow(long sinceRun, @Nullable Long untilRun, Contribution contribution) {}
