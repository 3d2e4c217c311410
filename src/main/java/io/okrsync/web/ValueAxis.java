package io.okrsync.web;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Round values for the left edge of a chart, from just below the least to just above the most. */
record ValueAxis(double low, double high, double step) {
  private static final int STEPS = 4;

  static ValueAxis over(DoubleStream values) {
    var range = values.summaryStatistics();
    double span = range.getMax() - range.getMin();
    if (span <= 0) {
      span = Math.max(Math.abs(range.getMax()) * 0.1, 1e-6);
    }
    double step = round(span / STEPS);
    return new ValueAxis(
            Math.floor(range.getMin() / step) * step, Math.ceil(range.getMax() / step) * step, step)
        .opened();
  }

  /** An axis of one value has no height, so it gets a step on either side. */
  private ValueAxis opened() {
    return high > low ? this : new ValueAxis(low - step, high + step, step);
  }

  private static double round(double step) {
    double magnitude = Math.pow(10, Math.floor(Math.log10(step)));
    for (double nice : new double[] {1, 2, 2.5, 5}) {
      if (step <= nice * magnitude) {
        return nice * magnitude;
      }
    }
    return 10 * magnitude;
  }

  List<BigDecimal> ticks() {
    List<BigDecimal> ticks = new ArrayList<>();
    for (long n = 0; n <= Math.round((high - low) / step); n++) {
      BigDecimal tick = new BigDecimal(low + n * step).round(new MathContext(9));
      ticks.add(Math.abs(tick.doubleValue()) < step / 1e6 ? BigDecimal.ZERO : tick);
    }
    return ticks;
  }
}
