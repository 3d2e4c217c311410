package io.okrsync.web;

import io.okrsync.okr.ValueAt;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings as a small line.
 *
 * @param path on a drawing of 1000 by 1000
 * @param end how far down the line ends, in per cent
 */
public record Sparkline(String path, String end) {
  /** Null where there are not two values to draw a line between. */
  static @Nullable Sparkline of(List<KeyResultReading> newestFirst, Instant now) {
    List<ValueAt> values = new ArrayList<>(KeyResultView.values(newestFirst));
    if (values.size() < 2) {
      return null;
    }
    Collections.reverse(values);
    DoubleSummaryStatistics range =
        values.stream()
            .map(ValueAt::value)
            .mapToDouble(BigDecimal::doubleValue)
            .summaryStatistics();
    double room = Math.max(range.getMax() - range.getMin(), 1e-9) * 0.1;
    Plot plot = new Plot(values.get(0).at(), now, range.getMin() - room, range.getMax() + room);
    BigDecimal last = values.get(values.size() - 1).value();
    return new Sparkline(plot.steps(values, now), Plot.percent(plot.y(last)));
  }
}
