package io.okrsync.schedule;

import java.util.Locale;

/**
 * What becomes of the times at which a source could not be asked for, because the service was down
 * or asleep, or had no thread for it.
 */
public enum Missed {
  /** One run makes up for all of them. */
  LAST,
  /** Each is made up for, one after the other; so is one that came while a run was at work. */
  ALL,
  /** None; the next time counts. */
  NONE;

  /** As it stands in {@code sources.yaml}. */
  public static Missed of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
