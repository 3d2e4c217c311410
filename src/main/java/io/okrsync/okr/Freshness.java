package io.okrsync.okr;

/**
 * How old what we know is, against the limits of the source it comes from. Ordered from good to
 * bad.
 */
public enum Freshness {
  FRESH,
  /** Older than {@code freshness.warn}. */
  AGING,
  /** Older than {@code freshness.error}, never read, or read at a time that is yet to come. */
  OUTDATED
}
