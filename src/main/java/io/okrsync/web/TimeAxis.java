package io.okrsync.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round times for the lower edge of a chart, few enough to be read on a phone. */
record TimeAxis(Instant from, Instant to, ZoneId zone) {
  private static final int MOST = 4;
  private static final List<Step> STEPS =
      List.of(
          new Step(1, ChronoUnit.SECONDS, "HH:mm:ss"),
          new Step(5, ChronoUnit.SECONDS, "HH:mm:ss"),
          new Step(15, ChronoUnit.SECONDS, "HH:mm:ss"),
          new Step(30, ChronoUnit.SECONDS, "HH:mm:ss"),
          new Step(1, ChronoUnit.MINUTES, "HH:mm"),
          new Step(2, ChronoUnit.MINUTES, "HH:mm"),
          new Step(5, ChronoUnit.MINUTES, "HH:mm"),
          new Step(15, ChronoUnit.MINUTES, "HH:mm"),
          new Step(30, ChronoUnit.MINUTES, "HH:mm"),
          new Step(1, ChronoUnit.HOURS, "HH:mm"),
          new Step(3, ChronoUnit.HOURS, "HH:mm"),
          new Step(6, ChronoUnit.HOURS, "d MMM HH:mm"),
          new Step(1, ChronoUnit.DAYS, "d MMM"),
          new Step(2, ChronoUnit.DAYS, "d MMM"),
          new Step(7, ChronoUnit.DAYS, "d MMM"),
          new Step(14, ChronoUnit.DAYS, "d MMM"),
          new Step(1, ChronoUnit.MONTHS, "d MMM"),
          new Step(3, ChronoUnit.MONTHS, "MMM yyyy"),
          new Step(12, ChronoUnit.MONTHS, "yyyy"));

  record Tick(Instant at, String label) {}

  private record Step(int length, ChronoUnit unit, String pattern) {
    Duration duration() {
      return unit.getDuration().multipliedBy(length);
    }
  }

  List<Tick> ticks() {
    Duration room = Duration.between(from, to).dividedBy(MOST);
    Step step =
        STEPS.stream()
            .filter(each -> each.duration().compareTo(room) >= 0)
            .findFirst()
            .orElse(STEPS.get(STEPS.size() - 1));
    DateTimeFormatter format = DateTimeFormatter.ofPattern(step.pattern(), Locale.ENGLISH);
    List<Tick> ticks = new ArrayList<>();
    ZonedDateTime at = first(step);
    while (at.toInstant().isBefore(to)) {
      if (!at.toInstant().isBefore(from)) {
        ticks.add(new Tick(at.toInstant(), format.format(at)));
      }
      at = at.plus(step.length(), step.unit());
    }
    return ticks;
  }

  /** A round time not after the start: of the month, of the day or of the hour. */
  private ZonedDateTime first(Step step) {
    ZonedDateTime start = from.atZone(zone);
    return switch (step.unit()) {
      case MONTHS -> start.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
      case DAYS -> start.truncatedTo(ChronoUnit.DAYS);
      case HOURS -> start.truncatedTo(ChronoUnit.DAYS);
      default -> start.truncatedTo(ChronoUnit.HOURS);
    };
  }
}
