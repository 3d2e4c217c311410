package io.okrsync;

import io.okrsync.okr.Counted;
import io.okrsync.web.Figures;
import io.okrsync.web.Plan;
import io.okrsync.web.Plan.Change;
import io.okrsync.web.Plan.Edit;
import io.okrsync.web.Plan.Edits;
import io.okrsync.web.Plan.NamedRecord;
import io.okrsync.web.Plan.Part;
import io.okrsync.web.Plan.PlannedInput;
import io.okrsync.web.Plan.PlannedKeyResult;
import io.okrsync.web.Plan.PlannedObjective;
import io.okrsync.web.Plan.Records;
import io.okrsync.web.Plan.Score;
import io.okrsync.web.Plan.State;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in words. */
record PlanReport(Plan plan) {
  private static final String NOTHING = "Nothing was changed.";

  /**
   * Such as:
   *
   * <pre>
   * win-rate would move: Raise the win rate from 18% to 25%
   *   value     50 -> 33.3333333333
   *   progress  457% -> 219%
   *   deals_lost: 1 of 1 record -> 2 of 2 records
   *     + 1 record: 7 'Anna's shop' (https://…)
   * </pre>
   */
  String text() {
    List<String> lines = new ArrayList<>();
    plan.notes().forEach(it -> lines.add("Note: " + it));
    if (!plan.notes().isEmpty()) {
      lines.add("");
    }
    plan.keyResults().stream()
        .filter(it -> it.change() != Change.STAYS)
        .forEach(it -> add(it, lines));
    plan.objectives().stream()
        .filter(it -> it.change() != Change.STAYS)
        .forEach(it -> add(it, lines));
    lines.add(summary());
    lines.add(NOTHING);
    return String.join("\n", lines);
  }

  private String summary() {
    long recounted = count(Change.RECOUNTED);
    return "%d would move, %d would appear, %d would disappear, %s%d would stay as they are"
        .formatted(
            count(Change.MOVES),
            count(Change.APPEARS),
            count(Change.DISAPPEARS),
            recounted == 0 ? "" : recounted + " would come to the same by other records, ",
            count(Change.STAYS));
  }

  private long count(Change change) {
    return plan.keyResults().stream().filter(it -> it.change() == change).count();
  }

  private static void add(PlannedKeyResult keyResult, List<String> lines) {
    lines.add("%s %s: %s".formatted(keyResult.id(), what(keyResult.change()), keyResult.title()));
    @Nullable State from = keyResult.from();
    @Nullable State to = keyResult.to();
    line("value", from == null ? null : value(from), to == null ? null : value(from, to), lines);
    line(
        "progress",
        from == null ? null : Figures.percent(from.progress()),
        to == null ? null : Figures.percent(to.progress()),
        lines);
    line("status", from == null ? null : from.status(), to == null ? null : to.status(), lines);
    if (to != null && isLost(from, to)) {
      lines.add("  %s stays shown, with that reason, and ages".formatted(text(to.value())));
    }
    add(keyResult.definitions(), lines);
    keyResult.inputs().forEach(it -> add(it, lines));
    lines.add("");
  }

  private static void add(PlannedObjective objective, List<String> lines) {
    @Nullable Score from = objective.from();
    @Nullable Score to = objective.to();
    lines.add(
        "objective %s %s: %s"
            .formatted(objective.id(), what(objective.change()), objective.title()));
    line(
        "score",
        from == null ? null : Figures.percent(from.score()),
        to == null ? null : Figures.percent(to.score()),
        lines);
    line("status", from == null ? null : from.status(), to == null ? null : to.status(), lines);
    lines.add("");
  }

  private static String what(Change change) {
    return switch (change) {
      case APPEARS -> "would appear";
      case DISAPPEARS -> "would disappear";
      case MOVES -> "would move";
      case RECOUNTED -> "would come to the same by other records";
      case STAYS -> "would stay";
    };
  }

  private static void line(
      String name, @Nullable String from, @Nullable String to, List<String> lines) {
    String text =
        from == null || to == null || from.equals(to)
            ? String.valueOf(to == null ? from : to)
            : from + " -> " + to;
    lines.add("  %-9s %s".formatted(name, text));
  }

  /** Whether there would be no new value any more, and the one of now stays. */
  private static boolean isLost(@Nullable State from, State to) {
    return from != null && from.reason() == null && to.reason() != null && to.value() != null;
  }

  private static String value(@Nullable State from, State to) {
    return isLost(from, to) ? noValue(to) : value(to);
  }

  private static String noValue(State state) {
    return "no value (%s)".formatted(state.reason());
  }

  private static String value(State state) {
    if (state.value() == null) {
      return noValue(state);
    }
    return state.reason() == null
        ? text(state.value())
        : "%s (%s)".formatted(text(state.value()), state.reason());
  }

  private static void add(Edits definitions, List<String> lines) {
    for (Edit it : definitions.first()) {
      lines.add("  " + printable("%s: %s -> %s".formatted(it.what(), it.from(), it.to())));
    }
    long more = definitions.count() - definitions.first().size();
    if (more > 0) {
      lines.add("  … and " + Counted.of(more, "more definitions"));
    }
  }

  private static void add(PlannedInput input, List<String> lines) {
    @Nullable Part from = input.from();
    @Nullable Part to = input.to();
    String change =
        from == null || to == null
            ? (from == null ? "now asked for, " + part(to) : "not asked for any more")
            : part(from) + " -> " + part(to);
    lines.add("  %s: %s".formatted(input.name(), change));
    add("+", "enter", input.enter(), lines);
    add("-", "leave", input.leave(), lines);
    add("~", "count otherwise", input.alter(), lines);
  }

  private static void add(String sign, String verb, Records records, List<String> lines) {
    if (records.count() == 0) {
      return;
    }
    String more = records.count() > records.first().size() ? ", …" : "";
    String named = records.first().stream().map(PlanReport::name).collect(Collectors.joining(", "));
    lines.add("    %s %d %s: %s%s".formatted(sign, records.count(), verb, named, more));
  }

  private static String name(NamedRecord record) {
    String title = record.title() == null ? "" : " '" + printable(record.title()) + "'";
    String url = record.url() == null ? "" : " (" + printable(record.url()) + ")";
    return printable(record.id()) + title + url;
  }

  private static String part(@Nullable Part part) {
    if (part == null) {
      return "nothing";
    }
    String records = Counted.of(part.records(), "records");
    return part.value() == null
        ? "no value (%s)".formatted(part.reason())
        : "%s of %s".formatted(text(part.value()), records);
  }

  private static String text(@Nullable BigDecimal value) {
    return value == null ? "-" : value.toPlainString();
  }

  /** Without characters that would change the terminal it is shown on. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }

  /** Equal numbers written alike. */
  static @Nullable BigDecimal plain(@Nullable BigDecimal value) {
    if (value == null) {
      return null;
    }
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }
}
