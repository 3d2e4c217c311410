package io.okrsync.connector;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the times that vendors write:
 *
 * <pre>
 * 2026-11-21T19:33:18Z   2026-11-21T19:33:18.123+00:00   2026-11-21T19:33:18.123+0800   2026-11-21 19:33:18+08
 * 2026-11-21T19:33:18    without an offset: in the zone of the source
 * 2026-11-21             a date: its first moment in the zone of the source
 * </pre>
 */
final class Times {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  /** How nearly all systems write a time; read by hand, which takes a tenth of the formatter. */
  private static final String PLAIN_TIME = "0000-00-00T00:00:00Z";

  /** The same of a date, for which the formatter would first fail to find a time in it. */
  private static final String PLAIN_DATE = "0000-00-00";

  private Times() {}

  /** The instant to the microsecond; empty where the text is no time or not in years 1 to 9999. */
  static Optional<Instant> instant(String text, ZoneId zone) {
    try {
      Instant instant = read(text, zone);
      boolean usable = !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
      return usable ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant read(String text, ZoneId zone) {
    if (isLike(PLAIN_TIME, text)) {
      return plainTime(text);
    }
    return isLike(PLAIN_DATE, text)
        ? plainDate(text).atStartOfDay(zone).toInstant()
        : instant(formatted(text.strip()), zone).truncatedTo(ChronoUnit.MICROS);
  }

  /** Whether it has digits where the pattern has zeros, and is the pattern otherwise. */
  private static boolean isLike(String pattern, String text) {
    if (text.length() != pattern.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char wanted = pattern.charAt(i);
      char found = text.charAt(i);
      boolean fits = wanted == '0' ? found >= '0' && found <= '9' : found == wanted;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static Instant plainTime(String text) {
    return plainDate(text)
        .atTime(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static LocalDate plainDate(String text) {
    return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  private static TemporalAccessor formatted(String text) {
    return FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  private static Instant instant(TemporalAccessor read, ZoneId zone) {
    if (read instanceof OffsetDateTime time) {
      return time.toInstant();
    }
    return read instanceof LocalDateTime time
        ? time.atZone(zone).toInstant()
        : LocalDate.from(read).atStartOfDay(zone).toInstant();
  }
}
