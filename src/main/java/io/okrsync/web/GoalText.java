package io.okrsync.web;

import io.okrsync.okr.Course;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Way;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is asked of a key result, in a few words. */
final class GoalText {
  private final Standing standing;
  private final String unit;

  GoalText(Standing standing) {
    this.standing = standing;
    this.unit = standing.keyResult().unit();
  }

  /** Where it begins; null of a limit, which has no beginning. */
  @Nullable String from() {
    Course course = standing.course();
    if (course instanceof Limit) {
      return null;
    }
    return course instanceof Way way ? Figures.beside(way.baseline(), unit) : "not measured yet";
  }

  /** What is asked: a target, or the limit. */
  String to() {
    Course course = standing.course();
    if (course instanceof Limit limit) {
      return of(limit);
    }
    Reach reach = (Reach) standing.keyResult().goal();
    if (!(course instanceof Way way)) {
      return reach.target().toString();
    }
    String target = Figures.withUnit(way.target(), unit);
    return reach.target().relative() ? target + " (" + reach.target() + ")" : target;
  }

  /** How far a limit is from being broken; null where there is none, or no value. */
  @Nullable String margin() {
    BigDecimal value = standing.value();
    if (!(standing.course() instanceof Limit limit) || value == null) {
      return null;
    }
    BigDecimal margin = limit.margin(value);
    return margin.signum() < 0
        ? "broken by " + Figures.withUnit(margin.negate(), unit)
        : "kept, with a margin of " + Figures.withUnit(margin, unit);
  }

  /** When and from what the baseline was frozen; null where it is not, or is typed. */
  @Nullable String baseline(Moments moments) {
    Frozen frozen = standing.baseline();
    BigDecimal value = frozen == null ? null : frozen.value();
    return frozen == null || value == null || frozen.at() == null
        ? null
        : "Baseline %s measured in %s and frozen %s, as reading %d."
            .formatted(
                Figures.exactWithUnit(value, unit),
                Moments.days(
                    standing.keyResult().cycle().previous().from(),
                    standing.keyResult().cycle().previous().to()),
                moments.at(frozen.at()).text(),
                frozen.reading());
  }

  private String of(Limit limit) {
    BigDecimal least = limit.least();
    BigDecimal most = limit.most();
    if (least == null || most == null) {
      return least == null
          ? most == null ? "" : "at most " + Figures.withUnit(most, unit)
          : "at least " + Figures.withUnit(least, unit);
    }
    return Figures.beside(least, unit) + " to " + Figures.withUnit(most, unit);
  }
}
