package io.okrsync.measure;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * An exact decimal, as expressions hold it. 1.50 and 1.5 are equal. It is no {@link Number}: CEL
 * compares those as integers or doubles.
 *
 * @param value without trailing zeros
 */
public record Exact(BigDecimal value) implements Comparable<Exact> {
  private static final BigDecimal MOST_DECIMALS = BigDecimal.valueOf(Decimals.MOST_DECIMALS);

  public Exact {
    value = value.stripTrailingZeros();
  }

  static Exact of(long value) {
    return new Exact(BigDecimal.valueOf(value));
  }

  /** The length in units of so many seconds, with fractions. */
  static Exact of(Duration duration, long secondsPerUnit) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return new Exact(seconds.divide(BigDecimal.valueOf(secondsPerUnit), Decimals.DIVISION));
  }

  Exact plus(Exact other) {
    return new Exact(value.add(other.value));
  }

  Exact minus(Exact other) {
    return new Exact(value.subtract(other.value));
  }

  Exact times(Exact other) {
    return new Exact(value.multiply(other.value));
  }

  /** To 34 digits; the text of the divisor is for the reason why there is no value when it is 0. */
  Exact over(Exact divisor, String divisorText) {
    if (divisor.value.signum() == 0) {
      throw EvaluationFailure.dividedByNothing(divisorText);
    }
    return new Exact(value.divide(divisor.value, Decimals.DIVISION));
  }

  Exact negative() {
    return new Exact(value.negate());
  }

  Exact absolute() {
    return new Exact(value.abs());
  }

  Exact atMost(Exact other) {
    return compareTo(other) <= 0 ? this : other;
  }

  Exact atLeast(Exact other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Exact rounded() {
    return rounded(of(0));
  }

  /** Rounds halves away from zero, as people and spreadsheets do. */
  Exact rounded(Exact decimals) {
    boolean whole = decimals.value.scale() <= 0;
    if (!whole || decimals.value.signum() < 0 || decimals.value.compareTo(MOST_DECIMALS) > 0) {
      throw EvaluationFailure.because(
          "round() takes 0 to " + MOST_DECIMALS + " decimals, not " + decimals);
    }
    return new Exact(value.setScale(decimals.value.intValueExact(), RoundingMode.HALF_UP));
  }

  @Override
  public int compareTo(Exact other) {
    return value.compareTo(other.value);
  }

  /** Without an exponent. */
  @Override
  public String toString() {
    return value.toPlainString();
  }
}
