package io.okrsync.web;

import io.okrsync.okr.Course;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Grade;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Way;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of a key result, in a few words. */
final class GoalText {
  private final Standing standing;
  private final String unit;

  GoalText(Standing standing) {
    this.standing = standing;
    this.unit = standing.keyResult().unit();
  }

  /** Where it begins; null where it has no beginning, as limits, milestones and what is watched. */
  @Nullable String from() {
    Course course = standing.course();
    if (course instanceof Limit
        || course instanceof Milestone
        || standing.keyResult().isWatched()) {
      return null;
    }
    return course instanceof Way way ? Figures.beside(way.baseline(), unit) : "not measured yet";
  }

  /** What is asked: a target, the limit, or the day of the milestone. */
  String to() {
    Course course = standing.course();
    if (course instanceof Limit limit) {
      return of(limit);
    }
    if (course instanceof Milestone milestone) {
      return "done by " + Moments.day(milestone.by());
    }
    if (standing.keyResult().isWatched()) {
      return "no target";
    }
    Reach reach = (Reach) standing.keyResult().goal();
    if (!(course instanceof Way way)) {
      return reach.target().toString();
    }
    String target = Figures.withUnit(way.target(), unit);
    return reach.target().relative() ? target + " (" + reach.target() + ")" : target;
  }

  /** All that is asked, such as {@code 18% to 25%}. */
  String asked() {
    return from() == null ? to() : from() + " to " + to();
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

  /** Its grade and what was agreed on it, such as {@code good progress · stretch · weight 6}. */
  static String terms(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    Grade grade = standing.grade();
    boolean judged = !keyResult.isWatched();
    return Stream.of(
            Optional.ofNullable(grade)
                .map(it -> "score " + Figures.percent(standing.score()) + ", " + it.label()),
            keyResult.terms().owner().map("owner "::concat),
            Optional.of(lower(keyResult.terms().ambition())).filter(it -> judged),
            keyResult.terms().indicator().map(it -> lower(it) + " indicator"),
            Optional.of("weight " + Figures.readable(standing.weight())).filter(it -> judged))
        .flatMap(Optional::stream)
        .collect(Collectors.joining(" · "));
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  /** What stands in place of the value that is read, in sentences. */
  List<String> notes(Moments moments) {
    return Stream.of(overridden(moments), closed(moments), typed(), rolledUp())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> overridden(Moments moments) {
    return Optional.ofNullable(standing.marks().override())
        .map(
            it ->
                "Overridden by %s until %s: %s. The sync says %s."
                    .formatted(
                        it.by(),
                        it.until() == null ? "" : moments.at(it.until()).text(),
                        it.reason(),
                        read()));
  }

  private Optional<String> closed(Moments moments) {
    Frozen close = standing.marks().close();
    if (close == null) {
      return Optional.empty();
    }
    if (close.value() == null || close.at() == null) {
      return Optional.of(
          "The cycle has ended, its final value is not frozen yet: " + close.reason() + ".");
    }
    String later =
        standing.marks().override() != null || standing.otherwise() == null
            ? ""
            : " Restated since: " + read() + ".";
    return Optional.of(
        "Final: %s, frozen %s as reading %d.%s"
            .formatted(
                Figures.exactWithUnit(close.value(), unit),
                moments.at(close.at()).text(),
                close.reading(),
                later));
  }

  private Optional<String> typed() {
    return standing.keyResult().isTyped()
        ? Optional.of("A person types this value; in its objective it counts half.")
        : Optional.empty();
  }

  private Optional<String> rolledUp() {
    return Optional.ofNullable(standing.marks().child())
        .map(ObjectiveStanding::objective)
        .map(it -> "The score of the objective ‘%s’ (%s).".formatted(it.title(), it.owner()));
  }

  private String read() {
    BigDecimal read = standing.read();
    return read == null ? "nothing yet" : Figures.withUnit(read, unit);
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
