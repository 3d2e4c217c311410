package io.okrsync.web;

/** What came of planning a configuration. */
public sealed interface Planned {
  record Made(Plan plan) implements Planned {}

  /** The files are no configuration; all that is wrong with them. */
  record Refused(String problems) implements Planned {}

  /** Another plan is being made at this moment. */
  record Busy() implements Planned {}
}
