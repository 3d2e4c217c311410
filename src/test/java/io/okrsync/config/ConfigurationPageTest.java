package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference page says what is read, and its examples work. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("src/docs/configuration.md");
  private static final Path PREVIEW = Path.of("src/docs/preview.md");
  private static final Pattern TABLE =
      Pattern.compile("<!-- keys: (\\w+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n# (\\S+\\.yaml)\n(.*?)```", Pattern.DOTALL);
  private static final Map<String, Shape> SHAPES = shapes();

  /**
   * To write the tables anew: {@code mvn test -Dtest=ConfigurationPageTest -Dokrsync.write=true}.
   */
  @Test
  void its_tables_tell_every_key() throws IOException {
    Set<String> told = new TreeSet<>(checkTables(PAGE));
    told.addAll(checkTables(PREVIEW));

    assertThat(told).containsExactlyInAnyOrderElementsOf(SHAPES.keySet());
  }

  /** The names of the tables, each of which tells every key. */
  private static List<String> checkTables(Path file) throws IOException {
    String page = Files.readString(file);
    String expected =
        TABLE
            .matcher(page)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        "<!-- keys: %s -->\n%s<!-- end -->"
                            .formatted(match.group(1), table(match.group(1)))));
    if (Boolean.getBoolean("okrsync.write")) {
      Files.writeString(file, expected);
    }

    assertThat(file).hasContent(expected);
    return TABLE.matcher(page).results().map(match -> match.group(1)).toList();
  }

  @Test
  void its_first_example_is_a_complete_configuration(@TempDir Path temporary) throws IOException {
    assertAccepted(load(temporary, examples().subList(0, 3)));
  }

  @Test
  void its_further_examples_work_together(@TempDir Path temporary) throws IOException {
    assertAccepted(load(temporary, examples().subList(3, 7)));
  }

  private static Loaded load(Path folder, List<MatchResult> files) throws IOException {
    for (MatchResult file : files) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2).replace("/run/secrets/pipedrive", "token"));
    }
    Files.writeString(folder.resolve("token"), "secret");
    return new ConfigurationFolder(folder, name -> "value of " + name).load(SampleConnectors.KNOWN);
  }

  private static void assertAccepted(Loaded loaded) {
    assertThat(loaded)
        .as(
            () ->
                loaded instanceof Loaded.Refused refused
                    ? Problems.text(refused.problems())
                    : "accepted")
        .isInstanceOf(Loaded.Accepted.class);
  }

  private static List<MatchResult> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(PAGE)).results().toList();
  }

  private static String table(String name) {
    Shape shape = SHAPES.getOrDefault(name, Shape.of());
    return shape.keys().stream()
        .map(ConfigurationPageTest::row)
        .collect(
            Collectors.joining(
                "", "| key | default | example | meaning |\n|---|---|---|---|\n", ""));
  }

  private static String row(Key<?> key) {
    String standard = key.standard() == null ? "none" : key.standard();
    return "| `%s` | %s | `%s` | %s |\n"
        .formatted(
            key.name(), key.required() ? "required" : standard, key.example(), key.meaning());
  }

  private static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("source", SourceKeys.SOURCE);
    shapes.put("freshness", SourceKeys.LIMITS);
    shapes.put("guard", SourceKeys.GUARD_LIMITS);
    shapes.put("measures", MeasureKeys.FILE);
    shapes.put("requests", SourceKeys.REQUESTS);
    shapes.put("oauth2", SourceKeys.TOKENS);
    shapes.put("rates", MeasureKeys.RATE_TABLE);
    shapes.put("measure", MeasureKeys.MEASURE);
    shapes.put("okrs", OkrKeys.FILE);
    shapes.put("cycle", OkrKeys.CYCLE);
    shapes.put("grades", OkrKeys.GRADE_BOUNDS);
    shapes.put("objective", OkrKeys.OBJECTIVE);
    shapes.put("keyResult", OkrKeys.KEY_RESULT);
    shapes.put("lint", LintKeys.FILE);
    shapes.put("limits", LintKeys.LIMITS);
    shapes.put("cases", CaseKeys.FILE);
    shapes.put("case", CaseKeys.CASE);
    shapes.put("expectation", CaseKeys.EXPECTATION);
    return shapes;
  }
}
