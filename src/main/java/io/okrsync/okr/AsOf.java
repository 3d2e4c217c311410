package io.okrsync.okr;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** A moment in the past that a person names. */
public final class AsOf {
  private AsOf() {}

  /**
   * The moment that a text means: a day means its end in this zone, so that two days are the change
   * between them; everything else is an instant such as {@code 2026-11-21T03:00:00Z}.
   *
   * @param name of the option or parameter, for the message
   * @throws IllegalArgumentException where it is neither
   */
  public static Instant of(String name, String text, ZoneId zone) {
    try {
      return text.length() <= "2026-11-21".length()
          ? endOf(LocalDate.parse(text), zone)
          : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException neither) {
      throw new IllegalArgumentException(
          "%s must be a day such as 2026-11-21 or a moment such as 2026-11-21T03:00:00Z: '%s'"
              .formatted(name, text),
          neither);
    }
  }

  private static Instant endOf(LocalDate day, ZoneId zone) {
    return day.plusDays(1).atStartOfDay(zone).toInstant().minus(1, ChronoUnit.MICROS);
  }
}
