package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random objectives that rest on one another score as plain arithmetic over them says. */
class CascadeLikeByHandTest {
  private static final Cycle QUARTER =
      new Cycle(
          "2026-Q4",
          LocalDate.parse("2026-10-01"),
          LocalDate.parse("2026-12-31"),
          ZoneId.of("UTC"));
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private final Map<String, Integer> values = new HashMap<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void every_level_has_the_weighted_mean_of_the_one_below(long seed) {
    List<Objective> objectives = objectives(new Random(seed));

    List<ObjectiveStanding> standings =
        new Cascade(objectives)
            .standings(this::own, (it, child) -> Cascade.standing(it, child, null, NOW));

    assertThat(standings).extracting(ObjectiveStanding::objective).isEqualTo(objectives);
    for (ObjectiveStanding standing : standings) {
      Double byHand = score(standing.objective(), objectives);
      if (byHand == null) {
        assertThat(standing.score()).isNull();
      } else {
        assertThat(Objects.requireNonNull(standing.score()).doubleValue())
            .as(standing.objective().id())
            .isCloseTo(byHand, within(0.00001));
      }
    }
  }

  private Standing own(KeyResult keyResult) {
    Integer value = values.get(keyResult.id());
    return new Standing(
        keyResult,
        value == null ? null : BigDecimal.valueOf(value),
        null,
        NOW,
        Freshness.FRESH,
        QUARTER.elapsed(NOW));
  }

  /** Null while nothing at all is known. */
  private @Nullable Double score(Objective objective, List<Objective> all) {
    double sum = 0;
    double weights = 0;
    boolean known = false;
    for (KeyResult each : objective.keyResults()) {
      Double score =
          each.terms().child().isPresent()
              ? score(named(each.terms().child().get(), all), all)
              : ownScore(each);
      double weight = each.weight().doubleValue() * (each.isTyped() ? 0.5 : 1);
      sum += weight * (score == null ? 0 : score);
      weights += weight;
      known |= score != null;
    }
    return known ? sum / weights : null;
  }

  /** From 0 to 100, and never beyond. */
  private @Nullable Double ownScore(KeyResult keyResult) {
    Integer value = values.get(keyResult.id());
    return value == null ? null : Math.max(0, Math.min(1, value / 100.0));
  }

  private static Objective named(String id, List<Objective> all) {
    return all.stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
  }

  /** Each points only to later ones, so there is no circle; they are told in any order. */
  private List<Objective> objectives(Random random) {
    List<Objective> objectives = new ArrayList<>();
    int count = 2 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      List<KeyResult> keyResults = new ArrayList<>();
      int size = 1 + random.nextInt(4);
      for (int k = 0; k < size; k++) {
        keyResults.add(keyResult(i, k, count, random));
      }
      objectives.add(random.nextInt(objectives.size() + 1), objective("o" + i, keyResults));
    }
    return objectives;
  }

  private static Objective objective(String id, List<KeyResult> keyResults) {
    return new Objective(id, "Win", "sales", QUARTER, keyResults);
  }

  private KeyResult keyResult(int objective, int number, int count, Random random) {
    String id = "o%d-k%d".formatted(objective, number);
    boolean points = objective + 1 < count && random.nextInt(3) > 0;
    if (!points && random.nextInt(5) > 0) {
      values.put(id, random.nextInt(160) - 30);
    }
    String child = "o" + (objective + 1 + random.nextInt(Math.max(1, count - objective - 1)));
    return new KeyResult(
        id,
        "Win",
        "o" + objective,
        points ? "" : "deals_won",
        new Reach(BigDecimal.ZERO, Target.number(new BigDecimal("100"))),
        "%",
        BigDecimal.valueOf(1 + random.nextInt(9)),
        QUARTER,
        new Terms(
            Optional.empty(),
            Pace.STEADY,
            Ambition.COMMITTED,
            Optional.empty(),
            points || random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofDays(14)),
            points ? Optional.of(child) : Optional.empty(),
            Optional.empty(),
            Grades.STANDARD));
  }
}
