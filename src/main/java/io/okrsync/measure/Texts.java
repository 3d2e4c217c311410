package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneOffsetTransition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads numbers, times and durations that come as text. */
final class Texts {
  private static final Pattern ZONELESS =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?)?");

  private static final int LONGEST_NUMBER = 80;
  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

  private Texts() {}

  static Exact number(String text) {
    try {
      BigDecimal number =
          new BigDecimal(text.length() > LONGEST_NUMBER ? "too long" : text.strip());
      if (Decimals.inRange(number)) {
        return new Exact(number);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw EvaluationFailure.because(quoted(text) + " is not a number");
  }

  static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeParseException e) {
      throw EvaluationFailure.because(
          quoted(text)
              + (ZONELESS.matcher(text.strip()).matches()
                  ? " says no zone; give it one, such as timestamp(…, 'Asia/Jakarta')"
                  : " is not a time; one looks like 2026-10-01T00:00:00Z"));
    }
  }

  /** A time that may say no zone, or be a day, which means its first moment there. */
  static Instant time(String text, String zone) {
    ZoneId there = zone(zone);
    String stripped = text.strip();
    if (!ZONELESS.matcher(stripped).matches()) {
      return time(text);
    }
    try {
      return stripped.contains("T")
          ? onTheWall(LocalDateTime.parse(stripped), there)
          : LocalDate.parse(stripped).atStartOfDay(there).toInstant();
    } catch (DateTimeParseException e) {
      throw EvaluationFailure.because(quoted(text) + " is no day of the calendar");
    }
  }

  /** Of an hour that comes twice the first is meant; one that was skipped is a mistake. */
  private static Instant onTheWall(LocalDateTime time, ZoneId zone) {
    if (zone.getRules().getValidOffsets(time).isEmpty()) {
      ZoneOffsetTransition skipped = zone.getRules().getTransition(time);
      throw EvaluationFailure.because(
          "'%s' never was in %s, where clocks went from %s on to %s"
              .formatted(time, zone, skipped.getDateTimeBefore(), skipped.getDateTimeAfter()));
    }
    return time.atZone(zone).toInstant();
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException e) {
      throw EvaluationFailure.because(
          quoted(text) + " is not a time zone; one looks like Asia/Jakarta");
    }
  }

  static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text.strip());
    if (text.isBlank() || !parts.matches()) {
      throw EvaluationFailure.because(
          quoted(text) + " is not a duration; one looks like 30d, 12h, 90m or 1d12h");
    }
    return Duration.ofDays(amount(parts.group(1)))
        .plusHours(amount(parts.group(2)))
        .plusMinutes(amount(parts.group(3)))
        .plusSeconds(amount(parts.group(4)));
  }

  /** The text in quotes, cut to what fits a line. */
  static String quoted(String text) {
    return "'" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + "'";
  }

  private static long amount(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
