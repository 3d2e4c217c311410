package io.okrsync.web;

import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Objects;
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
    List<KeyResultReading> readings =
        new ArrayList<>(newestFirst.stream().filter(each -> each.value() != null).toList());
    if (readings.size() < 2) {
      return null;
    }
    Collections.reverse(readings);
    DoubleSummaryStatistics values =
        readings.stream()
            .map(KeyResultReading::value)
            .filter(Objects::nonNull)
            .mapToDouble(BigDecimal::doubleValue)
            .summaryStatistics();
    double room = Math.max(values.getMax() - values.getMin(), 1e-9) * 0.1;
    Plot plot = new Plot(readings.get(0).at(), now, values.getMin() - room, values.getMax() + room);
    BigDecimal last = Objects.requireNonNull(readings.get(readings.size() - 1).value());
    return new Sparkline(plot.steps(readings, now), Plot.percent(plot.y(last)));
  }
}
