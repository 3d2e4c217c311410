package io.okrsync.okr;

import java.util.SortedMap;

/** What is asked of a key result's value. */
public sealed interface Goal permits Reach, Limit, Milestone, Watch {
  /** Its numbers by the keys that hold them in the configuration, as they are told there. */
  SortedMap<String, String> told();
}
