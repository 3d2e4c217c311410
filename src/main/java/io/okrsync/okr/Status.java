package io.okrsync.okr;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a key result stands. Derived by one rule, never set by hand. */
public enum Status {
  WATCHED("watched"),
  NOT_STARTED("not started"),
  OUTDATED("outdated"),
  OFF_TRACK("off track"),
  AT_RISK("at risk"),
  ON_TRACK("on track"),
  COMPLETE("complete");

  private final String label;

  Status(String label) {
    this.label = label;
  }

  /** The colour it has; empty where the numbers say nothing. */
  public Optional<Light> light() {
    return switch (this) {
      case COMPLETE, ON_TRACK -> Optional.of(Light.GREEN);
      case AT_RISK -> Optional.of(Light.YELLOW);
      case OFF_TRACK -> Optional.of(Light.RED);
      case WATCHED, NOT_STARTED, OUTDATED -> Optional.empty();
    };
  }

  /** The word to show. */
  public String label() {
    return label;
  }

  /**
   * The status of a key result by the usual bounds.
   *
   * @param progress 0 at the baseline and 1 at the target; null while there is no value
   * @param elapsed the part of the cycle that has passed, 0..1
   */
  public static Status of(@Nullable BigDecimal progress, BigDecimal elapsed, Freshness freshness) {
    return of(progress, elapsed, elapsed, freshness, Grades.STANDARD);
  }

  /**
   * The same where progress is not expected to grow with the days.
   *
   * @param expected the progress expected for now, 0..1
   */
  static Status of(
      @Nullable BigDecimal progress,
      BigDecimal expected,
      BigDecimal elapsed,
      Freshness freshness,
      Grades grades) {
    if (progress == null && elapsed.signum() == 0) {
      return NOT_STARTED;
    }
    if (freshness == Freshness.OUTDATED) {
      return OUTDATED;
    }
    if (progress == null || elapsed.signum() == 0) {
      return NOT_STARTED;
    }
    if (progress.compareTo(BigDecimal.ONE) >= 0) {
      return COMPLETE;
    }
    if (progress.compareTo(grades.good().multiply(expected)) >= 0) {
      return ON_TRACK;
    }
    return progress.compareTo(grades.farOff().multiply(expected)) <= 0 ? OFF_TRACK : AT_RISK;
  }
}
