package io.okrsync.web;

import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A value as a page shows it.
 *
 * @param exact all digits with the unit; empty where there is no value
 */
public record Amount(String number, String unit, String exact) {
  static Amount of(@Nullable BigDecimal value, String unit) {
    return value == null
        ? new Amount("–", "", "")
        : new Amount(Figures.readable(value), unit, Figures.exactWithUnit(value, unit));
  }

  /** With all digits: what an auditor compares and adds up. */
  static Amount exact(@Nullable BigDecimal value, String unit) {
    return value == null
        ? of(null, unit)
        : new Amount(Figures.exact(value), unit, Figures.exactWithUnit(value, unit));
  }

  /** What a key result is judged by; one that is a score is written as scores are. */
  public static Amount of(Standing standing) {
    BigDecimal value = standing.value();
    Amount amount = of(value, standing.keyResult().unit());
    return value == null || standing.marks().child() == null
        ? amount
        : new Amount(Figures.wholePercent(value.movePointLeft(2)), amount.unit(), amount.exact());
  }

  /** The number and its unit, as they stand in a line of text. */
  public String text() {
    return Figures.joined(number, unit);
  }

  public boolean known() {
    return !exact.isEmpty();
  }
}
