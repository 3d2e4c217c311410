package io.okrsync.okr;

import java.util.Optional;

/** What else was agreed on a key result besides its goal. */
public record Terms(Pace pace, Ambition ambition, Optional<Indicator> indicator) {
  /** What holds when nothing is said. */
  public static final Terms USUAL = new Terms(Pace.STEADY, Ambition.COMMITTED, Optional.empty());
}
