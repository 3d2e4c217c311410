package io.okrsync.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.TriggerBuilder;
import org.quartz.spi.OperableTrigger;

class ScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 6 * * ?",
        "0 0/15 8-18 ? * MON-FRI",
        "30 5,35 * 1 1,7 ?",
        "0 0 12 L * ?",
        "0 15 10 ? * 6#3",
        "0 0 0 1 1 ? 2030",
        "0 0 6 ? jan-mar mon"
      })
  void accepts_what_quartz_can_run(String cron) {
    assertThat(new Schedule(null, cron, ZoneOffset.UTC).cron()).isEqualTo(cron);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 6 * * * | cron gives both day of month and day of week; exactly one of them must be ?,"
            + " such as 0 0 6 * * ? or 0 0 6 ? * MON-FRI",
        "0 0 6 ? * ? | cron gives both day of month and day of week; exactly one of them must be ?,"
            + " such as 0 0 6 * * ? or 0 0 6 ? * MON-FRI",
        "0 6 * * * | cron has 5 fields; it needs seconds, minutes, hours, day of month, month and"
            + " day of week, such as 0 0 6 * * ?",
        "99 0 6 * * ? | cron has 99 in seconds, which go from 0 to 59",
        "0 60 6 * * ? | cron has 60 in minutes, which go from 0 to 59",
        "0 0 24 * * ? | cron has 24 in hours, which go from 0 to 23",
        "0 0 6 32 * ? | cron has 32 in day of month, which go from 1 to 31",
        "0 0 6 * 13 ? | cron has 13 in month, which go from 1 to 12",
        "0 0 6 ? * 8 | cron has 8 in day of week, which go from 1 to 7",
        "0 0 6 30 2 ? | cron '0 0 6 30 2 ?' never comes",
        "0 0 six * * ? | cron '0 0 six * * ?' is not valid: "
      })
  void refuses_what_would_not_run_as_meant(String cron, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(null, cron, ZoneOffset.UTC))
        .withMessageStartingWith(message);
  }

  @Test
  void one_whose_times_are_all_past_says_what_to_do_and_asks_for_nothing() {
    Schedule past = new Schedule(null, "0 0 6 1 1 ? 2020", ZoneOffset.UTC);

    assertThat(past.over(NOON))
        .contains(
            "cron '0 0 6 1 1 ? 2020' never comes again; leave its year out, or write one that is"
                + " yet to come");
    assertThat(past.over(Instant.parse("2019-12-31T00:00:00Z"))).isEmpty();
    assertThat(past.timesOfADay()).isZero();
    assertThat(past.shortestPause()).isGreaterThan(Duration.ofDays(36_500));
  }

  @Test
  void refuses_less_than_a_second() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Duration.ofMillis(999), null, ZoneOffset.UTC))
        .withMessage("every must be 1s or longer");
  }

  @Test
  void has_either_steps_or_a_cron() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(null, null, ZoneOffset.UTC))
        .withMessage("a schedule has either every or cron");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Schedule(Duration.ofHours(1), "0 0 6 * * ?", ZoneOffset.UTC));
  }

  @Test
  void one_run_makes_up_for_all_missed_times_unless_told_otherwise() {
    assertThat(new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC).missed())
        .isEqualTo(Missed.LAST);
    assertThat(hourly(Missed.LAST).owed(NOON, NOON.plusSeconds(3 * 3600))).isEqualTo(1);
    assertThat(hourly(Missed.ALL).owed(NOON, NOON.plusSeconds(3 * 3600))).isEqualTo(3);
    assertThat(hourly(Missed.NONE).owed(NOON, NOON.plusSeconds(3 * 3600))).isZero();
  }

  @Test
  void nothing_is_owed_before_the_next_time() {
    assertThat(hourly(Missed.LAST).owed(NOON, NOON.plusSeconds(3599))).isZero();
    assertThat(hourly(Missed.ALL).owed(NOON, NOON.plusSeconds(3599))).isZero();
  }

  @Test
  void a_year_of_missed_times_is_made_up_for_by_a_hundred_runs_at_most() {
    assertThat(hourly(Missed.ALL).owed(NOON, NOON.plus(Duration.ofDays(365)))).isEqualTo(100);
  }

  @Test
  void a_source_that_was_never_read_is_owed_a_run_unless_it_waits_for_its_cron() {
    assertThat(hourly(Missed.NONE).owed(null, NOON)).isEqualTo(1);
    assertThat(new Schedule(null, "0 0 6 * * ?", ZoneOffset.UTC).owed(null, NOON)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 6 * * ?   | 2026-10-24T04:00:00Z | 2026-10-25T05:00:00Z", // 25 hours: clocks go back
        "0 0 6 * * ?   | 2026-03-28T05:00:00Z | 2026-03-29T04:00:00Z", // 23 hours: clocks go on
        "0 30 2 * * ?  | 2026-03-28T01:30:00Z | 2026-03-30T00:30:00Z", // 02:30 is skipped
        "0 30 2 * * ?  | 2026-10-24T00:30:00Z | 2026-10-25T00:30:00Z", // 02:30 comes twice
        "0 30 2 * * ?  | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z", // and is taken once
        "0 30 2 * * ?  | 2026-10-25T01:30:00Z | 2026-10-26T01:30:00Z"
      })
  void a_cron_keeps_to_the_clock_on_the_wall(String cron, Instant last, Instant next) {
    Schedule berlin = new Schedule(null, cron, ZoneId.of("Europe/Berlin"));
    assertThat(berlin.after(last)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Europe/Berlin       | 0 0/10 * * * ?   | 2026-10-24T22:00:00Z | PT10M",
        "Europe/Berlin       | 0 0/10 * * * ?   | 2026-03-28T22:00:00Z | PT10M",
        "Europe/Berlin       | 0 0 * * * ?      | 2026-10-24T22:00:00Z | PT1H",
        "Europe/Berlin       | 30 5 * ? * SUN   | 2026-10-24T22:05:30Z | PT1H",
        "Europe/Berlin       | 0/20 * 1-4 * * ? | 2026-10-24T23:00:00Z | PT20S",
        "Australia/Lord_Howe | 0 0/15 * * * ?   | 2027-04-03T10:00:00Z | PT15M", // half an hour
        "America/New_York    | 0 0/10 * * * ?   | 2026-11-01T03:00:00Z | PT10M"
      })
  void a_cron_that_comes_often_goes_on_while_clocks_are_set(
      ZoneId zone, String cron, Instant from, Duration pause) {
    Schedule often = new Schedule(null, cron, zone);
    Instant end = from.plus(Duration.ofHours(4)); // 0/20 * 1-4 would have come to its end later
    for (Instant time = from; time.isBefore(end); time = time.plus(pause)) {
      assertThat(often.after(time)).as("after %s", time).isEqualTo(time.plus(pause));
      assertThat(often.after(time.plusMillis(1234))).isEqualTo(time.plus(pause));
    }
    assertThat(often.times(from, end, Integer.MAX_VALUE))
        .isEqualTo((int) Duration.between(from, end).dividedBy(pause));
  }

  @Test
  void what_is_meant_for_one_hour_of_the_night_comes_in_the_first_that_has_its_name() {
    Schedule twice = new Schedule(null, "0 0,30 2 * * ?", ZoneId.of("Europe/Berlin"));
    Instant midnight = Instant.parse("2026-10-24T22:00:00Z");

    Instant first = twice.after(midnight);
    Instant second = twice.after(first);

    assertThat(first).isEqualTo("2026-10-25T00:00:00Z");
    assertThat(second).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(twice.after(second)).isEqualTo("2026-10-26T01:00:00Z");
    assertThat(twice.times(midnight, midnight.plus(Duration.ofDays(2)), 100)).isEqualTo(4);
  }

  @Test
  void quartz_goes_by_these_times() {
    Schedule often = new Schedule(null, "0 0/10 * * * ?", ZoneId.of("Europe/Berlin"));
    OperableTrigger trigger =
        (OperableTrigger)
            TriggerBuilder.newTrigger()
                .withIdentity("crm")
                .startAt(Date.from(Instant.parse("2026-10-24T23:59:52Z")))
                .withSchedule(new CronSchedule(often))
                .build();

    assertThat(trigger.computeFirstFireTime(null).toInstant()).isEqualTo("2026-10-25T00:00:00Z");
    OperableTrigger kept = (OperableTrigger) trigger.clone(); // as Quartz keeps it
    kept.triggered(null);
    assertThat(kept.getNextFireTime().toInstant()).isEqualTo("2026-10-25T00:10:00Z");
  }

  private static Schedule hourly(Missed missed) {
    return new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC, missed);
  }
}
