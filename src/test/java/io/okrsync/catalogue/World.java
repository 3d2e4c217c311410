package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/** All records at one time, and the days that key results look at. */
final class World {
  private final Map<String, Rows> records;
  final Instant now;
  final ZoneId zone;

  /** The cycle of a key result and the one before it. */
  final Days cycle;

  final Days before;

  World(Map<String, Rows> records, Instant now, Days cycle, Days before) {
    this.records = records;
    this.now = now;
    this.zone = cycle.zone();
    this.cycle = cycle;
    this.before = before;
  }

  static World inQuarter(Map<String, Rows> records, Instant now, ZoneId zone) {
    return new World(
        records,
        now,
        new Days(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31), zone),
        new Days(LocalDate.of(2026, 7, 1), LocalDate.of(2026, 9, 30), zone));
  }

  /** The same records, looked at by a key result of the whole year. */
  World inYear() {
    return new World(
        records,
        now,
        new Days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31), zone),
        new Days(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31), zone));
  }

  /** The same records, looked at by a key result of the cycle before. */
  World earlier() {
    return new World(records, now, before, before);
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
