package io.okrsync.okr;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A moment that a person names. A day means its end, so that two days are the change between them;
 * when that is depends on the zone: for a key result it is that of its cycle.
 *
 * @param name of the option or parameter, for messages
 * @param day null where a moment was named
 * @param moment null where a day was named
 */
public record AsOf(String name, @Nullable LocalDate day, @Nullable Instant moment) {
  /**
   * Reads a day, or an instant such as {@code 2026-11-21T03:00:00Z}.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public static AsOf of(String name, String text) {
    try {
      return text.length() <= "2026-11-21".length()
          ? new AsOf(name, LocalDate.parse(text), null)
          : new AsOf(
              name, null, OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException neither) {
      throw new IllegalArgumentException(
          "%s must be a day such as 2026-11-21 or a moment such as 2026-11-21T03:00:00Z: '%s'"
              .formatted(name, text),
          neither);
    }
  }

  /** The instant that this is there. */
  public Instant in(ZoneId zone) {
    return day == null
        ? requireNonNull(moment)
        : day.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
  }

  /** The first instant of it in UTC, in which the log is written: a day means all of it there. */
  public Instant first() {
    return day == null ? requireNonNull(moment) : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The last instant of it in UTC. */
  public Instant last() {
    return in(ZoneOffset.UTC);
  }

  /**
   * The same of what can be known by now: of the day that is not over it is now.
   *
   * @throws IllegalArgumentException where it is yet to come
   */
  public Instant in(ZoneId zone, Instant now) {
    Instant latest = now.truncatedTo(ChronoUnit.MICROS);
    Instant begun = day == null ? requireNonNull(moment) : day.atStartOfDay(zone).toInstant();
    if (begun.isAfter(latest)) {
      throw new IllegalArgumentException(
          "%s must not be in the future: %s; it is %s".formatted(name, begun, latest));
    }
    Instant end = in(zone);
    return end.isAfter(latest) ? latest : end;
  }
}
