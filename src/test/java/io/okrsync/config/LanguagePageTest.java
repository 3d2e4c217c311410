package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.formula.Evaluation;
import io.okrsync.formula.Formula;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.Reading;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the page about measures and formulas says is so: its examples are loaded and computed. */
class LanguagePageTest {
  private static final Path PAGE = Path.of("src/docs/measures-and-formulas.md");
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CSV = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMPUTED =
      Pattern.compile("^\\| `(.+?)` \\| (-?[0-9.]+) \\| .* \\|$", Pattern.MULTILINE);
  private static final Pattern FORMULA = Pattern.compile("^formula: .*$", Pattern.MULTILINE);
  private static final String SOURCES =
      """
      sources:
        crm: { connector: pipedrive-deals, with: { apiToken: "{{env:TOKEN}}" } }
        jira: { connector: jira-issues, with: { baseUrl: "https://x.test", email: a@x.test, apiToken: "{{env:TOKEN}}" } }
      """;

  private final Folder folder;

  LanguagePageTest(@TempDir Path temporary) {
    folder = new Folder(temporary).sources(SOURCES).variable("TOKEN", "t0p-secret");
  }

  @Test
  void its_measures_are_right_and_so_are_its_formulas() throws IOException {
    Configuration configuration = page();
    assertThat(FORMULA.matcher(Files.readString(PAGE)).results()).hasSizeGreaterThan(2);
    FORMULA
        .matcher(Files.readString(PAGE))
        .results()
        .map(MatchResult::group)
        .forEach(formula -> okrs(formula).accepted());
    assertThat(configuration.measures()).hasSizeGreaterThan(5);
  }

  @TestFactory
  Stream<DynamicTest> its_formulas_come_to_what_it_says() throws IOException {
    page();
    String text = Files.readString(PAGE);
    List<SourceRecord> deals = deals(text);
    List<MatchResult> computed = COMPUTED.matcher(text).results().toList();
    assertThat(computed).hasSizeGreaterThan(10);
    return computed.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.group(1),
                    () ->
                        assertThat(evaluated(row.group(1), deals))
                            .isEqualTo(new Evaluation.Value(new BigDecimal(row.group(2))))));
  }

  /** Everything on the page in one configuration. */
  private Configuration page() throws IOException {
    String page = Files.readString(PAGE);
    List<String> blocks = YAML.matcher(page).results().map(block -> block.group(1)).toList();
    folder.measures(
        section("definitions", blocks) + section("rates", blocks) + section("measures", blocks));
    return okrs("formula: deals_won").accepted();
  }

  /** What stands under this key in any of the blocks. */
  private static String section(String key, List<String> blocks) {
    Pattern under = Pattern.compile("^" + key + ":\n((?: .*\n)*)", Pattern.MULTILINE);
    return key
        + ":\n"
        + blocks.stream()
            .flatMap(block -> under.matcher(block).results())
            .map(found -> found.group(1))
            .collect(Collectors.joining());
  }

  private Folder okrs(String formula) {
    return folder.okrs(
        Folder.OKRS.replaceAll("formula: .*", java.util.regex.Matcher.quoteReplacement(formula)));
  }

  private Evaluation evaluated(String formula, List<SourceRecord> deals) {
    okrs("formula: \"%s\"".formatted(formula));
    Configuration configuration = folder.accepted();
    Formula compiled = Objects.requireNonNull(configuration.formulas().get("win-rate"));
    List<Contribution> all =
        configuration.measures().values().stream()
            .filter(measure -> measure.definition().from().equals("crm"))
            .flatMap(measure -> deals.stream().flatMap(it -> measure.contribution(it).stream()))
            .toList();
    Scope scope =
        Scope.of(
            LocalDate.of(2026, 10, 1),
            LocalDate.of(2026, 12, 31),
            ZoneOffset.UTC,
            Instant.parse("2026-11-12T08:00:00Z"));
    Map<MeasureUse, Reading> read = new HashMap<>();
    for (MeasureUse use : compiled.uses(scope)) {
      read.put(use, InMemory.read(use.selection(), all));
      if (use.grouped()) {
        InMemory.groups(use.selection(), all).forEach((key, one) -> read.put(use.of(key), one));
      }
    }
    return compiled.evaluate(scope, read);
  }

  private static List<SourceRecord> deals(String page) {
    return CSV.matcher(page)
        .results()
        .flatMap(block -> block.group(1).lines().skip(1))
        .map(LanguagePageTest::deal)
        .toList();
  }

  private static SourceRecord deal(String line) {
    String[] cells = line.split(",");
    ObjectNode fields = JsonNodeFactory.instance.objectNode().put("status", "won");
    fields.put("owner", cells[1]).put("value", new BigDecimal(cells[3]));
    fields.put("wonAt", cells[4] + "T12:00:00Z");
    fields.putObject("custom").put("customer", cells[2]);
    return new SourceRecord(cells[0], Instant.parse(cells[4] + "T12:00:00Z"), false, fields);
  }
}
