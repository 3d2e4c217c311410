package io.okrsync.sync;

/** Whether the counts of a run add up. */
public sealed interface Balance {
  record Even() implements Balance {}

  /** They do not, and this is the sentence that says so. */
  record Off(String reason) implements Balance {}
}
