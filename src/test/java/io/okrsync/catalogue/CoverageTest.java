package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.okrsync.catalogue.Answer.Expressed;
import io.okrsync.catalogue.Answer.NotYet;
import io.okrsync.catalogue.Answer.Refused;
import io.okrsync.catalogue.Blocks.Block;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of every entry of the inventory of objectives, key results and metrics. The
 * inventory is kept beside the project, not in it.
 */
class CoverageTest {
  private static final Path INVENTORY = Path.of("../shared/okr/key-results.yaml");
  private static final Path TABLE = Path.of("src/docs/catalogue-table.md");
  private static final String BLOCK = "[%s](../../config/catalogue/okrs/%s#L%d)";

  /** By team, then by entry. */
  private final Map<String, Map<String, Answer>> teams = new LinkedHashMap<>();

  private Map<String, Block> blocks = Map.of();

  @BeforeEach
  @SuppressWarnings("unchecked")
  void read() throws IOException {
    Blocks.yaml(Path.of("src/test/resources/catalogue/entries.yaml"))
        .forEach(
            (team, entries) -> {
              Map<String, Answer> answers = new LinkedHashMap<>();
              ((Map<String, String>) entries)
                  .forEach((entry, text) -> answers.put(entry, Answer.of(text)));
              teams.put(team, answers);
            });
    blocks = Blocks.read();
  }

  @Test
  void every_key_result_that_is_named_stands_in_the_catalogue() {
    assertThat(blocks.keySet())
        .containsAll(answers(Expressed.class).flatMap(it -> it.blocks().stream()).toList());
  }

  @Test
  void no_measure_is_left_over() throws IOException {
    Path catalogue = Path.of("config/catalogue");
    Set<String> named = new HashSet<>();
    try (Stream<Path> files = Files.walk(catalogue.resolve("okrs"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        named.addAll(words(Files.readString(file)));
      }
    }
    Map<String, Object> measures = Blocks.yaml(catalogue.resolve("measures.yaml"));
    named.addAll(words(String.valueOf(measures.get("definitions"))));

    assertThat(named).containsAll(names(measures.get("measures")));
  }

  private static Set<String> names(@Nullable Object mapping) {
    return ((Map<?, ?>) requireNonNull(mapping))
        .keySet().stream().map(String::valueOf).collect(Collectors.toSet());
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.split("\\W+")));
  }

  /** To write it anew: {@code mvn test -Dtest=CoverageTest -Dokrsync.write=true}. */
  @Test
  void the_table_says_the_same() throws IOException {
    if (Boolean.getBoolean("okrsync.write")) {
      Files.writeString(TABLE, table());
    }
    assertThat(TABLE).hasContent(table());
  }

  @Test
  void no_entry_of_the_inventory_is_left_out_and_none_is_made_up() throws IOException {
    Map<String, List<String>> expected = new LinkedHashMap<>();
    inventory()
        .forEach(
            entry ->
                expected
                    .computeIfAbsent(text(entry, "team"), team -> new ArrayList<>())
                    .add(text(entry, "id")));

    assertThat(teams.keySet()).isEqualTo(expected.keySet());
    teams.forEach(
        (team, entries) ->
            assertThat(entries.keySet()).containsExactlyElementsOf(expected.get(team)));
    assertThat(answers(Answer.class)).hasSize(276);
  }

  @Test
  void only_what_the_inventory_cannot_compute_either_is_refused() throws IOException {
    for (Map<String, Object> entry : inventory()) {
      if (answer(entry) instanceof Refused) {
        assertThat(entry).containsEntry("reach", "manual");
      }
    }
  }

  @Test
  void targets_and_baselines_are_those_of_the_inventory() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Map<String, Object> entry : inventory()) {
      if (answer(entry) instanceof Expressed expressed) {
        Block block = requireNonNull(blocks.get(expressed.blocks().get(0)));
        for (String key : List.of("baseline", "target")) {
          BigDecimal ours = key.equals("target") ? block.target() : block.baseline();
          Object theirs = entry.get(key);
          if (theirs != null && ours != null && !same(ours, theirs, block)) {
            differences.add("%s: %s is %s, not %s".formatted(entry.get("id"), key, theirs, ours));
          }
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** "Once in every month" is also said by 100% of the months. */
  private static boolean same(BigDecimal ours, Object theirs, Block block) {
    boolean every = "%".equals(block.unit()) && ours.intValue() == 100 && theirs.equals(1);
    return every || ours.compareTo(new BigDecimal(theirs.toString())) == 0;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> inventory() throws IOException {
    boolean required = "true".equals(System.getenv("CI"));
    assumeTrue(
        required || Files.exists(INVENTORY),
        "needs " + INVENTORY + ", which is not beside this project");
    return (List<Map<String, Object>>) requireNonNull(Blocks.yaml(INVENTORY).get("entries"));
  }

  private @Nullable Answer answer(Map<String, Object> entry) {
    return requireNonNull(teams.get(text(entry, "team"))).get(text(entry, "id"));
  }

  private static String text(Map<String, Object> entry, String key) {
    return requireNonNull(entry.get(key)).toString();
  }

  private <T extends Answer> Stream<T> answers(Class<T> kind) {
    return teams.values().stream()
        .flatMap(answers -> answers.values().stream())
        .filter(kind::isInstance)
        .map(kind::cast);
  }

  private String table() {
    StringBuilder table =
        new StringBuilder(
            """
            # What the catalogue covers

            <!-- Written by CoverageTest; change src/test/resources/catalogue/entries.yaml. -->

            Every objective, key result and metric of the inventory that this product is built against, and what becomes of it: *expressed*, with
            a link to the block to copy ([how](catalogue.md)); *refused*, because it cannot be computed as it is written; or *not yet*, with what
            the language lacks.

            | team | entries | expressed | refused | not yet |
            |---|---|---|---|---|
            """);
    teams.forEach(
        (team, answers) -> table.append(counts(heading(team), answers.values().stream())));
    table.append(counts("**all**", answers(Answer.class)));
    teams.forEach(
        (team, answers) -> {
          table.append("\n## ").append(heading(team)).append("\n\n| entry | answer |\n|---|---|\n");
          answers.forEach(
              (entry, answer) -> table.append("| `%s` | %s |\n".formatted(entry, shown(answer))));
        });
    return table.toString();
  }

  private static String counts(String name, Stream<? extends Answer> answers) {
    List<? extends Answer> all = answers.toList();
    return "| %s | %d | %d | %d | %d |\n"
        .formatted(
            name,
            all.size(),
            all.stream().filter(Expressed.class::isInstance).count(),
            all.stream().filter(Refused.class::isInstance).count(),
            all.stream().filter(NotYet.class::isInstance).count());
  }

  private String shown(Answer answer) {
    if (answer instanceof Expressed expressed) {
      return expressed.blocks().stream().map(this::link).collect(Collectors.joining("; "));
    }
    return answer instanceof Refused refused
        ? "*refused:* " + refused.why()
        : "*not yet:* " + ((NotYet) answer).needs();
  }

  private String link(String name) {
    Block block = blocks.get(name);
    return block == null
        ? name
        : (name.startsWith("objective ") ? "objective " : "")
            + BLOCK.formatted(block.title(), block.file(), block.line());
  }

  private static String heading(String team) {
    return team.equals("hr")
        ? "HR"
        : team.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + team.substring(1).replace('-', ' ');
  }
}
