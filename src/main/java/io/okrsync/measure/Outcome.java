package io.okrsync.measure;

import java.util.List;

/** What an expression came to. */
public sealed interface Outcome {
  /** A value: Exact, String, Boolean, Instant, Duration or a list of these. */
  record Known(Object value) implements Outcome {}

  /**
   * Not known, because these names are unset and the value depends on them.
   *
   * @param names in the order in which they are written
   */
  record Unset(List<String> names) implements Outcome {}

  /** Not to be computed on these values. */
  record Failed(Reason reason) implements Outcome {}
}
