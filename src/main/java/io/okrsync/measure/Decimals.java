package io.okrsync.measure;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How exact numbers are: one rule for contributions, readings and key results. */
public final class Decimals {
  /** The most decimals a stored number has; what is finer is rounded half even. */
  public static final int MOST_DECIMALS = 10;

  /** Divisions, which may have no end, are taken to 34 digits. */
  public static final MathContext DIVISION = MathContext.DECIMAL128;

  private Decimals() {}

  /**
   * Rounded half even to at most {@value #MOST_DECIMALS} decimals, without trailing zeros, never
   * with an exponent: equal numbers print the same.
   */
  public static BigDecimal rounded(BigDecimal exact) {
    BigDecimal shortened =
        exact.setScale(MOST_DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return shortened.scale() < 0 ? shortened.setScale(0) : shortened;
  }
}
