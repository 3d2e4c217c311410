package io.okrsync.okr;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value at which a key result is done: a number, or a change of the baseline. A change says
 * whether its number is a part of the baseline or is added to it, since 5% more than 20% is 21% to
 * some and 25% to others.
 */
public record Target(BigDecimal amount, Kind kind) {
  /** How it is told, such as {@code 25}, {@code +20%} and {@code +3 points}. */
  public enum Kind {
    NUMBER,
    PERCENT,
    POINTS
  }

  /** What the text of a change looks like. */
  public static final String LOOKS = "([+-])((?:0|[1-9][0-9]{0,8})(?:\\.[0-9]{1,6})?)(%| points?)";

  private static final Pattern CHANGE = Pattern.compile(LOOKS);

  public Target {
    if (kind != Kind.NUMBER && amount.signum() == 0) {
      throw new IllegalArgumentException("target must change something: it is " + amount);
    }
  }

  public static Target number(BigDecimal number) {
    return new Target(number, Kind.NUMBER);
  }

  /**
   * A change of the baseline, such as {@code +20%}, {@code -15%} or {@code +3 points}.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static Target change(String text) {
    Matcher parts = CHANGE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("+20%, -15% or +3 points");
    }
    BigDecimal size = new BigDecimal(parts.group(2));
    return new Target(
        parts.group(1).equals("-") ? size.negate() : size,
        parts.group(3).equals("%") ? Kind.PERCENT : Kind.POINTS);
  }

  /** Whether it needs the baseline to be a number. */
  public boolean relative() {
    return kind != Kind.NUMBER;
  }

  /** As a number, of this baseline; of a negative one a percentage is taken of its size. */
  public BigDecimal from(BigDecimal baseline) {
    return switch (kind) {
      case NUMBER -> amount;
      case POINTS -> baseline.add(amount);
      case PERCENT -> baseline.add(baseline.abs().multiply(amount).movePointLeft(2));
    };
  }

  /** As it is written. */
  @Override
  public String toString() {
    String sign = amount.signum() > 0 ? "+" : "";
    return switch (kind) {
      case NUMBER -> amount.toPlainString();
      case PERCENT -> sign + amount.toPlainString() + "%";
      case POINTS -> sign + amount.toPlainString() + " points";
    };
  }
}
