package io.okrsync.okr;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far an objective has come, as one number that is asked to be somewhere.
 *
 * @param id unique over all cycles
 * @param objective the id of the objective it belongs to
 * @param formula what its value is, over measures; empty where a person types it, or an objective
 *     tells it
 * @param unit what the value is counted in, such as {@code %}, {@code USD} or {@code deals}; may be
 *     empty
 * @param weight its share in the objective, positive: also for priority and difficulty
 */
public record KeyResult(
    String id,
    String title,
    String objective,
    String formula,
    Goal goal,
    String unit,
    BigDecimal weight,
    Cycle cycle,
    Terms terms) {
  public KeyResult {
    requireNonNull(id, "id must not be null");
    requireNonNull(title, "title must not be null");
    requireNonNull(formula, "formula must not be null");
    requireNonNull(goal, "goal must not be null");
    if (weight.signum() <= 0) {
      throw new IllegalArgumentException(
          "weight must be greater than 0: " + weight.toPlainString());
    }
    if (goal instanceof Limit && !terms.pace().steps().isEmpty()) {
      throw new IllegalArgumentException("pace needs a target; a limit is kept all the time");
    }
    if (goal instanceof Milestone milestone) {
      milestone.requireWithin(cycle);
    }
    terms.pace().requireWithin(cycle);
    if (terms.typed().isPresent() && goal instanceof Reach reach && reach.measured()) {
      throw new IllegalArgumentException(
          "baseline must be a number where the value is typed; there is nothing to measure");
    }
  }

  /** On the usual terms. */
  public KeyResult(
      String id,
      String title,
      String objective,
      String formula,
      Goal goal,
      String unit,
      BigDecimal weight,
      Cycle cycle) {
    this(id, title, objective, formula, goal, unit, weight, cycle, Terms.USUAL);
  }

  /** The plain kind, from one number to another. */
  public KeyResult(
      String id,
      String title,
      String objective,
      String formula,
      BigDecimal baseline,
      BigDecimal target,
      String unit,
      BigDecimal weight,
      Cycle cycle) {
    this(
        id,
        title,
        objective,
        formula,
        new Reach(baseline, Target.number(target)),
        unit,
        weight,
        cycle);
  }

  /** Whether a person types its value, since no source tells it. */
  public boolean isTyped() {
    return terms.typed().isPresent();
  }

  /** Whether nothing is asked of its value, so that it counts into no score. */
  public boolean isWatched() {
    return goal instanceof Watch;
  }

  /** Whether a formula makes its value of what sources tell. */
  public boolean isComputed() {
    return terms.typed().isEmpty() && terms.child().isEmpty();
  }

  /** Whether its baseline is read from the records of the cycle before. */
  public boolean measuresItsBaseline() {
    return goal instanceof Reach reach && reach.measured();
  }

  /**
   * What is asked of the value; empty while a baseline that is to be measured is not known, or
   * allows no target.
   *
   * @param measured the baseline as it was measured; null where it was not
   */
  public Optional<Course> course(@Nullable BigDecimal measured) {
    if (!(goal instanceof Reach reach) || !reach.measured()) {
      return typedCourse();
    }
    return Optional.ofNullable(measured)
        .filter(it -> reach.target().from(it).compareTo(it) != 0)
        .map(reach::from);
  }

  /** What is asked of the value, as far as the configuration alone says it in numbers. */
  public Optional<Course> typedCourse() {
    if (goal instanceof Reach reach) {
      return Optional.ofNullable(reach.baseline()).map(reach::from);
    }
    return goal instanceof Course course ? Optional.of(course) : Optional.empty();
  }
}
