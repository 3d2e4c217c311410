package io.okrsync.audit;

import io.okrsync.okr.Counted;

/**
 * Something in the ledger that is not as it was written, or cannot be computed again.
 *
 * @param place where it is, such as {@code audit_entry 17} or {@code reading 4}
 * @param what one sentence
 */
public record Finding(String place, String what) {
  /** How many, such as {@code 1 finding}. */
  public static String counted(int findings) {
    return Counted.of(findings, "findings");
  }

  @Override
  public String toString() {
    return place + ": " + what;
  }
}
