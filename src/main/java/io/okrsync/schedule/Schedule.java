package io.okrsync.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a source is read by itself: in equal steps, or by a cron expression.
 *
 * @param every the time between two beginnings, one second or more; null where there is a cron
 * @param cron a Quartz cron expression, such as {@code 0 0 6 * * ?}; null where there is {@code
 *     every}
 * @param zone the zone in which cron is meant
 */
public record Schedule(@Nullable Duration every, @Nullable String cron, ZoneId zone) {
  public Schedule {
    requireNonNull(zone, "zone must not be null");
    if ((every == null) == (cron == null)) {
      throw new IllegalArgumentException("a schedule has either every or cron");
    }
    if (every != null && every.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("every must be 1s or longer");
    }
    if (cron != null) {
      CronRule.check(cron);
    }
  }

  /** Such as {@code every 15m} or {@code 0 0 6 * * ? (Asia/Jakarta)}. */
  public String inWords() {
    if (every == null) {
      return cron + " (" + zone + ")";
    }
    return "every " + every.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
