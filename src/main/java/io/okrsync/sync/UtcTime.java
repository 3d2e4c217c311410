package io.okrsync.sync;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time in a sentence, in UTC: {@code 21 Nov 2026 04:05:00 UTC}. */
public final class UtcTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private UtcTime() {}

  public static String inWords(Instant at) {
    return FORMAT.format(at);
  }
}
