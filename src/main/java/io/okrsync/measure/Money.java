package io.okrsync.measure;

import java.math.BigDecimal;

/**
 * An amount of a currency.
 *
 * @param currency its code, upper case
 */
public record Money(BigDecimal amount, String currency) {
  @Override
  public String toString() {
    return Decimals.rounded(amount).toPlainString() + " " + currency;
  }
}
