package io.okrsync;

import io.okrsync.config.Expectation;
import io.okrsync.okr.Counted;
import io.okrsync.okr.Input;
import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of cases, for people and for programs. */
record CaseReport(List<CaseRun> runs) {

  long failed() {
    return runs.stream().filter(run -> !run.isMet()).count();
  }

  /**
   * Such as:
   *
   * <pre>
   * config/tests/sales.yaml
   *   ok      an open deal counts neither way
   *   FAILED  a lost deal counts (line 12)
   *             win-rate: expected 50, but is 33.3333333333
   *               deals_won = 1 of 1 record
   *               deals_lost = 2 of 2 records
   *
   * 2 cases, 1 failed
   * </pre>
   */
  String text() {
    List<String> lines = new ArrayList<>();
    String file = "";
    for (CaseRun run : runs) {
      if (!run.it().file().equals(file)) {
        file = run.it().file();
        lines.add(file);
      }
      lines.add(
          run.isMet()
              ? "  ok      " + run.it().name()
              : "  FAILED  %s (line %d)".formatted(run.it().name(), run.it().line()));
      run.unusable().forEach(each -> lines.add("            " + each));
      run.compared().stream().filter(each -> !each.isMet()).forEach(each -> add(each, lines));
    }
    lines.add("");
    String count = Counted.of(runs.size(), "cases");
    lines.add(count + (failed() == 0 ? ", all as expected" : ", " + failed() + " failed"));
    return String.join("\n", lines);
  }

  private static void add(CaseRun.Compared compared, List<String> lines) {
    lines.add(
        "            %s: expected %s, but is %s"
            .formatted(
                compared.keyResult(),
                words(compared.expected()),
                words(compared.actual(), compared.expected())));
    compared.inputs().forEach(input -> lines.add("              " + words(input)));
  }

  private static String words(Expectation expected) {
    List<String> words = new ArrayList<>();
    if (expected.value() != null) {
      words.add(expected.value().toPlainString());
    }
    if (expected.reason() != null) {
      words.add("no value (%s)".formatted(expected.reason()));
    }
    if (expected.status() != null) {
      words.add(expected.status().label());
    }
    return String.join(", ", words);
  }

  private static String words(Standing actual, Expectation expected) {
    String value = actual.value() == null ? "no value" : plain(actual.value());
    String reason = actual.reason() == null ? "" : " (" + actual.reason() + ")";
    String status = expected.status() == null ? "" : ", " + actual.status().label();
    return value + reason + status;
  }

  private static String words(Input input) {
    String records = Counted.of(input.records(), "records");
    return input.value() == null
        ? "%s has no value: %s".formatted(input.name(), input.reason())
        : "%s = %s of %s".formatted(input.name(), plain(input.value()), records);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cases", runs.size());
    json.put("failed", failed());
    json.put("items", runs.stream().map(CaseReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(CaseRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", run.it().file());
    json.put("line", run.it().line());
    json.put("name", run.it().name());
    json.put("ok", run.isMet());
    json.put("unusable", run.unusable());
    json.put("keyResults", run.compared().stream().map(CaseReport::json).toList());
    return json;
  }

  private static Map<String, Object> json(CaseRun.Compared compared) {
    Map<String, Object> json = new LinkedHashMap<>();
    Expectation expected = compared.expected();
    Standing actual = compared.actual();
    json.put("id", compared.keyResult());
    json.put("ok", compared.isMet());
    json.put("expected", state(expected.value(), expected.reason(), label(expected)));
    json.put("actual", state(actual.value(), actual.reason(), actual.status().label()));
    json.put("inputs", compared.inputs().stream().map(CaseReport::json).toList());
    return json;
  }

  private static @Nullable String label(Expectation expected) {
    return expected.status() == null ? null : expected.status().label();
  }

  private static Map<String, @Nullable Object> state(
      @Nullable BigDecimal value, @Nullable String reason, @Nullable String status) {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("value", value);
    state.put("reason", reason);
    state.put("status", status);
    return state;
  }

  private static Map<String, @Nullable Object> json(Input input) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", input.name());
    json.put("records", input.records());
    json.put("value", input.value());
    json.put("reason", input.reason());
    return json;
  }

  private static String plain(BigDecimal value) {
    BigDecimal shortest = value.stripTrailingZeros();
    return (shortest.scale() < 0 ? shortest.setScale(0) : shortest).toPlainString();
  }
}
