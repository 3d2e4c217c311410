package io.okrsync.schedule;

import static java.util.Objects.requireNonNull;

import io.okrsync.sync.ClockPutBack;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a source is read by itself: in equal steps, or by a cron expression.
 *
 * @param every the time between two beginnings, one second or more; null where there is a cron
 * @param cron a Quartz cron expression, such as {@code 0 0 6 * * ?}; null where there is {@code
 *     every}
 * @param zone the zone in which cron is meant
 * @param missed what becomes of times at which it could not be asked for
 */
public record Schedule(
    @Nullable Duration every, @Nullable String cron, ZoneId zone, Missed missed) {
  public Schedule {
    requireNonNull(zone, "zone must not be null");
    requireNonNull(missed, "missed must not be null");
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

  /** More runs than this are not made up for. */
  static final int MOST_OWED = 100;

  /** A schedule is looked at from here on; any other week would do as well. */
  private static final Instant A_MONDAY = Instant.parse("2026-01-05T00:00:00Z");

  /** More than a week of one that comes each hour. */
  private static final int PAUSES_COMPARED = 200;

  /** All that was missed is made up for by one run. */
  public Schedule(@Nullable Duration every, @Nullable String cron, ZoneId zone) {
    this(every, cron, zone, Missed.LAST);
  }

  /** The first time after this one; {@link Instant#MAX} where a cron has no further one. */
  public Instant after(Instant time) {
    if (every != null) {
      return time.plus(every);
    }
    return new CronTimes(requireNonNull(cron), zone).after(time);
  }

  /** Why it asks for nothing any more, and what to do; empty where it comes again. */
  public Optional<String> over(Instant now) {
    return after(now).equals(Instant.MAX)
        ? Optional.of(
            "cron '%s' never comes again; leave its year out, or write one that is yet to come"
                .formatted(cron))
        : Optional.empty();
  }

  /** How many times there were after {@code from}, up to and with {@code to}; at most this many. */
  int times(Instant from, Instant to, int atMost) {
    int times = 0;
    for (Instant next = after(from); !next.isAfter(to) && times < atMost; next = after(next)) {
      times++;
    }
    return times;
  }

  /** How many times there are in the 24 hours that begin with one of them; 0 where all are past. */
  public int timesOfADay() {
    Instant first = after(A_MONDAY);
    if (first.equals(Instant.MAX)) {
      return 0;
    }
    return 1 + times(first, first.plus(1, ChronoUnit.DAYS).minusMillis(1), Integer.MAX_VALUE);
  }

  /** The shortest time from one to the next, among some that follow each other. */
  public Duration shortestPause() {
    Duration shortest = ChronoUnit.FOREVER.getDuration();
    Instant one = after(A_MONDAY);
    for (int i = 0; i < PAUSES_COMPARED && !one.equals(Instant.MAX); i++) {
      Instant next = after(one);
      if (next.equals(Instant.MAX)) {
        break;
      }
      Duration pause = Duration.between(one, next);
      shortest = pause.compareTo(shortest) < 0 ? pause : shortest;
      one = next;
    }
    return shortest;
  }

  /**
   * What is still owed to a source; one run where it was last asked for at a time that is yet to
   * come, since what is known of it is of an unknown age.
   *
   * @param last when it was last asked for; null when it never was
   */
  public int owed(@Nullable Instant last, Instant now) {
    if (last == null) {
      return every == null ? 0 : 1;
    }
    if (ClockPutBack.isShownBy(last, now)) {
      return missed == Missed.NONE ? 0 : 1;
    }
    return switch (missed) {
      case NONE -> 0;
      case LAST -> times(last, now, 1);
      case ALL -> times(last, now, MOST_OWED);
    };
  }

  /** Such as {@code every 15m} or {@code 0 0 6 * * ? (Asia/Jakarta)}. */
  public String inWords() {
    if (every == null) {
      return cron + " (" + zone + ")";
    }
    return "every " + every.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
