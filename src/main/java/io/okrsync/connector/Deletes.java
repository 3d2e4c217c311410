package io.okrsync.connector;

/** How a source lets us see that a record is gone. */
public enum Deletes {
  /** A deleted record comes back marked as deleted. */
  FLAGGED,
  /** Deleted records vanish; the ids that exist must be compared now and then. */
  CENSUS,
  /** Each run reads everything, so what does not come back is gone. */
  FULL,
  /** Records of this source are never deleted. */
  NONE
}
