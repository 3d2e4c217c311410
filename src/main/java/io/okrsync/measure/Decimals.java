package io.okrsync.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How exact numbers are: one rule for contributions, readings and key results. */
public final class Decimals {
  /** The most decimals a stored number has; what is finer is rounded half even. */
  public static final int MOST_DECIMALS = 10;

  /** The most digits before the point of a stored number. */
  public static final int MOST_WHOLE_DIGITS = 28;

  /** Divisions, which may have no end, are taken to 34 digits. */
  public static final MathContext DIVISION = MathContext.DECIMAL128;

  /** Numbers that come in may be finer than stored ones, but not without bounds. */
  private static final int FINEST = 40;

  private Decimals() {}

  /**
   * Rounded half even to at most {@value #MOST_DECIMALS} decimals, without trailing zeros, never
   * with an exponent: equal numbers print the same.
   */
  public static BigDecimal rounded(BigDecimal exact) {
    BigDecimal rounded = exact.setScale(MOST_DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** Whether it has more than {@value #MOST_WHOLE_DIGITS} digits before the point. */
  public static boolean isTooLarge(BigDecimal number) {
    return number.precision() - (long) number.scale() > MOST_WHOLE_DIGITS;
  }

  /**
   * Whether it can be calculated with: neither too large nor finer than any number means. Numbers
   * such as {@code 1e999999999} fill all memory when they are added to 1.
   */
  public static boolean inRange(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return !isTooLarge(shortest) && shortest.scale() <= FINEST;
  }
}
