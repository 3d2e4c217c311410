package io.okrsync.okr;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a key result stands. Derived by one rule, never set by hand. */
public enum Status {
  NOT_STARTED("not started"),
  OUTDATED("outdated"),
  OFF_TRACK("off track"),
  AT_RISK("at risk"),
  ON_TRACK("on track"),
  COMPLETE("complete");

  /**
   * The grades of the field, where 0.7 is good and 0.3 is off track (Google, re:Work, "Set goals
   * with OKRs"): a key result is on track when going on like this would end at 0.7 or more, and off
   * track when it would end at 0.3 or less.
   */
  static final BigDecimal GOOD = new BigDecimal("0.7");

  static final BigDecimal BAD = new BigDecimal("0.3");

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
      case NOT_STARTED, OUTDATED -> Optional.empty();
    };
  }

  /** The word to show. */
  public String label() {
    return label;
  }

  /**
   * The status of a key result.
   *
   * @param progress 0 at the baseline and 1 at the target; null while there is no value
   * @param elapsed the part of the cycle that has passed, 0..1
   */
  public static Status of(@Nullable BigDecimal progress, BigDecimal elapsed, Freshness freshness) {
    return of(progress, elapsed, elapsed, freshness);
  }

  /**
   * The same where progress is not expected to grow with the days.
   *
   * @param expected the progress expected for now, 0..1
   */
  static Status of(
      @Nullable BigDecimal progress, BigDecimal expected, BigDecimal elapsed, Freshness freshness) {
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
    if (progress.compareTo(GOOD.multiply(expected)) >= 0) {
      return ON_TRACK;
    }
    return progress.compareTo(BAD.multiply(expected)) <= 0 ? OFF_TRACK : AT_RISK;
  }
}
