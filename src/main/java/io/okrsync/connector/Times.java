package io.okrsync.connector;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
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

  private Times() {}

  /** The instant to the microsecond; empty where the text is no time or not in years 1 to 9999. */
  static Optional<Instant> instant(String text, ZoneId zone) {
    try {
      TemporalAccessor read =
          FORMAT.parseBest(
              text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      Instant instant = instant(read, zone).truncatedTo(ChronoUnit.MICROS);
      boolean usable = !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
      return usable ? Optional.of(instant) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
