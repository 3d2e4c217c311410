package io.okrsync.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Percentiles by nearest rank: the result is one of the values, never something between two that
 * nobody has seen.
 */
public final class Percentile {
  private Percentile() {}

  /**
   * The place of the percentile among values in ascending order, counted from 0.
   *
   * @param rank above 0, at most 100
   * @param size how many values there are; at least 1
   */
  public static long index(BigDecimal rank, long size) {
    BigDecimal place = rank.multiply(BigDecimal.valueOf(size)).movePointLeft(2);
    return place.setScale(0, RoundingMode.CEILING).longValueExact() - 1;
  }
}
