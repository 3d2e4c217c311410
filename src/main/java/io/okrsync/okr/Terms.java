package io.okrsync.okr;

import java.time.Duration;
import java.util.Optional;

/**
 * What else was agreed on a key result besides its goal.
 *
 * @param owner who answers for it; empty where those do who answer for its objective
 * @param typed how often a person types the value at least; empty where nobody does
 * @param child the objective whose score, in per cent, is the value; empty where none is
 * @param initiatives the measure that counts the issues by which it is to be reached; empty where
 *     none are linked
 * @param grades the bounds of its grade and its status; the same for a whole objective
 */
public record Terms(
    Optional<String> owner,
    Pace pace,
    Ambition ambition,
    Optional<Indicator> indicator,
    Optional<Duration> typed,
    Optional<String> child,
    Optional<String> initiatives,
    Grades grades) {
  /** What holds when nothing is said. */
  public static final Terms USUAL =
      new Terms(
          Optional.empty(),
          Pace.STEADY,
          Ambition.COMMITTED,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Grades.STANDARD);
}
