package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/**
 * Time as a working week counts it: from Monday to Friday by the clock on the wall of a zone. Each
 * of these days is one day, also where summer time begins or ends; holidays are not known.
 */
final class WorkingTime {
  private static final BigDecimal NANOS_OF_DAY = BigDecimal.valueOf(86_400_000_000_000L);
  private static final int WORKING_DAYS = 5;

  /** The first day of the epoch, 1970-01-01, was a Thursday. */
  private static final int DAYS_FROM_MONDAY_TO_EPOCH = 3;

  private WorkingTime() {}

  /** Negative where {@code to} is before {@code from}. */
  static Exact days(Instant from, Instant to, ZoneId zone) {
    BigDecimal days = sinceMonday(to.atZone(zone).toLocalDateTime());
    return new Exact(days).minus(new Exact(sinceMonday(from.atZone(zone).toLocalDateTime())));
  }

  /** The working days since the Monday before the epoch; stands still from Saturday to Monday. */
  private static BigDecimal sinceMonday(LocalDateTime time) {
    long day = time.toLocalDate().toEpochDay() + DAYS_FROM_MONDAY_TO_EPOCH;
    long ofWeek = Math.floorMod(day, 7L);
    long whole = Math.floorDiv(day, 7L) * WORKING_DAYS + Math.min(ofWeek, WORKING_DAYS);
    if (ofWeek >= WORKING_DAYS) {
      return BigDecimal.valueOf(whole);
    }
    BigDecimal part =
        BigDecimal.valueOf(time.toLocalTime().toNanoOfDay())
            .divide(NANOS_OF_DAY, Decimals.DIVISION);
    return BigDecimal.valueOf(whole).add(part);
  }
}
