package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is watched has a value and is judged by nothing, and nothing is judged by it. */
class WatchTest {
  private static final Cycle QUARTER =
      new Cycle("2026-Q4", LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31), ZoneOffset.UTC);

  @Test
  void an_objective_is_neither_outdated_nor_weighed_down_by_it() {
    Standing judged = standing(new Reach(BigDecimal.ZERO, target("10")), "5", Freshness.FRESH);
    Standing watched = standing(new Watch(), "7", Freshness.OUTDATED);

    ObjectiveStanding both = objective(judged, watched);

    assertThat(both.score()).isEqualByComparingTo("0.5");
    assertThat(both.expected()).isEqualByComparingTo("0.5");
    assertThat(both.status()).isEqualTo(Status.ON_TRACK);
    assertThat(both.freshness()).isEqualTo(Freshness.FRESH);
    assertThat(watched.status()).isEqualTo(Status.OUTDATED);
    assertThat(watched.score()).isNull();
    assertThat(watched.grade()).isNull();
  }

  @Test
  void an_objective_that_is_only_watched_has_no_score_and_says_so() {
    ObjectiveStanding all = objective(standing(new Watch(), "7", Freshness.FRESH));

    assertThat(all.score()).isNull();
    assertThat(all.status()).isEqualTo(Status.WATCHED);
    assertThat(all.expected()).isEqualByComparingTo("0");
    assertThat(all.typedShare()).isEqualByComparingTo("0");
    assertThat(all.keyResults().get(0).status()).isEqualTo(Status.WATCHED);
  }

  private static ObjectiveStanding objective(Standing... keyResults) {
    List<Standing> all = List.of(keyResults);
    return new ObjectiveStanding(
        new Objective("o", "Win", "sales", QUARTER, all.stream().map(Standing::keyResult).toList()),
        all);
  }

  private static Standing standing(Goal goal, String value, Freshness freshness) {
    return new Standing(
        new KeyResult("k", "Win", "o", "deals_won", goal, "", BigDecimal.ONE, QUARTER),
        new BigDecimal(value),
        null,
        null,
        freshness,
        new BigDecimal("0.5"));
  }

  private static Target target(String number) {
    return Target.number(new BigDecimal(number));
  }
}
