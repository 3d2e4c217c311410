package io.okrsync.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-10-02 is a Friday. */
class WorkingTimeTest {
  @ParameterizedTest
  @CsvSource({
    "2026-10-02T12:00:00Z, 2026-10-05T12:00:00Z, UTC, 1",
    "2026-10-03T08:00:00Z, 2026-10-04T20:00:00Z, UTC, 0",
    "2026-10-03T08:00:00Z, 2026-10-05T06:00:00Z, UTC, 0.25",
    "2026-10-05T06:00:00Z, 2026-10-03T08:00:00Z, UTC, -0.25",
    "2026-10-01T00:00:00Z, 2026-11-02T00:00:00Z, UTC, 22",
    "2026-10-02T16:00:00Z, 2026-10-02T20:00:00Z, UTC, 0.1666666667",
    "1969-12-26T00:00:00Z, 1970-01-01T00:00:00Z, UTC, 4",
  })
  void saturday_and_sunday_do_not_count(Instant from, Instant to, ZoneId zone, BigDecimal days) {
    assertThat(kept(from, to, zone)).isEqualByComparingTo(days);
  }

  /** In Jakarta Saturday begins seven hours before it does in UTC. */
  @Test
  void the_weekend_is_that_of_the_zone() {
    Instant from = Instant.parse("2026-10-02T12:00:00Z");
    Instant to = Instant.parse("2026-10-02T18:00:00Z");

    assertThat(kept(from, to, ZoneOffset.UTC)).isEqualByComparingTo("0.25");
    assertThat(kept(from, to, ZoneId.of("Asia/Jakarta"))).isEqualByComparingTo("0.2083333333");
  }

  /**
   * Back go the clocks of Berlin on Sunday, 2026-10-25, of Cairo on Friday, 2026-10-30, at 0:00.
   */
  @ParameterizedTest
  @CsvSource({
    "2026-10-23T10:00:00Z, 2026-10-26T11:00:00Z, Europe/Berlin",
    "2026-10-29T10:00:00Z, 2026-10-30T11:00:00Z, Africa/Cairo",
  })
  void a_day_is_a_day_where_the_clocks_change(Instant noon, Instant nextNoon, ZoneId zone) {
    assertThat(kept(noon, nextNoon, zone)).isEqualByComparingTo("1");
  }

  @Test
  void it_agrees_with_counting_hour_by_hour() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      LocalDateTime from = LocalDateTime.of(1969, 11, 3, 0, 0).plusHours(random.nextInt(600_000));
      LocalDateTime to = from.plusHours(random.nextInt(3_000));
      assertThat(kept(from.toInstant(ZoneOffset.UTC), to.toInstant(ZoneOffset.UTC), ZoneOffset.UTC))
          .as("%s to %s", from, to)
          .isEqualByComparingTo(counted(from, to));
    }
  }

  private static BigDecimal counted(LocalDateTime from, LocalDateTime to) {
    int hours = 0;
    for (LocalDateTime hour = from; hour.isBefore(to); hour = hour.plusHours(1)) {
      hours += hour.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0 ? 1 : 0;
    }
    return Decimals.rounded(
        BigDecimal.valueOf(hours).divide(BigDecimal.valueOf(24), Decimals.DIVISION));
  }

  private static BigDecimal kept(Instant from, Instant to, ZoneId zone) {
    return Decimals.rounded(WorkingTime.days(from, to, zone).value());
  }
}
