package io.okrsync.schedule;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Date;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * The times of a cron expression by the clock on the wall. Quartz alone passes over the first of
 * two hours that have the same name when clocks go back, so that a source that is read every ten
 * minutes would not be read for more than an hour. Here what comes in the hour before as well comes
 * in both, as time goes on; anything else comes once, in the first.
 */
final class CronTimes {
  private final CronExpression inZone;
  private final String cron;
  private final ZoneRules rules;

  /**
   * @param cron a Quartz cron expression that was {@linkplain CronRule checked}
   */
  CronTimes(String cron, ZoneId zone) {
    this.cron = cron;
    this.rules = zone.getRules();
    this.inZone = expression(cron, zone);
  }

  /** The first after this one; {@link Instant#MAX} where there is no further one. */
  Instant after(Instant time) {
    Instant next = next(inZone, time);
    @Nullable ZoneOffsetTransition back = clocksGoBack(time, next);
    return back == null ? next : around(back, time, next);
  }

  /** When they go back, where that is between two times, or so close that it matters. */
  private @Nullable ZoneOffsetTransition clocksGoBack(Instant from, Instant to) {
    ZoneOffsetTransition last = rules.previousTransition(from.plusMillis(1));
    if (last != null && last.isOverlap() && from.isBefore(end(last))) {
      return last;
    }
    ZoneOffsetTransition coming = rules.nextTransition(from);
    return coming != null && coming.isOverlap() && !to.isBefore(coming.getInstant())
        ? coming
        : null;
  }

  private Instant around(ZoneOffsetTransition back, Instant time, Instant next) {
    if (time.isBefore(back.getInstant())) {
      Instant before = next(expression(cron, back.getOffsetBefore()), time);
      if (before.isBefore(back.getInstant())) {
        return before;
      }
    }
    Instant end = end(back);
    if (isRepeated(back)) {
      Instant from = latest(time, back.getInstant().minusMillis(1));
      Instant again = next(expression(cron, back.getOffsetAfter()), from);
      if (again.isBefore(end)) {
        return again;
      }
    }
    return next.isBefore(end) ? next(inZone, latest(time, end.minusMillis(1))) : next;
  }

  /** Whether it comes in the hour before the one that comes twice, so that it is one of many. */
  private boolean isRepeated(ZoneOffsetTransition back) {
    Duration twice = back.getDuration().abs();
    Instant first = back.getInstant().minus(twice);
    Instant before = first.minus(twice).minusMillis(1);
    return next(expression(cron, back.getOffsetBefore()), before).isBefore(first);
  }

  /** When the hour that comes twice has come for the second time. */
  private static Instant end(ZoneOffsetTransition back) {
    return back.getInstant().plus(back.getDuration().abs());
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant next(CronExpression expression, Instant time) {
    Date next = expression.getNextValidTimeAfter(Date.from(time));
    return next == null ? Instant.MAX : next.toInstant();
  }

  private static CronExpression expression(String cron, ZoneId zone) {
    try {
      CronExpression expression = new CronExpression(cron);
      expression.setTimeZone(TimeZone.getTimeZone(zone));
      return expression;
    } catch (ParseException impossible) {
      throw new IllegalStateException("it was checked when it was made", impossible);
    }
  }
}
