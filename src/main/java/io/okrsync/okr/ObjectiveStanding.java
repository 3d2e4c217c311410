package io.okrsync.okr;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNullElse;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An objective as it stands at one time: its key results rolled up by weight. */
public record ObjectiveStanding(Objective objective, List<Standing> keyResults) {
  public ObjectiveStanding {
    keyResults = List.copyOf(keyResults);
  }

  /**
   * The mean of the key results' scores by weight; one without a score counts as 0. Null while none
   * has one.
   */
  public @Nullable BigDecimal score() {
    if (keyResults.stream().allMatch(standing -> standing.score() == null)) {
      return null;
    }
    return mean(standing -> requireNonNullElse(standing.score(), BigDecimal.ZERO));
  }

  /**
   * Outdated as soon as one key result is; otherwise its score against what is expected of its key
   * results, by weight.
   */
  public Status status() {
    boolean outdated =
        keyResults.stream().anyMatch(standing -> standing.status() == Status.OUTDATED);
    return Status.of(
        score(),
        mean(Standing::expected),
        keyResults.stream().map(Standing::elapsed).max(naturalOrder()).orElse(BigDecimal.ZERO),
        outdated ? Freshness.OUTDATED : Freshness.FRESH);
  }

  /** The part of the score, by weight, that rests on values which people typed. */
  public BigDecimal typedShare() {
    return mean(standing -> standing.isTyped() ? BigDecimal.ONE : BigDecimal.ZERO);
  }

  private BigDecimal mean(Function<Standing, BigDecimal> part) {
    BigDecimal sum = BigDecimal.ZERO;
    BigDecimal weights = BigDecimal.ZERO;
    for (Standing standing : keyResults) {
      BigDecimal weight = standing.weight();
      sum = sum.add(weight.multiply(part.apply(standing)));
      weights = weights.add(weight);
    }
    return sum.divide(weights, MathContext.DECIMAL32);
  }
}
