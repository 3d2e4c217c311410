package io.okrsync.measure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The value of one measure in one window. A source that reports nothing yields no reading; that is
 * not zero.
 *
 * @param measure the name of the measure
 * @param records how many records count in the window
 * @param value rounded by {@link Decimals#rounded}; null exactly where there is a reason
 * @param reason why there is no value; null where there is one
 */
public record Reading(
    String measure,
    Window window,
    long records,
    @Nullable BigDecimal value,
    @Nullable Reason reason) {
  public Reading {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException(
          "a reading has a value or a reason why not, and not both: " + measure);
    }
  }

  /**
   * The one rule that turns what was aggregated into a value or a reason. Of several reasons the
   * first in this order is given: a record lacks what the measure needs, the currency is not the
   * one asked for, there is nothing to aggregate.
   */
  public static Reading of(MeasureDefinition measure, Window window, Totals totals) {
    Reason reason = Reason.in(measure, totals);
    if (reason != null) {
      return new Reading(measure.name(), window, totals.records(), null, reason);
    }
    BigDecimal value = totals.value(measure.aggregate());
    if (value == null) {
      throw new IllegalArgumentException(
          measure.aggregate() + " of '" + measure.name() + "' was not totalled: " + totals);
    }
    return new Reading(measure.name(), window, totals.records(), Decimals.rounded(value), null);
  }

  /** Of a measure to which nothing contributes in this window. */
  public static Reading ofNothing(MeasureDefinition measure, Window window) {
    return of(measure, window, Totals.ofNothing());
  }

  /** Of a measure whose source has not been read completely yet. */
  public static Reading neverRead(MeasureDefinition measure, Window window) {
    return new Reading(measure.name(), window, 0, null, Reason.neverRead(measure));
  }
}
