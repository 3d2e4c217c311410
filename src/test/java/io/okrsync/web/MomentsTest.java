package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T07:05:30Z");
  private static final Moments MOMENTS = new Moments(NOW, ZoneId.of("Asia/Jakarta"));

  @ParameterizedTest
  @CsvSource({
    "0, 0 s ago",
    "59, 59 s ago",
    "60, 1 min ago",
    "3599, 59 min ago",
    "3600, 1 h ago",
    "172799, 47 h ago",
    "172800, 2 days ago",
    "-30, in 30 s"
  })
  void say_roughly_how_long_ago(long seconds, String text) {
    assertThat(MOMENTS.relative(NOW.minusSeconds(seconds)).text()).isEqualTo(text);
  }

  @Test
  void never_tell_to_expect_what_a_clock_that_was_put_back_has_noted() {
    assertThat(MOMENTS.relative(NOW.plusSeconds(60)).text()).isEqualTo("in 1 min");
    assertThat(MOMENTS.relative(NOW.plusSeconds(61))).isEqualTo(MOMENTS.at(NOW.plusSeconds(61)));
  }

  @ParameterizedTest
  @CsvSource({"180, in 3 min", "1, in 1 s", "0, now", "-2, now"})
  void never_say_of_what_is_to_come_that_it_was(long seconds, String text) {
    assertThat(MOMENTS.due(NOW.plusSeconds(seconds)).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T00:00:00Z, 07:00:00",
    "2026-11-20T16:59:59Z, 20 Nov 23:59",
    "2025-12-31T17:00:00Z, 1 Jan 00:00",
    "2025-12-31T16:00:00Z, 31 Dec 2025 23:00"
  })
  void name_the_day_where_it_is_not_today_in_the_zone(Instant at, String text) {
    assertThat(MOMENTS.at(at).text()).isEqualTo(text);
  }

  @Test
  void give_everything_on_request() {
    assertThat(MOMENTS.at(NOW).full())
        .isEqualTo("Saturday 21 November 2026, 14:05:30 Asia/Jakarta");
    assertThat(MOMENTS.at(NOW).iso()).isEqualTo("2026-11-21T07:05:30Z");
  }

  @Test
  void name_windows_of_whole_days_by_their_days() {
    Instant from = LocalDate.of(2026, 10, 1).atStartOfDay(MOMENTS.zone()).toInstant();
    Instant to = LocalDate.of(2027, 1, 1).atStartOfDay(MOMENTS.zone()).toInstant();

    assertThat(MOMENTS.window(from, to)).isEqualTo("1 Oct – 31 Dec 2026");
    assertThat(MOMENTS.window(from, NOW)).isEqualTo("1 Oct 2026 00:00 – 21 Nov 2026 14:05");
  }

  @ParameterizedTest
  @CsvSource({"340, 0.3 s", "59900, 59.9 s", "125000, 2 min 5 s", "3725000, 1 h 2 min"})
  void say_how_long_something_took(long millis, String text) {
    assertThat(Moments.took(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
