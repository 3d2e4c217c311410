package io.okrsync.connector;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a vendor asks us to come back. */
final class RetryTime {
  private final Clock clock;

  RetryTime(Clock clock) {
    this.clock = clock;
  }

  /**
   * What {@code Retry-After} says, or else the header that tells when the rate limit begins anew; a
   * day from now at most.
   */
  Optional<Instant> of(HttpAnswer answer) {
    return retryAfter(answer)
        .or(() -> answer.resetHeader().flatMap(this::instant).map(this::aDayAtMost));
  }

  /** For vendors that do not say when a quota begins anew: most count hours or days. */
  Instant inAnHour() {
    return clock.instant().plus(Duration.ofHours(1));
  }

  Optional<Instant> retryAfter(HttpAnswer answer) {
    return answer.header("Retry-After").flatMap(this::instant).map(this::aDayAtMost);
  }

  /** No quota of a vendor's lasts longer, and a source must not stop for good by one header. */
  private Instant aDayAtMost(Instant told) {
    Instant most = clock.instant().plus(Duration.ofDays(1));
    return told.isAfter(most) ? most : told;
  }

  /**
   * Vendors write seconds from now, seconds or milliseconds since 1970, or a date; a reset far in
   * the future tells these apart.
   */
  private Optional<Instant> instant(String text) {
    try {
      if (text.matches("\\d{1,15}(\\.\\d{1,9})?")) {
        return Optional.of(instant(new BigDecimal(text)));
      }
      if (text.matches("\\d{4}-.*")) {
        return Times.instant(text, clock.getZone());
      }
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Instant instant(BigDecimal number) {
    long seconds = number.longValue();
    if (seconds > 100_000_000_000L) {
      return Instant.ofEpochMilli(seconds);
    }
    if (seconds > 1_000_000_000L) {
      return Instant.ofEpochSecond(seconds);
    }
    return clock.instant().plusMillis(number.movePointRight(3).longValue());
  }
}
