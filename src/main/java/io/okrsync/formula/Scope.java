package io.okrsync.formula;

import io.okrsync.measure.Selection.Among;
import io.okrsync.measure.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a formula, or a part of it, is evaluated: whole days in one zone, of which those before
 * {@code today} are over. A day begins when the clock on the wall of the zone says so, also where
 * it has 23 or 25 hours.
 *
 * @param from the first day
 * @param to the day after the last
 * @param today the first day that is not over; after the scope has ended, {@code to}
 * @param ever whether what came before {@code from} counts, too
 * @param grouped whether each key is read apart
 * @param among which keys count
 * @param call how a formula calls what it reads here: {@code previous(%s)}
 */
public record Scope(
    LocalDate from,
    LocalDate to,
    LocalDate today,
    ZoneId zone,
    boolean ever,
    boolean grouped,
    List<Among> among,
    String call) {
  private static final String NAME = "%s";
  private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  /** The days from a first to a last, as they are seen at this moment. */
  public static Scope of(LocalDate first, LocalDate last, ZoneId zone, Instant now) {
    LocalDate end = last.plusDays(1);
    LocalDate today = earlier(now.atZone(zone).toLocalDate(), end);
    return new Scope(first, end, today, zone, false, false, List.of(), NAME);
  }

  /** What counts here; empty where there is no day. */
  Optional<Window> window() {
    return ever || from.isBefore(to)
        ? Optional.of(new Window(ever ? BEGINNING : start(from), start(to)))
        : Optional.empty();
  }

  /** How a formula calls a measure that is read here. */
  String call(String measure) {
    return call.replace(NAME, measure);
  }

  /**
   * Such as {@code in previous(deals_won), 2026-07-01 to 2026-09-30}; empty where it was not moved.
   */
  String described(String measure) {
    if (call.equals(NAME)) {
      return "";
    }
    return ever
        ? "in %s, up to %s, ".formatted(call(measure), to.minusDays(1))
        : "in %s, %s to %s, ".formatted(call(measure), from, to.minusDays(1));
  }

  /** The same, as the formula calls it. */
  Scope called(String pattern) {
    return new Scope(from, to, today, zone, ever, grouped, among, call.replace(NAME, pattern));
  }

  /**
   * The days before these: as many months where these are whole months (Q4 gives Q3), and as many
   * days otherwise. As many of them are over as are of these.
   */
  Scope previous() {
    LocalDate start = from.minus(length());
    LocalDate end = earlier(from, to);
    boolean over = !today.isBefore(to);
    LocalDate then =
        over ? end : earlier(start.plusDays(ChronoUnit.DAYS.between(from, today)), end);
    return days(start, end, then);
  }

  private Period length() {
    boolean months = from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1 && from.isBefore(to);
    return months
        ? Period.ofMonths((int) ChronoUnit.MONTHS.between(from, to))
        : Period.ofDays((int) Math.max(0, ChronoUnit.DAYS.between(from, to)));
  }

  /** The same days a year before, of which as much is over. */
  Scope yearAgo() {
    return days(from.minusYears(1), to.minusYears(1), today.minusYears(1));
  }

  /** Those of these days that are over. */
  Scope toDate() {
    return days(from, today, today);
  }

  /** All up to the end of these days. */
  Scope sinceEver() {
    return new Scope(from, to, today, zone, true, grouped, among, call);
  }

  /** The last so many periods that are over. */
  Scope last(Length length) {
    LocalDate end = length.unit().start(today);
    LocalDate start = length.unit().plus(end, -length.periods());
    return new Scope(start, end, end, zone, false, grouped, among, call);
  }

  /** The whole periods of a calendar within these days that are over. */
  List<Scope> each(CalendarUnit unit) {
    LocalDate first = unit.start(from);
    LocalDate start = first.isBefore(from) ? unit.plus(first, 1) : first;
    return Stream.iterate(start, day -> unit.plus(day, 1))
        .takeWhile(day -> !unit.plus(day, 1).isAfter(today))
        .map(day -> days(day, unit.plus(day, 1), unit.plus(day, 1)))
        .toList();
  }

  /** Each key apart. */
  Scope byKey() {
    return new Scope(from, to, today, zone, ever, true, among, call);
  }

  /** All keys together. */
  Scope together() {
    return new Scope(from, to, today, zone, ever, false, among, call);
  }

  /** Only such keys. */
  Scope only(Among keys) {
    List<Among> more = Stream.concat(among.stream(), Stream.of(keys)).toList();
    return new Scope(from, to, today, zone, ever, grouped, more, call);
  }

  private Scope days(LocalDate first, LocalDate end, LocalDate now) {
    return new Scope(first, end, now, zone, ever, grouped, among, call);
  }

  private Instant start(LocalDate day) {
    return day.atStartOfDay(zone).toInstant();
  }

  private static LocalDate earlier(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? one : other;
  }
}
