package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be asked of a value, and how near it is. */
class GoalTest {
  private static final Cycle QUARTER =
      new Cycle(
          "2026-Q4",
          LocalDate.parse("2026-10-01"),
          LocalDate.parse("2026-12-31"),
          ZoneId.of("UTC"));

  @ParameterizedTest
  @CsvSource({
    "+20%, 40, 48",
    "-15%, 40, 34",
    "+2.5%, 0.4, 0.41",
    "+10%, -50, -45",
    "-10%, -50, -55",
    "+3 points, 20, 23",
    "-1 point, 20, 19",
    "+0.5 points, -1, -0.5"
  })
  void a_change_is_a_part_of_the_baseline_or_is_added_to_it(
      String change, String baseline, String target) {
    assertThat(Target.change(change).from(new BigDecimal(baseline))).isEqualByComparingTo(target);
  }

  @ParameterizedTest
  @CsvSource({"+20%, +20%", "-1 point, -1 points", "+0.5 points, +0.5 points"})
  void a_change_is_told_as_it_was_written(String written, String told) {
    assertThat(Target.change(written)).hasToString(told);
  }

  @Test
  void a_change_by_nothing_is_refused() {
    assertThatThrownBy(() -> Target.change("+0%"))
        .hasMessage("target must change something: it is 0");
  }

  @ParameterizedTest
  @CsvSource({
    ", 2, 1.99, 1, 0.01",
    ", 2, 2, 1, 0",
    ", 2, 2.01, 0, -0.01",
    "80, , 80, 1, 0",
    "80, , 79, 0, -1",
    "40, 60, 50, 1, 10",
    "40, 60, 58, 1, 2",
    "40, 60, 39, 0, -1",
    "40, 60, 61, 0, -1",
    ", 0, 0, 1, 0",
    ", 0, 1, 0, -1"
  })
  void a_limit_is_kept_or_broken_and_has_a_margin(
      @Nullable String least, @Nullable String most, String value, String score, String margin) {
    Limit limit = new Limit(number(least), number(most));

    assertThat(limit.progress(new BigDecimal(value))).isEqualByComparingTo(score);
    assertThat(limit.margin(new BigDecimal(value))).isEqualByComparingTo(margin);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 0.5, ON_TRACK",
    "1.5, 1, COMPLETE",
    "2.5, 0.01, OFF_TRACK",
    "2.5, 1, OFF_TRACK",
    "1.5, 0, NOT_STARTED"
  })
  void a_limit_is_complete_only_when_it_was_kept_to_the_end(
      String value, String elapsed, Status status) {
    Standing standing = standing(new Limit(null, new BigDecimal("2")), value, elapsed, null);

    assertThat(standing.status()).isEqualTo(status);
  }

  @Test
  void an_outdated_limit_does_not_look_kept() {
    Standing standing =
        new Standing(
            keyResult(new Limit(null, BigDecimal.ONE)),
            BigDecimal.ONE,
            null,
            null,
            Freshness.OUTDATED,
            new BigDecimal("0.5"));

    assertThat(standing.status()).isEqualTo(Status.OUTDATED);
  }

  @Test
  void the_edges_of_a_band_are_in_order() {
    assertThatThrownBy(() -> new Limit(BigDecimal.TEN, BigDecimal.ONE))
        .hasMessage("atMost must not be less than atLeast: 1 is less than 10");
  }

  @Test
  void zero_is_reached_from_the_number_at_the_start() {
    Reach warnings = new Reach(new BigDecimal("12"), Target.number(BigDecimal.ZERO));

    assertThat(standing(warnings, "3", "0.5", null).progress()).isEqualByComparingTo("0.75");
    assertThat(standing(warnings, "0", "0.5", null).status()).isEqualTo(Status.COMPLETE);
  }

  @Test
  void a_measured_baseline_gives_a_relative_target_its_number() {
    Reach more = new Reach(null, Target.change("+20%"));
    Standing standing = standing(more, "44", "0.5", frozen("40"));

    assertThat(standing.course()).isEqualTo(new Way(new BigDecimal("40"), new BigDecimal("48.00")));
    assertThat(standing.progress()).isEqualByComparingTo("0.5");
    assertThat(standing.missing()).isNull();
  }

  @Test
  void without_its_baseline_nothing_is_said_of_progress_but_why() {
    Reach more = new Reach(null, Target.change("+20%"));
    Standing standing =
        standing(more, "44", "0.5", Frozen.notYet("division by nothing: deals is 0"));

    assertThat(standing.progress()).isNull();
    assertThat(standing.score()).isNull();
    assertThat(standing.valueOnPace()).isNull();
    assertThat(standing.status()).isEqualTo(Status.NOT_STARTED);
    assertThat(standing.missing())
        .isEqualTo("baseline not measured: division by nothing: deals is 0");
  }

  @Test
  void a_part_of_a_baseline_of_nothing_is_no_target() {
    Standing standing = standing(new Reach(null, Target.change("+20%")), "4", "0.5", frozen("0"));

    assertThat(standing.progress()).isNull();
    assertThat(standing.missing())
        .isEqualTo("target +20% of a measured baseline of 0 is no change; give it as a number");
    assertThat(
            standing(new Reach(null, Target.change("+8 points")), "4", "0.5", frozen("0"))
                .progress())
        .isEqualByComparingTo("0.5");
  }

  private static Frozen frozen(String value) {
    return new Frozen(new BigDecimal(value), null, Instant.EPOCH, 1L);
  }

  private static Standing standing(
      Goal goal, String value, String elapsed, @Nullable Frozen baseline) {
    return new Standing(
        keyResult(goal),
        new BigDecimal(value),
        null,
        QUARTER.start(),
        Freshness.FRESH,
        new BigDecimal(elapsed),
        new Marks(baseline, null, null, null));
  }

  private static KeyResult keyResult(Goal goal) {
    return new KeyResult("k", "Title", "o", "deals", goal, "", BigDecimal.ONE, QUARTER);
  }

  private static @Nullable BigDecimal number(@Nullable String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
