package io.okrsync.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Whole days in a zone, from the first up to and with the last; none where it ends before. */
record Days(LocalDate first, LocalDate last, ZoneId zone) {

  boolean hold(@Nullable Instant at) {
    return at != null
        && !at.isBefore(first.atStartOfDay(zone).toInstant())
        && at.isBefore(end().atStartOfDay(zone).toInstant());
  }

  /** The day after the last. */
  LocalDate end() {
    return last.plusDays(1);
  }

  /** As many months before these where they are whole months, otherwise as many days. */
  Days before() {
    boolean months = first.getDayOfMonth() == 1 && end().getDayOfMonth() == 1;
    LocalDate start =
        months
            ? first.minusMonths(ChronoUnit.MONTHS.between(first, end()))
            : first.minusDays(ChronoUnit.DAYS.between(first, end()));
    return new Days(start, first.minusDays(1), zone);
  }
}
