package io.okrsync.okr;

import org.jspecify.annotations.Nullable;

/**
 * What stands beside the value that was read last.
 *
 * @param baseline as it was measured; null where the configuration tells it, or none is needed
 * @param close the value with which the cycle ended; null before its end
 * @param override what a person put in place of the value for some time; null where nobody did
 * @param child the objective whose score is the value; null where none is
 */
public record Marks(
    @Nullable Frozen baseline,
    @Nullable Frozen close,
    @Nullable Statement override,
    @Nullable ObjectiveStanding child) {
  /** Nothing does. */
  public static final Marks NONE = new Marks(null, null, null, null);

  /** Whether the cycle has ended and its value is frozen. */
  public boolean isClosed() {
    return close != null && close.value() != null;
  }
}
