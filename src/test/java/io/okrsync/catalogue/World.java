package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** All records, and the days that a key result looks at. */
final class World {
  private final Map<String, Rows> records;
  private final LocalDate today;
  final Days cycle;

  /**
   * @param today the first day that is not over; the one after the cycle where all are
   */
  private World(Map<String, Rows> records, Days cycle, LocalDate today) {
    this.records = records;
    this.cycle = cycle;
    this.today = today.isAfter(cycle.end()) ? cycle.end() : today;
  }

  static World inQuarter(Map<String, Rows> records, Instant now, ZoneId zone) {
    Days quarter = new Days(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31), zone);
    return new World(records, quarter, now.atZone(zone).toLocalDate());
  }

  /** The same records, looked at by a key result of the whole year. */
  World inYear() {
    return in(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31));
  }

  /** The days before these, of which as many are over. */
  World earlier() {
    Days before = cycle.before();
    boolean over = today.equals(cycle.end());
    LocalDate then = before.first().plusDays(ChronoUnit.DAYS.between(cycle.first(), today));
    return new World(records, before, over ? before.end() : then);
  }

  /** The days before these, all of which are over. */
  World whollyEarlier() {
    Days before = cycle.before();
    return new World(records, before, before.end());
  }

  World toDate() {
    return in(cycle.first(), today.minusDays(1));
  }

  World ever() {
    return in(LocalDate.of(1, 1, 2), cycle.last());
  }

  World last(int days) {
    return in(today.minusDays(days), today.minusDays(1));
  }

  World lastMonth() {
    LocalDate month = today.withDayOfMonth(1);
    return in(month.minusMonths(1), month.minusDays(1));
  }

  /** Each day of these that is over. */
  List<World> days() {
    return each(cycle.first(), day -> day.plusDays(1));
  }

  /** Each week from Monday to Sunday that is over. */
  List<World> weeks() {
    return each(
        cycle.first().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)),
        week -> week.plusWeeks(1));
  }

  /** All whole weeks that are over. */
  World wholeWeeks() {
    List<World> weeks = weeks();
    return weeks.isEmpty()
        ? in(cycle.first(), cycle.first().minusDays(1))
        : in(weeks.get(0).cycle.first(), weeks.get(weeks.size() - 1).cycle.last());
  }

  /** Each month that is over; these days begin with one. */
  List<World> months() {
    return each(cycle.first(), month -> month.plusMonths(1));
  }

  private List<World> each(LocalDate first, UnaryOperator<LocalDate> next) {
    List<World> periods = new ArrayList<>();
    for (LocalDate day = first; !next.apply(day).isAfter(today); day = next.apply(day)) {
      periods.add(in(day, next.apply(day).minusDays(1)));
    }
    return periods;
  }

  private World in(LocalDate first, LocalDate last) {
    return new World(records, new Days(first, last, cycle.zone()), today);
  }

  Rows of(String source) {
    return requireNonNull(records.get(source), source);
  }

  Map<String, Rows> records() {
    return records;
  }

  Rows won() {
    return of("deals").is("status", "won").in("wonAt", cycle);
  }

  Rows wonInDollars() {
    return won().is("currency", "USD");
  }

  Rows points(String source, String name) {
    return of(source).is("name", name).in("at", cycle);
  }

  Rows gauge(String name) {
    return points("gauges", name);
  }
}
