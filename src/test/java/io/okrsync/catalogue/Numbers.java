package io.okrsync.catalogue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic in which what depends on nothing is nothing. */
final class Numbers {
  private static final MathContext EXACT_ENOUGH = new MathContext(40);

  private Numbers() {}

  static BigDecimal number(String digits) {
    return new BigDecimal(digits);
  }

  static BigDecimal number(long whole) {
    return BigDecimal.valueOf(whole);
  }

  static @Nullable BigDecimal plus(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.add(other);
  }

  static @Nullable BigDecimal minus(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.subtract(other);
  }

  static @Nullable BigDecimal times(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.multiply(other);
  }

  /** Nothing, too, where the divisor is 0. */
  static @Nullable BigDecimal over(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null || other.signum() == 0
        ? null
        : one.divide(other, EXACT_ENOUGH);
  }

  static @Nullable BigDecimal percent(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
    return times(number(100), over(part, whole));
  }

  /** By how many percent it has grown. */
  static @Nullable BigDecimal growth(@Nullable BigDecimal now, @Nullable BigDecimal before) {
    return percent(minus(now, before), before);
  }

  static @Nullable BigDecimal sum(List<@Nullable BigDecimal> numbers) {
    @Nullable BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal number : numbers) {
      sum = plus(sum, number);
    }
    return sum;
  }
}
