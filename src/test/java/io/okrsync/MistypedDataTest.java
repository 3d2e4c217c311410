package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.Workspace.Said;
import io.okrsync.store.Store;
import io.okrsync.store.StoreMissing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who looks where nothing is, or adds to what is not there, is told so, and nothing is made. */
class MistypedDataTest {
  private static final Set<String> MAY_MAKE =
      Set.of("demo", "serve", "sync", "backfill", "census", "reconcile");
  private static final Set<String> OPEN_NOTHING =
      Set.of("validate", "test", "connectors", "catalogue");

  @TempDir Path folder;

  static Stream<List<String>> others() {
    return Stream.of(
        List.of("status"),
        List.of("status", "win-rate"),
        List.of("status", "--as-of", "2026-11-21"),
        List.of("log"),
        List.of("explain", "win-rate"),
        List.of("receipt", "1"),
        List.of("replay"),
        List.of("verify"),
        List.of("export", "evidence", "--to", "{folder}/pack.zip"),
        List.of("export", "access", "--to", "{folder}/pack.zip"),
        List.of("export", "mappings", "--to", "{folder}/pack.zip"),
        List.of("export", "population", "1", "--to", "{folder}/pack.zip"),
        List.of("export", "runs", "--to", "{folder}/pack.zip"),
        List.of("restatements"),
        List.of("next-cycle", "2026-Q4", "--to", "{folder}/pack.zip"),
        List.of("checkpoint"),
        List.of("prune"),
        List.of("plan"),
        List.of("check-in", "win-rate", "--confidence", "4"),
        List.of("state", "win-rate", "--learned", "much"),
        List.of("release", "1", "--reason", "fine"),
        List.of("discard", "1", "--reason", "wrong"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void nothing_is_made(List<String> command) {
    Workspace workspace = new Workspace(folder).withCrm("http://127.0.0.1:9");

    Said said =
        workspace.run(
            command.stream()
                .map(word -> word.replace("{folder}", folder.toString()))
                .toArray(String[]::new));

    assertThat(said.exit()).as(said.all()).isEqualTo(Main.REFUSED);
    assertThat(said.err())
        .isEqualToIgnoringNewLines(
            "There is no database of OKR Sync at "
                + workspace.data().resolve("okr-sync.mv.db")
                + ", and none was made; name the right folder with --data."
                + " 'sync' and 'serve' make one.");
    assertThat(workspace.data()).doesNotExist();
    assertThat(folder.resolve("pack.zip")).doesNotExist();
  }

  @Test
  void a_refused_configuration_leaves_no_database_behind() {
    Workspace workspace = new Workspace(folder).withCrm("http://127.0.0.1:9");
    workspace.okrs("deals_wno + 1");

    Said said = workspace.run("sync");

    assertThat(said.exit()).as(said.all()).isEqualTo(Main.REFUSED);
    assertThat(workspace.data()).isEmptyDirectory();
  }

  @Test
  void what_is_wrong_with_a_file_as_a_whole_has_no_line() throws IOException {
    Workspace workspace = new Workspace(folder).withCrm("http://127.0.0.1:9");
    Files.delete(workspace.config().resolve("measures.yaml"));
    Files.createDirectory(workspace.config().resolve("measures.yaml"));

    Said said =
        Workspace.only(
            "validate",
            "--json",
            "--config",
            workspace.config().toString(),
            "--routes",
            folder + "/no-routes");

    JsonNode json = new ObjectMapper().readTree(said.out());
    assertThat(json.at("/problems/0/file").asText()).endsWith("measures.yaml");
    assertThat(json.at("/problems/0").has("line")).isFalse();
    assertThat(json.at("/connectorProblems/0").asText()).contains("no-routes: ");
  }

  @Test
  void a_program_is_told_in_json() {
    Said said = new Workspace(folder).withCrm("http://127.0.0.1:9").run("log", "--json");

    assertThat(said.out()).startsWith("{\"error\":\"There is no database of OKR Sync at ");
  }

  @Test
  void a_database_without_tables_stays_without() {
    var settings = Postgres.emptyDatabase().settings();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> Store.open(settings.existing()))
          .isInstanceOf(StoreMissing.class)
          .hasMessageContaining("There is no database of OKR Sync at jdbc:postgresql:")
          .hasMessageContaining("name the right one with --database");
    }
  }

  @Test
  void no_command_is_forgotten() {
    Set<String> covered = new TreeSet<>(MAY_MAKE);
    covered.addAll(OPEN_NOTHING);
    others().forEach(it -> covered.add(it.get(0)));

    assertThat(Main.commandLine().getSubcommands().keySet()).isEqualTo(covered);
    assertThat(others().filter(it -> it.get(0).equals("export")).map(it -> it.get(1)).toList())
        .containsExactlyInAnyOrderElementsOf(
            requireNonNull(Main.commandLine().getSubcommands().get("export"))
                .getSubcommands()
                .keySet());
  }
}
