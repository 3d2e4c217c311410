package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Goal;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoalTextTest {
  private static final Cycle QUARTER =
      new Cycle(
          "2026-Q4",
          LocalDate.parse("2026-10-01"),
          LocalDate.parse("2026-12-31"),
          ZoneId.of("UTC"));

  @Test
  void a_limit_has_no_beginning_but_a_margin() {
    GoalText most = text(new Limit(null, new BigDecimal("2")), "1.5", null);
    GoalText band = text(new Limit(new BigDecimal("40"), new BigDecimal("60")), "62", null);

    assertThat(most.from()).isNull();
    assertThat(most.to()).isEqualTo("at most 2%");
    assertThat(most.margin()).isEqualTo("kept, with a margin of 0.5%");
    assertThat(band.to()).isEqualTo("40% to 60%");
    assertThat(band.margin()).isEqualTo("broken by 2%");
  }

  @Test
  void a_measured_baseline_says_when_it_was_frozen_and_where_to_find_it() {
    Reach more = new Reach(null, Target.change("+20%"));
    Frozen frozen =
        new Frozen(new BigDecimal("40"), null, Instant.parse("2026-10-01T00:15:00Z"), 7L);
    GoalText text = text(more, "44", frozen);

    assertThat(text.from()).isEqualTo("40%");
    assertThat(text.to()).isEqualTo("48% (+20%)");
    assertThat(text.baseline(new Moments(Instant.parse("2026-11-21T00:00:00Z"), QUARTER.zone())))
        .startsWith("Baseline 40% measured in 1 Jul")
        .contains("1 Oct")
        .endsWith("as reading 7.");
  }

  @Test
  void a_baseline_that_is_not_measured_yet_is_said_to_be_missing() {
    GoalText text =
        text(new Reach(null, Target.change("-3 points")), "44", Frozen.notYet("no records"));

    assertThat(text.from()).isEqualTo("not measured yet");
    assertThat(text.to()).isEqualTo("-3 points");
    assertThat(text.margin()).isNull();
  }

  private static GoalText text(Goal goal, String value, @Nullable Frozen baseline) {
    return new GoalText(
        new Standing(
            new KeyResult("k", "Title", "o", "deals", goal, "%", BigDecimal.ONE, QUARTER),
            new BigDecimal(value),
            null,
            null,
            Freshness.FRESH,
            new BigDecimal("0.5"),
            new Marks(baseline, null, null, null)));
  }
}
