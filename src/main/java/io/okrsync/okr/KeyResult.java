package io.okrsync.okr;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How far an objective has come, as one number between a baseline and a target.
 *
 * @param id unique over all cycles
 * @param objective the id of the objective it belongs to
 * @param formula what its value is, over measures
 * @param baseline the value when the cycle began
 * @param target the value at which it is done; above or below the baseline, never equal to it
 * @param unit what the value is counted in, such as {@code %}, {@code USD} or {@code deals}; may be
 *     empty
 * @param weight its share in the objective, positive
 */
public record KeyResult(
    String id,
    String title,
    String objective,
    String formula,
    BigDecimal baseline,
    BigDecimal target,
    String unit,
    BigDecimal weight,
    Cycle cycle) {
  public KeyResult {
    requireNonNull(id, "id must not be null");
    requireNonNull(title, "title must not be null");
    requireNonNull(formula, "formula must not be null");
    if (target.compareTo(baseline) == 0) {
      throw new IllegalArgumentException(
          "target must differ from baseline: both are " + target.toPlainString());
    }
    if (weight.signum() <= 0) {
      throw new IllegalArgumentException(
          "weight must be greater than 0: " + weight.toPlainString());
    }
  }

  /**
   * How much of the way from baseline to target is done, in either direction; below 0 and above 1
   * as it comes.
   */
  public BigDecimal progress(BigDecimal value) {
    return value.subtract(baseline).divide(target.subtract(baseline), MathContext.DECIMAL32);
  }

  /** Progress kept in 0..1: the grade the key result would get now. */
  public BigDecimal score(BigDecimal value) {
    return progress(value).max(BigDecimal.ZERO).min(BigDecimal.ONE);
  }

  /**
   * The value at which it would be exactly on its line from baseline to target when this much of
   * the cycle has passed.
   */
  public BigDecimal valueOnPace(BigDecimal elapsed) {
    return baseline.add(target.subtract(baseline).multiply(elapsed), MathContext.DECIMAL64);
  }
}
