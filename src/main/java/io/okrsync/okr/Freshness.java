package io.okrsync.okr;

/**
 * How old what we know is, against the limits of the source it comes from. Ordered from good to
 * bad.
 */
public enum Freshness {
  FRESH,
  /** Nothing was read yet, and it has not been waited for longer than {@code freshness.warn}. */
  NEVER_READ,
  /** Older than {@code freshness.warn}. */
  AGING,
  /** Older than {@code freshness.error}, never read, or read at a time that is yet to come. */
  OUTDATED
}
