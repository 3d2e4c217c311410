package io.okrsync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Concern;
import io.okrsync.sync.Concern.Kind;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcernsTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Schedule HOURLY = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC);
  private static final Schedule AT_SIX =
      new Schedule(null, "0 0 6 * * ?", ZoneId.of("Europe/Berlin"));

  private final List<SyncRun> runs = new ArrayList<>();

  @Test
  void a_source_without_a_run_was_never_attempted() {
    assertThat(kinds(HOURLY, NOON)).containsExactly(Kind.NEVER_ATTEMPTED);
    assertThat(concerns(HOURLY, NOON).get(0).sentence()).contains("every 1h");
  }

  @Test
  void a_source_is_overdue_two_minutes_after_it_should_have_been_asked_for() {
    ran(Outcome.OK, NOON, 5, 0, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(3600 + 120))).isEmpty();
    assertThat(concerns(HOURLY, NOON.plusSeconds(3600 + 121)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Kind.OVERDUE);
              assertThat(it.sentence()).contains("21 Nov 2026 13:00:00 UTC");
            });
  }

  @Test
  void what_was_missed_before_the_service_started_is_not_overdue_where_it_is_not_made_up_for() {
    ran(Outcome.OK, NOON.minusSeconds(86_400), 5, 0, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(60))).containsExactly(Kind.OVERDUE);
    Schedule none = new Schedule(Duration.ofHours(1), null, ZoneOffset.UTC, Missed.NONE);
    assertThat(kinds(none, NOON.plusSeconds(60))).isEmpty();
    assertThat(kinds(none, NOON.plusSeconds(3600 + 121))).containsExactly(Kind.OVERDUE);
  }

  @Test
  void a_schedule_that_has_come_for_the_last_time_is_not_overdue() {
    Schedule once = new Schedule(null, "0 0 12 21 11 ? 2026", ZoneOffset.UTC);
    ran(Outcome.OK, NOON, 5, 0, true);
    assertThat(kinds(once, NOON.plusSeconds(3600))).isEmpty();
  }

  @Test
  void a_run_that_failed_was_attempted_and_is_not_overdue() {
    ran(Outcome.FAILED, NOON, 0, 0, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(1800))).isEmpty();
  }

  @Test
  void a_source_is_not_overdue_while_it_is_being_read() {
    ran(Outcome.RUNNING, NOON, 5, 0, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(7200))).isEmpty();
  }

  @Test
  void a_source_whose_run_is_held_is_not_overdue_but_waits_for_a_person() {
    ran(Outcome.OK, NOON.minusSeconds(3600), 5, 0, true);
    ran(Outcome.HELD, NOON, 5, 0, true);

    assertThat(concerns(HOURLY, NOON.plusSeconds(86_400)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Kind.HELD);
              assertThat(it.sentence()).contains("is held", "release or discard it");
            });
  }

  @Test
  void a_run_that_went_on_later_counts_from_when_it_last_stopped() {
    ran(Outcome.PARTIAL, NOON, 5, 7200, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(7200 + 1800))).isEmpty();
  }

  @Test
  void a_cron_is_overdue_by_the_clock_of_its_zone() {
    ran(Outcome.OK, Instant.parse("2026-10-24T04:00:00Z"), 5, 0, true);
    Instant sixInWinter = Instant.parse("2026-10-25T05:00:00Z");
    assertThat(kinds(AT_SIX, sixInWinter.plusSeconds(60))).isEmpty();
    assertThat(kinds(AT_SIX, sixInWinter.plusSeconds(180))).containsExactly(Kind.OVERDUE);
  }

  @Test
  void a_run_that_began_at_a_time_yet_to_come_tells_of_a_clock_that_was_put_back() {
    ran(Outcome.OK, NOON, 5, 0, true);
    assertThat(kinds(HOURLY, NOON.minusSeconds(60))).isEmpty();
    assertThat(concerns(HOURLY, NOON.minusSeconds(61)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Kind.CLOCK_PUT_BACK);
              assertThat(it.sentence())
                  .contains(
                      "21 Nov 2026 12:00:00 UTC", "clock was put back", "asked by the clock of now")
                  .doesNotContain("outdated");
            });

    ran(Outcome.OK, NOON.minusSeconds(86_400), 5, 0, true);
    assertThat(kinds(HOURLY, NOON.minusSeconds(86_300))).isEmpty();
  }

  @Test
  void it_is_told_until_the_source_is_read_again_though_runs_fail_meanwhile() {
    ran(Outcome.FAILED, NOON, 0, 0, true);
    assertThat(Concerns.of(HOURLY, newestFirst(), NOON.plusSeconds(61), 120, null, NOON, NOON))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Kind.CLOCK_PUT_BACK);
              assertThat(it.sentence()).contains("outdated until it is read again");
            });
  }

  @Test
  void what_a_run_could_not_read_is_told_though_the_runs_since_look_well() {
    ran(Outcome.OK, NOON.minusSeconds(7200), 5, 0, true);
    SyncRun left = newestFirst().get(0);
    ran(Outcome.OK, NOON, 5, 0, false);

    assertThat(Concerns.of(HOURLY, newestFirst(), NOON, 120, left, NOON, NOON))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Kind.INCOMPLETE);
              assertThat(it.sentence()).startsWith("run %d could not read".formatted(left.id()));
            });
  }

  @Test
  void it_is_told_of_a_source_that_is_sent_to_us_too() {
    assertThat(Concerns.of(null, List.of(), NOON.plusSeconds(61), 120, null, NOON, NOON))
        .singleElement()
        .satisfies(it -> assertThat(it.sentence()).contains("outdated until it is sent again"));
    assertThat(Concerns.of(null, List.of(), NOON, 120, null, NOON, NOON)).isEmpty();
  }

  @Test
  void runs_of_a_time_yet_to_come_do_not_hide_that_a_source_is_overdue() {
    ran(Outcome.OK, NOON.plusSeconds(86_400), 5, 0, true);
    ran(Outcome.OK, NOON, 5, 0, true);
    assertThat(kinds(HOURLY, NOON.plusSeconds(3600 + 121))).containsExactly(Kind.OVERDUE);
  }

  @Test
  void three_runs_in_a_row_that_read_nothing_are_told_where_records_are_known() {
    ran(Outcome.OK, NOON.minusSeconds(3600), 5, 0, false);
    ran(Outcome.OK_EMPTY, NOON, 0, 0, false);
    ran(Outcome.OK_EMPTY, NOON, 0, 0, false);
    assertThat(kinds(HOURLY, NOON)).isEmpty();
    ran(Outcome.OK_EMPTY, NOON, 0, 0, false);
    assertThat(kinds(HOURLY, NOON)).containsExactly(Kind.READ_NOTHING);
    assertThat(Concerns.of(HOURLY, newestFirst(), null, 0, null, NOON, NOON)).isEmpty();
  }

  @Test
  void a_run_in_a_tenth_of_the_usual_time_is_suspiciously_fast() {
    for (int i = 0; i < 5; i++) {
      ran(Outcome.OK, NOON, 1000, 60, true);
    }
    ran(Outcome.OK, NOON, 1000, 7, true);
    assertThat(kinds(HOURLY, NOON)).isEmpty();
    ran(Outcome.OK, NOON, 1000, 6, true);
    assertThat(kinds(HOURLY, NOON)).containsExactly(Kind.TOO_FAST);
  }

  @Test
  void four_runs_are_too_few_to_compare_with() {
    for (int i = 0; i < 4; i++) {
      ran(Outcome.OK, NOON, 1000, 60, true);
    }
    ran(Outcome.OK, NOON, 1000, 1, true);
    assertThat(kinds(HOURLY, NOON)).isEmpty();
  }

  @Test
  void less_to_read_explains_less_time() {
    for (int i = 0; i < 5; i++) {
      ran(Outcome.OK, NOON, 1000, 60, false);
    }
    ran(Outcome.OK, NOON, 3, 1, false);
    assertThat(kinds(HOURLY, NOON)).isEmpty();
  }

  @Test
  void refused_credentials_are_said_until_a_run_gets_past_them() {
    refused(NOON.plusSeconds(3600));
    assertThat(kinds(HOURLY, NOON)).containsExactly(Kind.NEEDS_AUTHORISATION);
    ran(Outcome.PARTIAL, NOON, 5, 1, true);
    assertThat(kinds(HOURLY, NOON)).isEmpty();
  }

  @Test
  void a_source_that_is_left_alone_is_overdue_only_after_that() {
    Instant continuesAt = NOON.plusSeconds(4 * 3600);
    refused(continuesAt);
    assertThat(kinds(HOURLY, continuesAt)).doesNotContain(Kind.OVERDUE);
    assertThat(kinds(HOURLY, continuesAt.plusSeconds(180))).contains(Kind.OVERDUE);
  }

  private void refused(Instant continuesAt) {
    ran(Outcome.FAILED, NOON, 0, 1, true);
    SyncRun run = runs.remove(runs.size() - 1);
    runs.add(
        new SyncRun(
            run.id(),
            run.source(),
            run.kind(),
            run.trigger(),
            run.outcome(),
            "answered 401",
            run.startedAt(),
            run.finishedAt(),
            run.since(),
            run.until(),
            run.cursor(),
            run.counts(),
            continuesAt,
            true));
  }

  private List<Kind> kinds(Schedule schedule, Instant now) {
    return concerns(schedule, now).stream().map(Concern::kind).toList();
  }

  private List<Concern> concerns(Schedule schedule, Instant now) {
    return Concerns.of(schedule, newestFirst(), null, 120, null, NOON, now);
  }

  private List<SyncRun> newestFirst() {
    List<SyncRun> newest = new ArrayList<>(runs);
    Collections.reverse(newest);
    return newest;
  }

  private void ran(Outcome outcome, Instant began, long read, long seconds, boolean everything) {
    runs.add(
        new SyncRun(
            runs.size() + 1,
            "crm",
            RunKind.SYNC,
            Trigger.SCHEDULE,
            outcome,
            null,
            began,
            outcome == Outcome.RUNNING ? null : began.plusSeconds(seconds),
            everything ? null : NOON.minusSeconds(86400),
            null,
            null,
            new Counts(read, 0, 0, read, 0, 0, null),
            null,
            false));
  }
}
