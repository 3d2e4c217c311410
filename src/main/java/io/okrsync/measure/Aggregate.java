package io.okrsync.measure;

import java.util.Locale;

/** How the contributions in a window become one number. */
public enum Aggregate {
  /** How many records count. Nothing counted is 0. */
  COUNT,
  /** How many different values; unset values are not counted. Nothing counted is 0. */
  DISTINCT,
  /** The exact sum. Nothing to add is 0. */
  SUM,
  /** The sum divided by the count; of nothing there is no average. */
  AVERAGE,
  MIN,
  MAX,
  /** The middle value, or the mean of the two in the middle. */
  MEDIAN,
  /** The least value that so many of a hundred do not exceed; it is one of the values. */
  PERCENTILE,
  /** The value of the record dated last; of equal dates, the one with the greater id. */
  LATEST;

  /** The key in measures.yaml, such as {@code sum}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing in the window is a number (0) rather than a reason. */
  public boolean emptyIsZero() {
    return this == COUNT || this == DISTINCT || this == SUM;
  }
}
