package io.okrsync.config;

import io.okrsync.okr.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a case expects of a key result; null where nothing is said about it.
 *
 * @param reason a part of the reason why there is no value
 */
public record Expectation(
    @Nullable BigDecimal value, @Nullable String reason, @Nullable Status status) {
  /** A value with that many decimals was rounded, such as a third. */
  private static final int ROUNDED = 10;

  private static final int FEWEST = 2;

  /** Whether the value is the expected one; one that never ends is written with two decimals. */
  public boolean isMetBy(@Nullable BigDecimal actual) {
    if (value == null || actual == null) {
      return value == null;
    }
    boolean endless = actual.stripTrailingZeros().scale() >= ROUNDED;
    return endless && value.scale() >= FEWEST
        ? actual.setScale(value.scale(), RoundingMode.HALF_EVEN).compareTo(value) == 0
        : actual.compareTo(value) == 0;
  }
}
