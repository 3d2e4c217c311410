package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.FakeCrm.Mood;
import io.okrsync.Workspace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong in a sync is said, with what to do; the exit code tells; the values stay. */
class SyncFaultsTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));
  private List<String> before = List.of();

  @BeforeEach
  void a_first_sync_went_well() {
    workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100.10");
    crm.won(2, "0.20");
    crm.lost(3);
    crm.lost(4);
    Said said = workspace.run("sync");
    assertThat(said.exit()).as(said.all()).isZero();
    before = values();
    assertThat(before).containsExactly("win-rate 50", "revenue 100.3");
  }

  @AfterEach
  void nothing_is_left_running() {
    crm.close();
  }

  @Test
  void a_second_sync_of_the_same_changes_nothing_and_says_so() {
    Said said = workspace.run("sync", "crm");

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("4 unchanged");
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void status_shows_no_zeros_that_say_nothing() {
    assertThat(workspace.run("status").out())
        .contains(" 50 % ", " 100.3 USD ")
        .doesNotContain(".00");
  }

  @Test
  void a_wrong_token_is_refused_and_nowhere_to_be_seen() {
    workspace.write("config/secrets/token", "canary-7d1f");

    Said said = workspace.run("sync");

    failed(said, "crm", "401", "put another apiToken into the file secrets/token");
    assertThat(said.all()).doesNotContain("canary-7d1f");
  }

  @Test
  void a_dead_host_is_named() {
    workspace.withCrm("http://127.0.0.1:9");

    Said said = workspace.run("sync");

    failed(
        said,
        "127.0.0.1:9",
        "continues at",
        "where no 'serve' is running, run 'okr-sync sync crm' then");
  }

  @Test
  void a_web_page_instead_of_json_is_recognised() {
    crm.mood = Mood.HTML_ERROR_PAGE;

    failed(workspace.run("sync"), "web page", "baseUrl");
  }

  @Test
  void status_says_which_source_failed_last_though_the_values_are_still_fresh() {
    assertThat(workspace.run("status").out()).doesNotContain("source crm");
    crm.mood = Mood.HTML_ERROR_PAGE;
    workspace.run("sync");

    assertThat(workspace.run("status").out()).contains("source crm: run 2: failed", "web page");
  }

  @Test
  void status_says_that_something_is_missing_until_it_is_read_whatever_fails_meanwhile() {
    String missing = "incomplete: 1 of 5 items of 'crm' could not be read; see run 2";
    crm.won(5, "\"much\"");
    workspace.run("sync");
    crm.mood = Mood.HTML_ERROR_PAGE;
    workspace.run("sync");

    assertThat(workspace.run("status").out()).contains(missing);

    crm.mood = Mood.WELL;
    crm.forget(1);
    crm.won(5, "1");
    workspace.run("sync");
    assertThat(workspace.run("status").out()).doesNotContain("incomplete");
  }

  @Test
  void a_port_that_cannot_be_is_wrong_usage_before_anything_is_opened() {
    Said said =
        Workspace.only(
            "serve",
            "--config",
            workspace.config().toString(),
            "--data",
            folder.resolve("none").toString(),
            "--port",
            "99999");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("port must be from 0 to 65535: 99999");
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void a_body_that_was_cut_off_is_recognised() {
    crm.mood = Mood.CUT_OFF;

    failed(workspace.run("sync"), "breaks off in the middle", "fewer records", "proxy");
  }

  @Test
  void a_cursor_that_comes_again_ends_the_run() {
    crm.mood = Mood.SAME_CURSOR_AGAIN;

    failed(workspace.run("sync"), "same page twice", "the next run begins anew");
    assertThat(crm.requests.get()).isLessThan(12);
  }

  @Test
  void after_a_cursor_that_came_again_the_next_run_begins_under_a_number_of_its_own() {
    crm.mood = Mood.SAME_CURSOR_AGAIN;
    workspace.run("sync");
    crm.mood = Mood.WELL;

    Said said = workspace.run("sync");

    assertThat(said.out()).contains("run 3  OK: read 4: 4 unchanged");
  }

  @Test
  void a_run_that_breaks_on_a_later_page_publishes_nothing_of_the_pages_before() {
    crm.won(5, "1000");
    crm.mood = Mood.BREAKS_ON_THE_SECOND_PAGE;

    failed(workspace.run("sync"), "bad cursor");
  }

  @Test
  void a_place_from_which_reading_cannot_go_on_is_given_up() {
    crm.mood = Mood.BREAKS_ON_THE_SECOND_PAGE;
    workspace.run("sync");
    failed(workspace.run("sync"), "bad cursor", "begins anew");
    crm.mood = Mood.WELL;

    Said said = workspace.run("sync");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("read 4: 4 unchanged");
  }

  @Test
  void a_field_that_changed_its_type_is_rejected_with_its_name() {
    crm.mood = Mood.NUMBER_BECOMES_TEXT;

    failed(workspace.run("sync"), "value", "much");
  }

  @Test
  void a_wrong_formula_is_refused_with_file_line_and_the_nearest_name() {
    workspace.okrs("deals_wno + 1");

    Said said = workspace.run("sync");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("okrs/2026-q4.yaml", "line 9", "column", "deals_wno", "deals_won");
    workspace.okrs("100.0 * deals_won / (deals_won + deals_lost)");
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void an_unknown_field_in_a_measure_is_refused_with_the_nearest_name() {
    String measures = workspace.read("config/measures.yaml");
    workspace.write(
        "config/measures.yaml", measures.replace("at: wonAt,  count", "at: wonAtt,  count"));

    Said said = workspace.run("sync");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("measures.yaml", "line 2", "wonAtt", "wonAt");
    workspace.write("config/measures.yaml", measures);
    assertThat(values()).isEqualTo(before);
  }

  @Test
  void a_file_that_cannot_be_read_is_named() throws IOException {
    Files.delete(workspace.config().resolve("measures.yaml"));
    Files.createDirectory(workspace.config().resolve("measures.yaml"));

    Said said = workspace.run("sync");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).contains("measures.yaml");
  }

  @Test
  void a_data_folder_that_is_a_file_is_said_to_be_so() {
    Path file = workspace.write("not-a-folder", "");

    Said said =
        Workspace.only(
            "sync", "--config", workspace.config().toString(), "--data", file.toString());

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.err()).contains("not-a-folder").doesNotContain("\tat ");
  }

  @Test
  void an_unknown_source_is_wrong_usage() {
    Said said = workspace.run("sync", "crn");

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err())
        .contains("no source is called 'crn'; did you mean 'crm'?", "See 'okr-sync sync --help'.")
        .doesNotContain("Usage:");
  }

  @Test
  void wrong_usage_is_json_too() {
    assertThat(Workspace.only("status", "--dta", "d", "--json").out())
        .startsWith("{\"error\":\"Unknown option")
        .endsWith("}\n");
  }

  @Test
  void everything_gone_at_once_is_not_believed() {
    workspace.write(
        "config/sources.yaml",
        workspace.read("config/sources.yaml").replace("overlap: 10m", "overlap: 11m"));
    crm.mood = Mood.EMPTY;

    workspace.run("sync");

    assertThat(values()).isEqualTo(before);
  }

  @Test
  void what_the_source_corrects_is_corrected() {
    crm.won(5, "0.07");
    crm.lost(6);

    Said said = workspace.run("sync");

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("2 created", "4 unchanged");
    assertThat(values()).containsExactly("win-rate 50", "revenue 100.37");
  }

  private void failed(Said said, String... words) {
    assertThat(said.exit()).as(said.all()).isEqualTo(1);
    assertThat(said.all()).contains(words).doesNotContain("right-token").doesNotContain("\tat ");
    workspace.write("config/secrets/token", "right-token");
    assertThat(values()).isEqualTo(before);
    assertThat(workspace.run("log").out()).contains(words[0]);
  }

  private List<String> values() {
    Said said = workspace.run("status", "--json");
    assertThat(said.exit()).as(said.all()).isZero();
    List<String> values = new ArrayList<>();
    for (JsonNode objective : json(said.out()).path("items")) {
      for (JsonNode keyResult : objective.path("keyResults")) {
        values.add(
            keyResult.path("id").asText()
                + " "
                + keyResult.path("value").decimalValue().stripTrailingZeros().toPlainString());
      }
    }
    return values;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper()
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
