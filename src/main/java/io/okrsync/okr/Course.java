package io.okrsync.okr;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A goal whose numbers are all known, so that a value can be held against it. */
public sealed interface Course permits Way, Limit, Milestone {
  /** 0 where nothing is done and 1 where all is; beyond both as it comes. */
  BigDecimal progress(BigDecimal value);

  /**
   * The value that is asked for when this part of the progress is expected; null where none is,
   * since the same is asked for all the time.
   */
  @Nullable BigDecimal valueAt(BigDecimal expected);

  /** More than 0 where the later value is nearer to what is asked, less than 0 where farther. */
  int compare(BigDecimal earlier, BigDecimal later);
}
