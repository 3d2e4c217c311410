package io.okrsync.okr;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An objective as it stands at one time: its key results rolled up by weight. */
public record ObjectiveStanding(Objective objective, List<Standing> keyResults) {
  public ObjectiveStanding {
    keyResults = List.copyOf(keyResults);
  }

  /**
   * The mean of the key results' scores by weight; one without a value counts as 0. Null while none
   * has a value.
   */
  public @Nullable BigDecimal score() {
    if (keyResults.stream().allMatch(standing -> standing.value() == null)) {
      return null;
    }
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal weights = BigDecimal.ZERO;
    for (Standing standing : keyResults) {
      BigDecimal weight = standing.keyResult().weight();
      BigDecimal score = standing.score();
      sum = sum.add(weight.multiply(score == null ? BigDecimal.ZERO : score));
      weights = weights.add(weight);
    }
    return sum.divide(weights, MathContext.DECIMAL32);
  }

  /** Outdated as soon as one key result is; otherwise its score against the pace of the cycle. */
  public Status status() {
    boolean outdated =
        keyResults.stream().anyMatch(standing -> standing.status() == Status.OUTDATED);
    return Status.of(
        score(), keyResults.get(0).elapsed(), outdated ? Freshness.OUTDATED : Freshness.FRESH);
  }
}
