package io.okrsync.okr;

/** How a target is meant. */
public enum Ambition {
  /** A promise: all of it is asked for. */
  COMMITTED,
  /** More than can be promised: most of it is a success. */
  STRETCH
}
