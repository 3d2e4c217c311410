package io.okrsync.measure;

import java.util.Locale;

/**
 * Why there is no value. It has a name that can be looked up and a sentence that says what to do.
 */
public record Reason(Name name, String text) {
  /** The reasons there are. */
  public enum Name {
    /** The source has not been read completely yet. */
    NEVER_READ,
    /**
     * No record counts in the window, and of nothing there is no average, minimum, maximum, median
     * or latest value.
     */
    NO_RECORDS,
    /** A record that counts lacks what the measure needs. */
    MISSING_FIELD,
    /** Money in more than one currency, or not in the one asked for. */
    MIXED_CURRENCIES,
    /** The formula divides by zero. */
    DIVISION_BY_NOTHING,
    /** The formula failed in another way on these readings. */
    FORMULA_FAILED
  }

  /** Such as {@code division by nothing: deals_won + deals_lost is 0}. */
  @Override
  public String toString() {
    return name.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + text;
  }
}
