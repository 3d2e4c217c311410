package io.okrsync.web;

import io.okrsync.okr.ValueAt;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Where times and values are on a drawing of 1000 by 1000, seen from its upper left corner.
 *
 * @param low the value at the lower edge, less than {@code high}
 */
record Plot(Instant from, Instant to, double low, double high) {
  private static final double SIZE = 1000;

  double x(Instant at) {
    double whole = Math.max(1, Duration.between(from, to).toMillis());
    return SIZE * Duration.between(from, at).toMillis() / whole;
  }

  double y(double value) {
    return SIZE * (high - value) / (high - low);
  }

  double y(BigDecimal value) {
    return y(value.doubleValue());
  }

  boolean shows(BigDecimal value) {
    return low <= value.doubleValue() && value.doubleValue() <= high;
  }

  /** A line that keeps each value until the next. Of values in one column the last counts. */
  String steps(List<ValueAt> oldestFirst, Instant until) {
    StringBuilder path = new StringBuilder();
    double drawn = Double.NEGATIVE_INFINITY;
    for (ValueAt each : oldestFirst) {
      BigDecimal value = each.value();
      double x = Math.max(0, x(each.at()));
      if (path.isEmpty()) {
        path.append("M").append(number(x)).append(' ').append(number(y(value)));
      } else {
        path.append(x - drawn < 0.5 ? "" : "H" + number(x)).append('V').append(number(y(value)));
      }
      drawn = x;
    }
    return path.isEmpty() ? "" : path.append('H').append(number(x(until))).toString();
  }

  /** As SVG has it. */
  static String number(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate).replace(".0", "");
  }

  static String percent(double coordinate) {
    return String.format(Locale.ROOT, "%.2f%%", coordinate / 10);
  }
}
