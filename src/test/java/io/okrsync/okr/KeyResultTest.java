package io.okrsync.okr;

import static io.okrsync.okr.Freshness.AGING;
import static io.okrsync.okr.Freshness.FRESH;
import static io.okrsync.okr.Freshness.OUTDATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyResultTest {
  private static final Cycle QUARTER =
      new Cycle(
          "2026-Q4",
          LocalDate.parse("2026-10-01"),
          LocalDate.parse("2026-12-31"),
          ZoneId.of("Asia/Jakarta"));

  @ParameterizedTest
  @CsvSource({
    "18, 25, 18, 0",
    "18, 25, 21.5, 0.5",
    "18, 25, 25, 1",
    "18, 25, 28.5, 1.5",
    "18, 25, 14.5, -0.5",
    "40, 20, 30, 0.5",
    "40, 20, 10, 1.5",
    "-10, 10, 0, 0.5"
  })
  void progress_is_the_part_of_the_way_from_baseline_to_target(
      String baseline, String target, String value, String progress) {
    assertThat(standing(keyResult(baseline, target, "1"), value, FRESH).progress())
        .isEqualByComparingTo(progress);
  }

  @Test
  void the_score_keeps_progress_between_nothing_and_all() {
    KeyResult winRate = keyResult("18", "25", "1");
    assertThat(standing(winRate, "10", FRESH).score()).isEqualByComparingTo("0");
    assertThat(standing(winRate, "30", FRESH).score()).isEqualByComparingTo("1");
  }

  @Test
  void is_on_pace_in_the_middle_when_the_middle_of_the_cycle_has_come() {
    assertThat(standing(keyResult("40", "20", "1"), null, FRESH).valueOnPace())
        .isEqualByComparingTo("30");
  }

  @Test
  void a_target_that_equals_the_baseline_is_refused() {
    assertThatThrownBy(() -> keyResult("5", "5.0", "1"))
        .hasMessage("target must differ from baseline: both are 5.0");
  }

  @ParameterizedTest
  @CsvSource({
    "0.35, 0.5, FRESH, ON_TRACK",
    "0.34, 0.5, FRESH, AT_RISK",
    "0.16, 0.5, AGING, AT_RISK",
    "0.15, 0.5, FRESH, OFF_TRACK",
    "-0.2, 0.5, FRESH, OFF_TRACK",
    "1, 0.5, FRESH, COMPLETE",
    "1, 1, FRESH, COMPLETE",
    "0.7, 1, FRESH, ON_TRACK",
    "1, 0.5, OUTDATED, OUTDATED",
    "0.1, 0, FRESH, NOT_STARTED"
  })
  void the_status_grades_where_the_course_would_end(
      String progress, String elapsed, Freshness freshness, Status status) {
    assertThat(Status.of(new BigDecimal(progress), new BigDecimal(elapsed), freshness))
        .isEqualTo(status);
  }

  @Test
  void without_a_value_it_has_not_started_unless_its_source_should_have_been_read_long_ago() {
    assertThat(Status.of(null, new BigDecimal("0.5"), FRESH)).isEqualTo(Status.NOT_STARTED);
    assertThat(Status.of(null, new BigDecimal("0.5"), OUTDATED)).isEqualTo(Status.OUTDATED);
  }

  @Test
  void an_objective_is_the_mean_of_its_key_results_by_weight() {
    KeyResult light = keyResult("0", "100", "1");
    KeyResult heavy = keyResult("0", "100", "3");
    Objective objective = new Objective("o", "Grow", "sales", QUARTER, List.of(light, heavy));

    ObjectiveStanding standing =
        new ObjectiveStanding(
            objective, List.of(standing(light, "100", FRESH), standing(heavy, "20", AGING)));

    assertThat(standing.score()).isEqualByComparingTo("0.4");
    assertThat(standing.status()).isEqualTo(Status.ON_TRACK);
  }

  @Test
  void a_key_result_without_a_value_counts_as_nothing_done() {
    KeyResult known = keyResult("0", "100", "1");
    KeyResult unknown = keyResult("0", "100", "1");
    Objective objective = new Objective("o", "Grow", "sales", QUARTER, List.of(known, unknown));

    ObjectiveStanding standing =
        new ObjectiveStanding(
            objective, List.of(standing(known, "50", FRESH), standing(unknown, null, FRESH)));

    assertThat(standing.score()).isEqualByComparingTo("0.25");
  }

  @Test
  void an_objective_with_an_outdated_key_result_never_looks_healthy() {
    KeyResult fresh = keyResult("0", "100", "1");
    KeyResult old = keyResult("0", "100", "1");
    Objective objective = new Objective("o", "Grow", "sales", QUARTER, List.of(fresh, old));

    ObjectiveStanding standing =
        new ObjectiveStanding(
            objective, List.of(standing(fresh, "100", FRESH), standing(old, "100", OUTDATED)));

    assertThat(standing.status()).isEqualTo(Status.OUTDATED);
  }

  private static Standing standing(
      KeyResult keyResult, @Nullable String value, Freshness freshness) {
    return new Standing(
        keyResult,
        value == null ? null : new BigDecimal(value),
        null,
        QUARTER.start().plusSeconds(3600),
        freshness,
        new BigDecimal("0.5"));
  }

  private static KeyResult keyResult(String baseline, String target, String weight) {
    return new KeyResult(
        "win-rate",
        "Raise the win rate",
        "close-better-deals",
        "100.0 * deals_won / (deals_won + deals_lost)",
        new BigDecimal(baseline),
        new BigDecimal(target),
        "%",
        new BigDecimal(weight),
        QUARTER);
  }
}
