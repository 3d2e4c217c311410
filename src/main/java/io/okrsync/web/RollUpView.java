package io.okrsync.web;

import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a key result is made of, where it is the score of an objective.
 *
 * @param address where the objective stands
 * @param sum what all parts add together
 */
public record RollUpView(
    String title, String address, String owner, List<PartRow> parts, String sum) {
  /**
   * @param score its score; a dash while it has none, which counts as 0
   * @param adds what it adds to the value, in per cent
   */
  public record PartRow(
      String title, String address, Badge status, String weight, String score, String adds) {}

  static @Nullable RollUpView of(Standing standing) {
    ObjectiveStanding child = standing.marks().child();
    if (child == null) {
      return null;
    }
    return new RollUpView(
        child.objective().title(),
        Addresses.objective(child.objective().id()),
        child.objective().owner(),
        child.judged().stream().map(it -> row(it, child)).toList(),
        percent(child.score()));
  }

  private static PartRow row(Standing it, ObjectiveStanding objective) {
    return new PartRow(
        it.keyResult().title(),
        Addresses.keyResult(it.keyResult().id()),
        Badge.of(it.status()),
        Figures.readable(it.weight()),
        Figures.percent(it.score()),
        percent(objective.adds(it)));
  }

  /** With all digits, so that the parts add up to the sum. */
  private static String percent(@Nullable BigDecimal share) {
    return share == null ? "–" : Figures.exactWithUnit(share.movePointRight(2), "%");
  }
}
