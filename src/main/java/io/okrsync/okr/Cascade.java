package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Objectives that rest on one another: the score of one is the value of a key result of another.
 * The configuration has no circle in it. Nothing of this is stored: the same readings always give
 * the same scores.
 */
public final class Cascade {
  private final Map<String, Objective> objectives = new LinkedHashMap<>();

  public Cascade(List<Objective> objectives) {
    objectives.forEach(it -> this.objectives.put(it.id(), it));
  }

  /**
   * Where all of them stand, in their order.
   *
   * @param own of a key result that has a value of its own
   * @param rolledUp of one whose value is the score of an objective
   */
  public List<ObjectiveStanding> standings(
      Function<KeyResult, Standing> own,
      BiFunction<KeyResult, ObjectiveStanding, Standing> rolledUp) {
    return new Walk(own, rolledUp).all();
  }

  private Objective objective(String id) {
    return Objects.requireNonNull(objectives.get(id), id);
  }

  /** A key result whose value is the score of this objective, in per cent. */
  public static Standing standing(
      KeyResult keyResult, ObjectiveStanding child, @Nullable Statement override, Instant at) {
    @Nullable BigDecimal score = child.score();
    return new Standing(
        keyResult,
        score == null ? null : score.movePointRight(2).stripTrailingZeros(),
        reason(child),
        child.readAt(),
        child.freshness(),
        keyResult.cycle().elapsed(at),
        new Marks(null, null, override, child));
  }

  private static @Nullable String reason(ObjectiveStanding child) {
    return child.judged().stream()
        .filter(it -> it.reason() != null || it.missing() != null)
        .findFirst()
        .map(Cascade::reason)
        .orElse(null);
  }

  /** What rolls up names already the one that it comes from. */
  private static String reason(Standing standing) {
    String reason = standing.reason() == null ? standing.missing() : standing.reason();
    return standing.marks().child() == null
        ? "'%s': %s".formatted(standing.keyResult().id(), reason)
        : String.valueOf(reason);
  }

  private final class Walk {
    private final Function<KeyResult, Standing> own;
    private final BiFunction<KeyResult, ObjectiveStanding, Standing> rolledUp;
    private final Map<String, ObjectiveStanding> known = new HashMap<>();

    Walk(
        Function<KeyResult, Standing> own,
        BiFunction<KeyResult, ObjectiveStanding, Standing> rolledUp) {
      this.own = own;
      this.rolledUp = rolledUp;
    }

    List<ObjectiveStanding> all() {
      return objectives.values().stream().map(this::of).toList();
    }

    private ObjectiveStanding of(Objective objective) {
      @Nullable ObjectiveStanding before = known.get(objective.id());
      if (before != null) {
        return before;
      }
      ObjectiveStanding standing =
          new ObjectiveStanding(objective, objective.keyResults().stream().map(this::of).toList());
      known.put(objective.id(), standing);
      return standing;
    }

    private Standing of(KeyResult keyResult) {
      return keyResult
          .terms()
          .child()
          .map(it -> rolledUp.apply(keyResult, of(objective(it))))
          .orElseGet(() -> own.apply(keyResult));
    }
  }
}
