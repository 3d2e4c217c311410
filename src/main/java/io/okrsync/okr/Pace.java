package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * How progress is expected to grow: day by day, or by dated steps.
 *
 * @param steps in the order of their days; none: day by day
 */
public record Pace(List<Step> steps) {
  /**
   * The value that should be there when a day has passed, and that is then enough until the next
   * step.
   *
   * @param by the last day for it
   */
  public record Step(LocalDate by, BigDecimal value) {}

  /** Day by day, as much on each. */
  public static final Pace STEADY = new Pace(List.of());

  public Pace {
    steps = List.copyOf(steps);
    for (int i = 1; i < steps.size(); i++) {
      if (!steps.get(i).by().isAfter(steps.get(i - 1).by())) {
        throw new IllegalArgumentException(
            "pace must go from day to day: %s does not come after %s"
                .formatted(steps.get(i).by(), steps.get(i - 1).by()));
      }
    }
  }

  /** All steps are within these days. */
  void requireWithin(Cycle cycle) {
    for (Step step : steps) {
      if (step.by().isBefore(cycle.from()) || step.by().isAfter(cycle.to())) {
        throw new IllegalArgumentException(
            "pace has a step by %s, which is no day of the cycle, %s to %s"
                .formatted(step.by(), cycle.from(), cycle.to()));
      }
    }
  }

  /**
   * The progress expected when this part of the cycle has passed, 0..1; all of it at the end.
   * Before the first step nothing is.
   */
  BigDecimal expected(Way way, Cycle cycle, BigDecimal elapsed) {
    if (steps.isEmpty() || elapsed.compareTo(BigDecimal.ONE) >= 0) {
      return elapsed;
    }
    BigDecimal expected = BigDecimal.ZERO;
    for (Step step : steps) {
      if (end(step, cycle).compareTo(elapsed) <= 0) {
        expected = way.progress(step.value()).max(BigDecimal.ZERO).min(BigDecimal.ONE);
      }
    }
    return expected;
  }

  private static BigDecimal end(Step step, Cycle cycle) {
    return cycle.elapsed(step.by().plusDays(1).atStartOfDay(cycle.zone()).toInstant());
  }
}
