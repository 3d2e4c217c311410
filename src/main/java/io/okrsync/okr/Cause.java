package io.okrsync.okr;

/** What made a value move. */
public enum Cause {
  /** A run published new records. */
  SYNC,
  /** A configuration was loaded. */
  CONFIGURATION,
  /** A day has ended, and with it the windows have moved; no record changed. */
  TIME,
  /** A person typed the value, since no source tells it. */
  TYPED
}
