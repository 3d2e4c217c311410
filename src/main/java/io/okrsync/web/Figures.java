package io.okrsync.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Numbers as people read them: grouped, and no more digits than say something. */
final class Figures {
  private static final BigDecimal THOUSAND = new BigDecimal(1_000);
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal BILLION = new BigDecimal(1_000_000_000);
  private static final BigDecimal COMPACT_FROM = new BigDecimal(10_000_000);

  private Figures() {}

  /** Such as {@code 23.4}, {@code 1,284,500} or {@code 12.9 M}. */
  static String readable(BigDecimal number) {
    BigDecimal size = number.abs();
    if (size.compareTo(COMPACT_FROM) >= 0) {
      return compact(number, size);
    }
    if (size.compareTo(THOUSAND) >= 0) {
      return grouped(number.setScale(0, RoundingMode.HALF_UP));
    }
    if (size.compareTo(BigDecimal.ONE) >= 0 || size.signum() == 0) {
      return grouped(number.setScale(2, RoundingMode.HALF_UP));
    }
    int leadingZeros = size.scale() - size.precision();
    return grouped(number.setScale(leadingZeros + 3, RoundingMode.HALF_UP));
  }

  private static String compact(BigDecimal number, BigDecimal size) {
    boolean billions = size.compareTo(BILLION) >= 0;
    BigDecimal part = number.divide(billions ? BILLION : MILLION, 2, RoundingMode.HALF_UP);
    return grouped(part) + (billions ? " B" : " M");
  }

  /** With all digits, such as {@code 1,284,499.75}. */
  static String exact(BigDecimal number) {
    return grouped(number);
  }

  /** With its unit, such as {@code 25%} or {@code 400,000 USD}. */
  static String withUnit(BigDecimal number, String unit) {
    return readable(number) + suffix(unit);
  }

  /** Beside a number that has the unit: without it, but for per cent. */
  static String beside(BigDecimal number, String unit) {
    return unit.equals("%") ? withUnit(number, unit) : readable(number);
  }

  /** All digits with the unit. */
  static String exactWithUnit(BigDecimal number, String unit) {
    return exact(number) + suffix(unit);
  }

  private static String suffix(String unit) {
    if (unit.isEmpty() || unit.equals("%")) {
      return unit;
    }
    return " " + unit;
  }

  /** A move, such as {@code +3} or {@code −0.4}. */
  static String signed(BigDecimal move) {
    return (move.signum() < 0 ? "−" : "+") + readable(move.abs());
  }

  /** A share as whole per cent, rounded towards 0 so that 100% means all of it. */
  static String percent(BigDecimal share) {
    return grouped(share.movePointRight(2).setScale(0, RoundingMode.DOWN)) + "%";
  }

  private static String grouped(BigDecimal number) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(Math.max(0, number.scale()));
    return format.format(number).replace('-', '−');
  }
}
