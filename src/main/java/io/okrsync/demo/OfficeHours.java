package io.okrsync.demo;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** When people of the company work: Monday to Friday, 8:30 to 18:00 in Jakarta. */
final class OfficeHours {
  static final ZoneId ZONE = ZoneId.of("Asia/Jakarta");
  private static final LocalTime OPENS = LocalTime.of(8, 30);
  private static final int SECONDS_A_DAY = (int) (9.5 * 3600);

  private final Dice dice;

  OfficeHours(Dice dice) {
    this.dice = dice;
  }

  /** The day in Jakarta at this moment. */
  static LocalDate day(Instant at) {
    return at.atZone(ZONE).toLocalDate();
  }

  static boolean isWorkday(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY;
  }

  /** Any moment of that day at which people work. */
  Instant on(LocalDate day) {
    return day.atTime(OPENS)
        .plusSeconds(dice.between(0, SECONDS_A_DAY))
        .atZone(ZONE)
        .toInstant()
        .plusMillis(dice.between(0, 999));
  }

  /** The same moment if people work then, or else a moment of the next working day. */
  Instant notBefore(Instant at) {
    ZonedDateTime local = at.atZone(ZONE);
    LocalTime time = local.toLocalTime();
    boolean atWork = !time.isBefore(OPENS) && time.isBefore(OPENS.plusSeconds(SECONDS_A_DAY));
    if (isWorkday(local.toLocalDate()) && atWork) {
      return at;
    }
    LocalDate day = local.toLocalDate();
    if (!time.isBefore(OPENS)) {
      day = day.plusDays(1);
    }
    while (!isWorkday(day)) {
      day = day.plusDays(1);
    }
    return on(day);
  }
}
