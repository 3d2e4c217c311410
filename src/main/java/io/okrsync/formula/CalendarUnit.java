package io.okrsync.formula;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The periods of a calendar that whole days make up. Weeks begin on Monday. */
enum CalendarUnit {
  DAY,
  WEEK,
  MONTH,
  QUARTER,
  YEAR;

  /** The unit with this name, such as {@code month} or {@code months}. */
  static Optional<CalendarUnit> named(String name) {
    return Arrays.stream(values())
        .filter(unit -> name.equals(unit.key()) || name.equals(unit.key() + "s"))
        .findFirst();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(CalendarUnit::key).toList();
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first day of the period that this day is in. */
  LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  /** The first day of a period, so many periods later. */
  LocalDate plus(LocalDate start, long periods) {
    return switch (this) {
      case DAY -> start.plusDays(periods);
      case WEEK -> start.plusWeeks(periods);
      case MONTH -> start.plusMonths(periods);
      case QUARTER -> start.plusMonths(3 * periods);
      case YEAR -> start.plusYears(periods);
    };
  }
}
