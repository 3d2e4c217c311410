package io.okrsync.okr;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time an objective is set for: whole days in one zone.
 *
 * @param from the first day
 * @param to the last day
 * @param tolerance by which share of its final value a key result may change after the end
 */
public record Cycle(String id, LocalDate from, LocalDate to, ZoneId zone, BigDecimal tolerance) {
  public Cycle {
    tolerance = tolerance.stripTrailingZeros();
    requireNonNull(id, "id must not be null");
    requireNonNull(zone, "zone must not be null");
    if (to.isBefore(from)) {
      throw new IllegalArgumentException(
          "cycle %s ends (%s) before it begins (%s)".formatted(id, to, from));
    }
  }

  /** One that tolerates no change after its end. */
  public Cycle(String id, LocalDate from, LocalDate to, ZoneId zone) {
    this(id, from, to, zone, BigDecimal.ZERO);
  }

  /** Whether it is made of the same days. */
  public boolean sameDays(Cycle other) {
    return from.equals(other.from) && to.equals(other.to) && zone.equals(other.zone);
  }

  /** The first moment of the first day. */
  public Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** The first moment after the last day. */
  public Instant end() {
    return to.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** How much of the cycle has passed at this time, 0 before it and 1 after it. */
  public BigDecimal elapsed(Instant now) {
    if (!now.isAfter(start())) {
      return BigDecimal.ZERO;
    }
    if (!now.isBefore(end())) {
      return BigDecimal.ONE;
    }
    BigDecimal passed = BigDecimal.valueOf(Duration.between(start(), now).toSeconds());
    return passed.divide(
        BigDecimal.valueOf(Duration.between(start(), end()).toSeconds()), MathContext.DECIMAL32);
  }

  /**
   * The cycle of the same length that ended when this one began: the same number of months where
   * this one is made of whole months (Q4 gives Q3), and of days otherwise.
   */
  public Cycle previous() {
    LocalDate end = to.plusDays(1);
    LocalDate start =
        isWholeMonths()
            ? from.minus(Period.ofMonths((int) ChronoUnit.MONTHS.between(from, end)))
            : from.minusDays(ChronoUnit.DAYS.between(from, end));
    return new Cycle("before " + id, start, from.minusDays(1), zone);
  }

  /** The cycle of the same length that begins when this one has ended: Q4 gives Q1. */
  public Cycle next(String nextId) {
    LocalDate start = to.plusDays(1);
    LocalDate end =
        isWholeMonths()
            ? start.plusMonths(ChronoUnit.MONTHS.between(from, start))
            : start.plusDays(ChronoUnit.DAYS.between(from, start));
    return new Cycle(nextId, start, end.minusDays(1), zone, tolerance);
  }

  /**
   * What the next one is called, where the name of this one says it: year, half, quarter, month.
   */
  public Optional<String> nextId() {
    LocalDate start = to.plusDays(1);
    int month = start.getMonthValue();
    if (id.matches("[0-9]{4}-Q[1-4]")) {
      return Optional.of("%d-Q%d".formatted(start.getYear(), (month + 2) / 3));
    }
    if (id.matches("[0-9]{4}-H[12]")) {
      return Optional.of("%d-H%d".formatted(start.getYear(), (month + 5) / 6));
    }
    if (id.matches("[0-9]{4}-[0-9]{2}")) {
      return Optional.of("%d-%02d".formatted(start.getYear(), month));
    }
    return id.matches("[0-9]{4}") ? Optional.of("" + start.getYear()) : Optional.empty();
  }

  private boolean isWholeMonths() {
    return from.getDayOfMonth() == 1 && to.plusDays(1).getDayOfMonth() == 1;
  }
}
