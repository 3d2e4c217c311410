package io.okrsync.sync;

/** Who asked for a run. */
public enum Trigger {
  SCHEDULE,
  /** A person, on a page, by REST or on the command line. */
  MANUAL,
  /** The source itself, which sent us something. */
  PUSH
}
