package io.okrsync.okr;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNullElse;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An objective as it stands at one time: its key results rolled up by weight, but for those that
 * are only watched.
 */
public record ObjectiveStanding(Objective objective, List<Standing> keyResults) {
  public ObjectiveStanding {
    keyResults = List.copyOf(keyResults);
  }

  /** The key results that it is judged by. */
  public List<Standing> judged() {
    return keyResults.stream().filter(it -> !it.keyResult().isWatched()).toList();
  }

  /**
   * The mean of the key results' scores by weight; one without a score counts as 0. Null while none
   * has one.
   */
  public @Nullable BigDecimal score() {
    if (judged().stream().allMatch(standing -> standing.score() == null)) {
      return null;
    }
    return mean(standing -> requireNonNullElse(standing.score(), BigDecimal.ZERO));
  }

  /**
   * Outdated as soon as one key result is; otherwise its score against what is expected of its key
   * results, by weight.
   */
  public Status status() {
    if (judged().isEmpty()) {
      return Status.WATCHED;
    }
    boolean outdated = judged().stream().anyMatch(standing -> standing.status() == Status.OUTDATED);
    return Status.of(
        score(),
        expected(),
        judged().stream().map(Standing::elapsed).max(naturalOrder()).orElse(BigDecimal.ZERO),
        outdated ? Freshness.OUTDATED : Freshness.FRESH,
        grades());
  }

  /** By the id of an objective, the key results whose value is its score. */
  public static Map<String, List<KeyResult>> parents(List<ObjectiveStanding> all) {
    return all.stream()
        .flatMap(it -> it.objective().keyResults().stream())
        .filter(it -> it.terms().child().isPresent())
        .collect(groupingBy(it -> it.terms().child().orElseThrow()));
  }

  /** The part of the score, by weight, that rests on values which people typed. */
  public BigDecimal typedShare() {
    return mean(Standing::typedShare);
  }

  /** The score expected for now, 0..1: what is expected of its key results, by weight. */
  public BigDecimal expected() {
    return mean(Standing::expected);
  }

  /** How old the oldest is that its score rests on. */
  public Freshness freshness() {
    return judged().stream().map(Standing::freshness).max(naturalOrder()).orElse(Freshness.FRESH);
  }

  /** When what its score rests on was read, the oldest of it; null while some never was. */
  public @Nullable Instant readAt() {
    Instant oldest = null;
    for (Standing standing : judged()) {
      Instant readAt = standing.readAt();
      if (readAt == null) {
        return null;
      }
      oldest = oldest == null || readAt.isBefore(oldest) ? readAt : oldest;
    }
    return oldest;
  }

  private Grades grades() {
    return objective.keyResults().get(0).terms().grades();
  }

  /** What one of its key results adds to the score; null where that has no score. */
  public @Nullable BigDecimal adds(Standing standing) {
    BigDecimal score = standing.score();
    return score == null
        ? null
        : standing.weight().multiply(score).divide(weights(), MathContext.DECIMAL32);
  }

  private BigDecimal weights() {
    return judged().stream().map(Standing::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal mean(Function<Standing, BigDecimal> part) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Standing standing : judged()) {
      sum = sum.add(standing.weight().multiply(part.apply(standing)));
    }
    BigDecimal weights = weights();
    return weights.signum() == 0 ? sum : sum.divide(weights, MathContext.DECIMAL32);
  }
}
