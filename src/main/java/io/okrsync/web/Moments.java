package io.okrsync.web;

import io.okrsync.sync.ClockPutBack;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Times as people read them, seen from now and in one zone.
 *
 * @param isExact whether all are written as {@link #exact} does
 */
record Moments(Instant now, ZoneId zone, boolean isExact) {
  private static final DateTimeFormatter TIME = format("HH:mm:ss");
  private static final DateTimeFormatter DAY_TIME = format("d MMM HH:mm");
  private static final DateTimeFormatter YEAR_TIME = format("d MMM yyyy HH:mm");
  private static final DateTimeFormatter FULL = format("EEEE d MMMM yyyy, HH:mm:ss VV");
  private static final DateTimeFormatter DAY = format("d MMM");
  private static final DateTimeFormatter YEAR_DAY = format("d MMM yyyy");

  Moments(Instant now, ZoneId zone) {
    this(now, zone, false);
  }

  /** The same for a page of evidence, where each time says its day and zone. */
  Moments ofEvidence() {
    return new Moments(now, zone, true);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /**
   * Such as {@code 12 s ago}; what was noted by a clock that was put back since is not expected, so
   * its time is told.
   */
  Moment relative(Instant at) {
    if (ClockPutBack.isShownBy(at, now)) {
      return at(at);
    }
    Duration passed = Duration.between(at, now);
    String text = passed.isNegative() ? "in " + rough(passed.negated()) : rough(passed) + " ago";
    return new Moment(at.toString(), text, full(at), "true");
  }

  /** When something is to happen, such as {@code in 3 min}; what is late is due now. */
  Moment due(Instant at) {
    String text = at.isAfter(now) ? "in " + rough(Duration.between(now, at)) : "now";
    return new Moment(at.toString(), text, full(at), "due");
  }

  /** The time of day, with the day where it is not today. */
  Moment at(Instant at) {
    return isExact ? exact(at) : new Moment(at.toString(), text(at), full(at), "false");
  }

  /** To the second in UTC, as the log is written elsewhere: an auditor compares and quotes it. */
  Moment exact(Instant at) {
    return new Moment(
        at.toString(), at.truncatedTo(ChronoUnit.SECONDS).toString(), full(at), "false");
  }

  private String text(Instant at) {
    ZonedDateTime then = at.atZone(zone);
    ZonedDateTime here = now.atZone(zone);
    if (then.toLocalDate().equals(here.toLocalDate())) {
      return TIME.format(then);
    }
    return (then.getYear() == here.getYear() ? DAY_TIME : YEAR_TIME).format(then);
  }

  private String full(Instant at) {
    return FULL.format(at.atZone(zone));
  }

  /** From the first to the last day, such as {@code 1 Oct – 31 Dec 2026}. */
  static String days(LocalDate first, LocalDate last) {
    DateTimeFormatter start = first.getYear() == last.getYear() ? DAY : YEAR_DAY;
    return start.format(first) + " – " + YEAR_DAY.format(last);
  }

  /** Such as {@code 31 Dec 2026}. */
  static String day(LocalDate day) {
    return YEAR_DAY.format(day);
  }

  /** A window: whole days by their dates, anything else with its times. */
  String window(Instant from, Instant to) {
    ZonedDateTime start = from.atZone(zone);
    ZonedDateTime end = to.atZone(zone);
    if (isMidnight(start) && isMidnight(end)) {
      return days(start.toLocalDate(), end.toLocalDate().minusDays(1));
    }
    return YEAR_TIME.format(start) + " – " + YEAR_TIME.format(end);
  }

  private static boolean isMidnight(ZonedDateTime time) {
    return time.equals(time.toLocalDate().atStartOfDay(time.getZone()));
  }

  /** One number and one unit, such as {@code 12 s}. The script on the page rounds the same way. */
  static String rough(Duration length) {
    if (length.toSeconds() < 60) {
      return length.toSeconds() + " s";
    }
    if (length.toMinutes() < 60) {
      return length.toMinutes() + " min";
    }
    if (length.toHours() < 48) {
      return length.toHours() + " h";
    }
    return length.toDays() + " days";
  }

  /** How long something took, such as {@code 0.4 s} or {@code 2 min 5 s}. */
  static String took(Duration length) {
    if (length.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
    }
    if (length.toMinutes() < 60) {
      return "%d min %d s".formatted(length.toMinutes(), length.toSecondsPart());
    }
    return "%d h %d min".formatted(length.toHours(), length.toMinutesPart());
  }
}
