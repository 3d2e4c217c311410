package io.okrsync.web;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: grouped, and no more digits than say something. */
public final class Figures {
  private static final BigDecimal THOUSAND = new BigDecimal(1_000);
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal BILLION = new BigDecimal(1_000_000_000);
  private static final BigDecimal COMPACT_FROM = new BigDecimal(10_000_000);

  private Figures() {}

  /** Such as {@code 23.4}, {@code 1,284,500} or {@code 12.9 M}. */
  static String readable(BigDecimal number) {
    return Grain.of(number).write(number);
  }

  /**
   * How finely numbers are shown.
   *
   * @param digits after the point
   */
  private record Grain(BigDecimal unit, int digits, String suffix) {
    /** As fine as says something of a number of this size. */
    static Grain of(BigDecimal number) {
      BigDecimal size = number.abs();
      if (size.compareTo(BILLION) >= 0) {
        return new Grain(BILLION, 2, " B");
      }
      if (size.compareTo(COMPACT_FROM) >= 0) {
        return new Grain(MILLION, 2, " M");
      }
      return new Grain(BigDecimal.ONE, digits(size), "");
    }

    private static int digits(BigDecimal size) {
      if (size.compareTo(THOUSAND) >= 0) {
        return 0;
      }
      if (size.compareTo(BigDecimal.ONE) >= 0 || size.signum() == 0) {
        return 2;
      }
      int leadingZeros = size.scale() - size.precision();
      return leadingZeros + 3;
    }

    boolean shows(BigDecimal number) {
      return number.divide(unit, digits, RoundingMode.HALF_UP).signum() != 0;
    }

    String write(BigDecimal number) {
      return grouped(number.divide(unit, digits, RoundingMode.HALF_UP)) + suffix;
    }
  }

  /** With all digits, such as {@code 1,284,499.75}. */
  static String exact(BigDecimal number) {
    return grouped(number);
  }

  /** A move with all digits, such as {@code −1,078.5}. */
  static String exactMove(BigDecimal move) {
    return (move.signum() > 0 ? "+" : "") + exact(move);
  }

  /** With its unit, such as {@code 25%} or {@code 400,000 USD}. */
  static String withUnit(BigDecimal number, String unit) {
    return joined(readable(number), unit);
  }

  /** Beside a number that has the unit: without it, but for per cent. */
  static String beside(BigDecimal number, String unit) {
    return unit.equals("%") ? withUnit(number, unit) : readable(number);
  }

  /** All digits with the unit. */
  static String exactWithUnit(BigDecimal number, String unit) {
    return joined(exact(number), unit);
  }

  /** A number as it was written, and its unit. */
  static String joined(String number, String unit) {
    return unit.isEmpty() || unit.equals("%") ? number + unit : number + " " + unit;
  }

  /**
   * A move, such as {@code +3} or {@code −0.4}, as finely as the value it led to is shown. One too
   * small to be seen there is shown as finely as it needs.
   */
  static String signed(BigDecimal move, BigDecimal value) {
    Grain grain = Grain.of(move.abs().max(value.abs()));
    String size = grain.shows(move) ? grain.write(move.abs()) : readable(move.abs());
    return (move.signum() < 0 ? "−" : "+") + size;
  }

  /**
   * A score, progress or another share as whole per cent, rounded down so that it never looks
   * better than it is; a dash where there is none.
   */
  public static String percent(@Nullable BigDecimal share) {
    return share == null ? "–" : wholePercent(share) + "%";
  }

  /** The same without the sign. */
  static String wholePercent(BigDecimal share) {
    return grouped(share.movePointRight(2).setScale(0, RoundingMode.FLOOR));
  }

  private static String grouped(BigDecimal number) {
    DecimalFormat format =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setMaximumFractionDigits(Math.max(0, number.scale()));
    return format.format(number).replace('-', '−');
  }
}
