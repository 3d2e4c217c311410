package io.okrsync.sync;

/** How a run stands or ended. */
public enum Outcome {
  /** At work. */
  RUNNING,
  /** Complete, and its values are published. */
  OK,
  /** Complete, and proven to have nothing new. */
  OK_EMPTY,
  /** Interrupted; what was read is kept, nothing is published, and it continues later. */
  PARTIAL,
  /** Ended without publishing; the reason says why and what to do. */
  FAILED,
  /** Not begun; the reason says why. */
  SKIPPED
}
