package io.okrsync.audit;

import java.math.BigDecimal;

/** By how much one value is more than another. */
public final class Change {
  private Change() {}

  /** Without trailing zeros, as values are told. */
  public static BigDecimal between(BigDecimal from, BigDecimal to) {
    BigDecimal shortest = to.subtract(from).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
