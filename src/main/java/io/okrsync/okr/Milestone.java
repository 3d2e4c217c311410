package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something to have done by a day: done as soon as the value is 1 or more, and not before. Nothing
 * is expected until that day is over, and all of it from then on.
 *
 * @param by the last day for it
 */
public record Milestone(LocalDate by) implements Goal, Course {
  @Override
  public SortedMap<String, String> told() {
    return new TreeMap<>(Map.of("doneBy", DateTimeFormatter.ISO_LOCAL_DATE.format(by)));
  }

  /** 1 where it is done, 0 where it is not. */
  @Override
  public BigDecimal progress(BigDecimal value) {
    return isDone(value) ? BigDecimal.ONE : BigDecimal.ZERO;
  }

  public boolean isDone(BigDecimal value) {
    return value.compareTo(BigDecimal.ONE) >= 0;
  }

  @Override
  public @Nullable BigDecimal valueAt(BigDecimal expected) {
    return null;
  }

  @Override
  public int compare(BigDecimal earlier, BigDecimal later) {
    return progress(later).compareTo(progress(earlier));
  }

  /** Its day is one of these. */
  void requireWithin(Cycle cycle) {
    if (by.isBefore(cycle.from()) || by.isAfter(cycle.to())) {
      throw new IllegalArgumentException(
          "doneBy %s is no day of the cycle, %s to %s".formatted(by, cycle.from(), cycle.to()));
    }
  }

  /** The progress expected when this part of the cycle has passed: none, or all. */
  BigDecimal expected(Cycle cycle, BigDecimal elapsed) {
    Instant over = by.plusDays(1).atStartOfDay(cycle.zone()).toInstant();
    return cycle.elapsed(over).compareTo(elapsed) <= 0 ? BigDecimal.ONE : BigDecimal.ZERO;
  }
}
