package io.okrsync.okr;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * From one number to another, in either direction.
 *
 * @param target never equal to the baseline
 */
public record Way(BigDecimal baseline, BigDecimal target) implements Course {
  public Way {
    if (target.compareTo(baseline) == 0) {
      throw new IllegalArgumentException(
          "target must differ from baseline: both are " + target.toPlainString());
    }
  }

  @Override
  public BigDecimal progress(BigDecimal value) {
    return value.subtract(baseline).divide(target.subtract(baseline), MathContext.DECIMAL32);
  }

  @Override
  public BigDecimal valueAt(BigDecimal expected) {
    return baseline.add(target.subtract(baseline).multiply(expected), MathContext.DECIMAL64);
  }

  @Override
  public int compare(BigDecimal earlier, BigDecimal later) {
    return later.subtract(earlier).signum() * target.subtract(baseline).signum();
  }
}
