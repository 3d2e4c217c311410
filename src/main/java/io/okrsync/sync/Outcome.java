package io.okrsync.sync;

import java.util.Locale;

/** How a run stands or ended. */
public enum Outcome {
  /** At work. */
  RUNNING,
  /** Complete, and its values are published. */
  OK,
  /** Complete, and proven to have nothing new. */
  OK_EMPTY,
  /** Interrupted; what was read is kept, nothing is published, and it continues later. */
  PARTIAL,
  /**
   * Complete, but a guard found it suspicious: nothing is published, and no other run of the source
   * begins, until a person releases or discards it.
   */
  HELD,
  /** Ended without publishing; the reason says why and what to do. */
  FAILED,
  /** It was held, and a person decided that it is not published; the reason says who and why. */
  DISCARDED,
  /** Not begun; the reason says why. */
  SKIPPED;

  /** The word to show, such as {@code OK} or {@code partial}. */
  public String label() {
    return switch (this) {
      case OK -> "OK";
      case OK_EMPTY -> "OK, nothing new";
      case RUNNING, PARTIAL, HELD, FAILED, DISCARDED, SKIPPED -> name().toLowerCase(Locale.ROOT);
    };
  }

  /** Whether it ended as it should. */
  public boolean isWell() {
    return this == OK || this == OK_EMPTY;
  }

  /** Whether it came to an end, and nothing of it is published or will be. */
  public boolean isInVain() {
    return this == FAILED || this == DISCARDED;
  }
}
