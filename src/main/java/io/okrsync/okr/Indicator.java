package io.okrsync.okr;

/** Whether a number tells what is coming or what has come. */
public enum Indicator {
  LEADING,
  LAGGING
}
