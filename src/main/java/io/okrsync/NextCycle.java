package io.okrsync;

import io.okrsync.config.YamlScalar;
import io.okrsync.okr.Ambition;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Grades;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import io.okrsync.web.Figures;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The objectives of a cycle, written down for the next one: what was reached is where the next
 * begins, and how far to go is left to be decided. A word stands there that is no number, so that
 * nobody begins a cycle with the targets of the last.
 */
final class NextCycle {
  static final String OPEN = "DECIDE";

  private static final int LONGEST_ID = 60;

  private final Cycle last;
  private final Cycle next;
  private final List<ObjectiveStanding> ended;
  private final Function<String, List<Statement>> learnings;
  private final Set<String> objectives;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param ended the objectives of the last cycle, as they stand
   * @param learnings of a key result, oldest first
   */
  NextCycle(
      Cycle last,
      Cycle next,
      List<ObjectiveStanding> ended,
      Function<String, List<Statement>> learnings) {
    this.last = last;
    this.next = next;
    this.ended = ended;
    this.learnings = learnings;
    this.objectives =
        ended.stream().map(it -> it.objective().id()).collect(Collectors.toUnmodifiableSet());
  }

  String text() {
    lines.clear();
    line(
        "# %s, begun from what %s came to. Replace each %s; then this is a file of okrs/."
            .formatted(next.id(), last.id(), OPEN));
    line("");
    line(
        "cycle: { id: %s, from: %s, to: %s, zone: %s%s }"
            .formatted(next.id(), next.from(), next.to(), next.zone().getId(), tolerance(next)));
    grades(ended.get(0).objective().keyResults().get(0).terms().grades());
    line("objectives:");
    ended.forEach(this::objective);
    return String.join("\n", lines) + "\n";
  }

  private void grades(Grades grades) {
    if (!grades.equals(Grades.STANDARD)) {
      line(
          "grades: { good: %s, farOff: %s, success: %s }"
              .formatted(plain(grades.good()), plain(grades.farOff()), plain(grades.success())));
    }
  }

  private void objective(ObjectiveStanding standing) {
    Objective objective = standing.objective();
    line("  # %s: score %s".formatted(last.id(), Figures.percent(standing.score())));
    line("  - id: " + id(objective.id()));
    line("    title: " + YamlScalar.of(objective.title()));
    line("    owner: " + YamlScalar.of(objective.owner()));
    line("    keyResults:");
    standing.keyResults().forEach(this::keyResult);
  }

  private void keyResult(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    line("      # %s: %s".formatted(last.id(), cameTo(standing)));
    learnings.apply(keyResult.id()).forEach(it -> line("      # " + learned(it, last.zone())));
    line("      - id: " + id(keyResult.id()));
    key("title", YamlScalar.of(keyResult.title()) + " # does it name a number of the last cycle?");
    value(keyResult);
    goal(standing);
    if (!keyResult.unit().isEmpty() && keyResult.terms().child().isEmpty()) {
      key("unit", YamlScalar.of(keyResult.unit()));
    }
    terms(keyResult);
  }

  private void value(KeyResult keyResult) {
    keyResult.terms().typed().ifPresent(it -> key("typed", written(it)));
    keyResult.terms().child().ifPresent(it -> key("child", child(it)));
    if (keyResult.isComputed()) {
      key("formula", YamlScalar.of(keyResult.formula()));
    }
  }

  /** One of another cycle has no successor here. */
  private String child(String objective) {
    return objectives.contains(objective) ? id(objective) : OPEN + " # was " + objective;
  }

  private void goal(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    if (keyResult.terms().child().isPresent()) {
      return;
    }
    if (keyResult.goal() instanceof Reach reach) {
      key("baseline", reach.measured() ? "measured" : baseline(standing.value()));
      open("target", reach.target());
    }
    if (keyResult.goal() instanceof Limit limit) {
      open("atLeast", limit.least());
      open("atMost", limit.most());
    }
    if (keyResult.isWatched()) {
      key("watch", "true");
    }
    if (keyResult.goal() instanceof Milestone milestone) {
      open("doneBy", milestone.by());
    }
  }

  private static String baseline(@Nullable BigDecimal value) {
    return value == null ? OPEN + " # it had no value" : plain(value);
  }

  private void open(String key, @Nullable Object was) {
    if (was != null) {
      key(key, OPEN + " # was " + (was instanceof BigDecimal number ? plain(number) : was));
    }
  }

  private void terms(KeyResult keyResult) {
    keyResult.terms().owner().ifPresent(it -> key("owner", YamlScalar.of(it)));
    if (keyResult.weight().compareTo(BigDecimal.ONE) != 0) {
      key("weight", plain(keyResult.weight()));
    }
    if (keyResult.terms().ambition() == Ambition.STRETCH) {
      key("ambition", "stretch");
    }
    keyResult.terms().indicator().ifPresent(it -> key("indicator", lower(it)));
    if (!keyResult.terms().pace().steps().isEmpty()) {
      String steps =
          keyResult.terms().pace().steps().stream()
              .map(it -> "{ by: %s, reach: %s }".formatted(it.by(), plain(it.value())))
              .collect(Collectors.joining(", "));
      line("        # pace was: [%s]".formatted(steps));
    }
    if (!keyResult.cycle().equals(last)) {
      Cycle own = keyResult.cycle();
      line("        # it had days of its own: %s to %s".formatted(own.from(), own.to()));
    }
  }

  private static String tolerance(Cycle cycle) {
    return cycle.tolerance().signum() == 0
        ? ""
        : ", tolerance: %s%%".formatted(plain(cycle.tolerance().movePointRight(2)));
  }

  private static String cameTo(Standing standing) {
    BigDecimal value = standing.value();
    if (value == null) {
      return "no value" + (standing.reason() == null ? "" : ", " + standing.reason());
    }
    String grade = standing.grade() == null ? "" : ", " + standing.grade().label();
    String frozen =
        standing.elapsed().compareTo(BigDecimal.ONE) < 0 ? " so far, the cycle has not ended" : "";
    return "%s%s, score %s%s"
        .formatted(
            (plain(value) + " " + standing.keyResult().unit()).strip(),
            frozen,
            Figures.percent(standing.score()),
            grade);
  }

  private static String learned(Statement said, ZoneId zone) {
    return "learned, by %s on %s: %s%s"
        .formatted(
            said.by(),
            said.at().atZone(zone).toLocalDate(),
            said.reason(),
            said.link().isEmpty() ? "" : " " + said.link());
  }

  /** Ids are unique over all cycles, so the cycle is part of them. */
  private String id(String old) {
    String suffix = "-" + next.id().toLowerCase(Locale.ROOT);
    String before = "-" + last.id().toLowerCase(Locale.ROOT);
    String stem = old.endsWith(before) ? old.substring(0, old.length() - before.length()) : old;
    int most = Math.max(1, LONGEST_ID - suffix.length());
    return stem.substring(0, Math.min(stem.length(), most)) + suffix;
  }

  private static String written(Duration every) {
    for (Map.Entry<String, Duration> unit :
        List.of(
            Map.entry("d", Duration.ofDays(1)),
            Map.entry("h", Duration.ofHours(1)),
            Map.entry("m", Duration.ofMinutes(1)))) {
      if (every.toSeconds() % unit.getValue().toSeconds() == 0) {
        return every.dividedBy(unit.getValue()) + unit.getKey();
      }
    }
    return every.toSeconds() + "s";
  }

  private static String plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return (shortest.scale() < 0 ? shortest.setScale(0) : shortest).toPlainString();
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }

  private void key(String name, String value) {
    line("        " + name + ": " + value);
  }

  private void line(String line) {
    lines.add(line.replaceAll("[\\p{Cc}\\p{Cf}]+", " ").stripTrailing());
  }
}
