package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.okrsync.formula.Evaluation;
import io.okrsync.formula.Formula;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Reading;
import io.okrsync.okr.Ambition;
import io.okrsync.okr.Cascade;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Grade;
import io.okrsync.okr.Grades;
import io.okrsync.okr.Indicator;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Marks;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Pace;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Terms;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the page of key results says is what happens. */
class KeyResultsPageTest {
  private static final Path PAGE = Path.of("src/docs/key-results.md");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n# (\\S+\\.yaml)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern STANDINGS =
      Pattern.compile("\\| key result \\| baseline \\| value .*?\n\\|[-|]+\\|\n((?:\\|.*\n)+)");

  @TempDir Path temporary;

  @Test
  void its_examples_work_together() throws IOException {
    assertThat(keyResults()).hasSizeGreaterThan(6);
  }

  @TestFactory
  List<DynamicTest> its_tables_are_right() throws IOException {
    Map<String, KeyResult> keyResults = keyResults();
    List<String> rows =
        STANDINGS
            .matcher(Files.readString(PAGE))
            .results()
            .flatMap(table -> table.group(1).lines())
            .toList();
    assertThat(rows).hasSizeGreaterThan(14);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row, () -> check(row, keyResults)))
        .toList();
  }

  private static void check(String row, Map<String, KeyResult> keyResults) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    KeyResult keyResult = Objects.requireNonNull(keyResults.get(cells.get(1)), cells.get(1));
    Standing standing =
        new Standing(
            keyResult,
            new BigDecimal(cells.get(3)),
            null,
            Instant.EPOCH,
            Freshness.FRESH,
            new BigDecimal(cells.get(4)),
            new Marks(baseline(cells.get(2)), null, null, null));

    assertSame(standing.progress(), cells.get(5));
    assertSame(standing.score(), cells.get(6));
    assertThat(standing.status().label()).isEqualTo(cells.get(7));
  }

  @TestFactory
  List<DynamicTest> its_roll_ups_are_right() throws IOException {
    List<Objective> objectives = objectives();
    List<String> rows = rows("\\| values \\| elapsed .*?");
    assertThat(rows).hasSizeGreaterThan(5);
    return rows.stream()
        .map(row -> DynamicTest.dynamicTest(row, () -> checkRollUp(row, objectives)))
        .toList();
  }

  private static void checkRollUp(String row, List<Objective> objectives) {
    List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
    Map<String, BigDecimal> values =
        Arrays.stream(cells.get(1).split(", "))
            .map(it -> it.split(" "))
            .collect(Collectors.toMap(it -> it[0], it -> new BigDecimal(it[1])));
    BigDecimal elapsed = new BigDecimal(cells.get(2));
    Cycle quarter = objectives.get(0).cycle();
    Instant at =
        quarter
            .start()
            .plusSeconds(
                elapsed
                    .multiply(
                        BigDecimal.valueOf(
                            Duration.between(quarter.start(), quarter.end()).toSeconds()))
                    .longValue());
    Standing standing =
        new Cascade(objectives)
                .standings(
                    it -> new Standing(it, values.get(it.id()), null, at, Freshness.FRESH, elapsed),
                    (it, child) -> Cascade.standing(it, child, null, at))
                .stream()
                .flatMap(it -> it.keyResults().stream())
                .filter(it -> it.keyResult().id().equals(cells.get(3)))
                .findFirst()
                .orElseThrow();

    assertThat(standing.value())
        .isCloseTo(new BigDecimal(cells.get(4)), within(new BigDecimal("0.00001")));
    assertSame(standing.expected(), cells.get(5));
    assertThat(standing.status().label()).isEqualTo(cells.get(6));
  }

  @Test
  void its_months_are_right() throws IOException {
    Map<String, Formula> formulas = folder().accepted().formulas();
    List<String> rows = rows("\\| months \\| months-met .*?");
    assertThat(rows).hasSize(2);
    for (String row : rows) {
      List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
      assertThat(inMonths(formulas, "months-met", cells.get(1))).isEqualByComparingTo(cells.get(2));
      assertThat(inMonths(formulas, "months-counted", cells.get(1)))
          .isEqualByComparingTo(cells.get(3));
    }
  }

  /** The value of a formula over these many won deals in October, November and December. */
  private static BigDecimal inMonths(Map<String, Formula> formulas, String id, String months) {
    Formula formula = Objects.requireNonNull(formulas.get(id));
    ZoneId zone = ZoneId.of("Asia/Jakarta");
    Scope scope =
        Scope.of(
            LocalDate.of(2026, 10, 1),
            LocalDate.of(2026, 12, 31),
            zone,
            Instant.parse("2027-01-02T00:00:00Z"));
    String[] counts = months.split(", ");
    Map<MeasureUse, Reading> read = new LinkedHashMap<>();
    for (MeasureUse use : formula.uses(scope)) {
      int month = use.window().from().atZone(zone).getMonthValue() - 10;
      BigDecimal count = new BigDecimal(counts[month]);
      read.put(use, new Reading("deals_won", use.window(), count.longValue(), count, null));
    }
    return ((Evaluation.Value) formula.evaluate(scope, read)).value();
  }

  private static List<String> rows(String header) throws IOException {
    return Pattern.compile(header + "\n\\|[-|]+\\|\n((?:\\|.*\n)+)")
        .matcher(Files.readString(PAGE))
        .results()
        .flatMap(table -> table.group(1).lines())
        .toList();
  }

  @Test
  void its_grades_are_right() throws IOException {
    List<String> rows =
        Pattern.compile("\\| score \\| committed .*?\n\\|[-|]+\\|\n((?:\\|.*\n)+)")
            .matcher(Files.readString(PAGE))
            .results()
            .flatMap(table -> table.group(1).lines())
            .toList();
    assertThat(rows).hasSize(7);
    for (String row : rows) {
      List<String> cells = Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
      BigDecimal score = new BigDecimal(cells.get(1));
      assertThat(Grade.of(score, Ambition.COMMITTED, Grades.STANDARD))
          .hasToString(name(cells.get(2)));
      assertThat(Grade.of(score, Ambition.STRETCH, Grades.STANDARD))
          .hasToString(name(cells.get(3)));
    }
  }

  private static String name(String label) {
    return Arrays.stream(Grade.values())
        .filter(it -> it.label().equals(label))
        .findFirst()
        .orElseThrow()
        .name();
  }

  @Test
  void its_weights_are_products() throws IOException {
    Map<String, KeyResult> keyResults = keyResults();
    assertThat(Objects.requireNonNull(keyResults.get("heavy")).weight()).isEqualByComparingTo("9");
    assertThat(Objects.requireNonNull(keyResults.get("light")).terms())
        .isEqualTo(
            new Terms(
                Optional.of("Budi"),
                Pace.STEADY,
                Ambition.STRETCH,
                Optional.of(Indicator.LEADING),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Grades.STANDARD));
    assertThat(Objects.requireNonNull(keyResults.get("november-deals")).cycle().from())
        .isEqualTo("2026-11-01");
  }

  private static @Nullable Frozen baseline(String cell) {
    if (cell.isEmpty()) {
      return null;
    }
    return cell.equals("none")
        ? Frozen.notYet("no records")
        : new Frozen(new BigDecimal(cell), null, Instant.EPOCH, 1L);
  }

  private static void assertSame(@Nullable BigDecimal number, String cell) {
    if (cell.isEmpty()) {
      assertThat(number).isNull();
    } else {
      assertThat(number).isEqualByComparingTo(cell);
    }
  }

  private Map<String, KeyResult> keyResults() throws IOException {
    return objectives().stream()
        .flatMap(it -> it.keyResults().stream())
        .collect(Collectors.toMap(KeyResult::id, Function.identity()));
  }

  private List<Objective> objectives() throws IOException {
    return folder().accepted().objectives();
  }

  private Folder folder() throws IOException {
    Folder folder = new Folder(temporary).delete("okrs/q4.yaml");
    EXAMPLE
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(file -> folder.file(file.group(1), file.group(2)));
    return folder;
  }
}
