package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.audit.EntryFilter;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan}: what a changed configuration would make of the stored records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PlanTest {
  private static final String MEASURES = "config/measures.yaml";
  private static final String OKRS = "config/okrs/2026-q4.yaml";

  private final FakeCrm crm = new FakeCrm();

  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Workspace workspace;

  /** One for all tests, since a plan changes nothing. */
  @BeforeAll
  void a_ledger(@TempDir Path temporary) {
    folder = temporary;
    workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100");
    crm.won(3, "300");
    crm.lost(2);
    assertThat(workspace.run("sync").exit()).isZero();
  }

  @BeforeEach
  void the_configuration_in_force() {
    workspace.withCrm(crm.url());
  }

  @AfterAll
  void close() {
    crm.close();
  }

  @Test
  void the_same_configuration_changes_nothing() {
    Workspace.Said said = workspace.run("plan");

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out())
        .contains("0 would move, 0 would appear, 0 would disappear, 2 would stay as they are")
        .contains("Nothing was changed.")
        .doesNotContain("Note:");
  }

  @Test
  void a_narrower_measure_names_the_records_that_leave() {
    change(
        MEASURES,
        "where: status == 'won',  at: wonAt,  sum",
        "where: status == 'won' && value < 200, at: wonAt, sum");

    assertThat(workspace.run("plan").out())
        .contains("revenue would move: Sell for 500 USD")
        .contains("value     400 -> 100", "progress  80% -> 20%")
        .contains("revenue: 400 of 2 records -> 100 of 1 record")
        .contains("- 1 leave: 3 'Deal 3'")
        .contains("1 would move, 0 would appear, 0 would disappear, 1 would stay");
  }

  @Test
  void a_wider_measure_names_the_records_that_enter_and_those_that_count_otherwise() {
    change(
        MEASURES,
        "where: status == 'won',  at: wonAt,  sum: value",
        "at: createdAt, sum: 2 * value");

    assertThat(workspace.run("plan").out())
        .contains("value     400 -> 820")
        .contains("+ 1 enter: 2 'Deal 2'", "~ 2 count otherwise: 1 'Deal 1', 3 'Deal 3'")
        .doesNotContain("leave:");
  }

  @Test
  void a_changed_formula_shows_what_it_asks_for() {
    workspace.okrs("100 * deals_won");

    assertThat(workspace.run("plan").out())
        .contains("win-rate would move", "value     66.6666666667 -> 200")
        .contains("deals_lost: not asked for any more");
  }

  @Test
  void a_key_of_a_table_that_no_record_has_is_noted() {
    change(MEASURES, "measures:", "definitions: { quota: { '1': 2, '33': 4 } }\nmeasures:");
    change(MEASURES, "count: true }", "count: true, by: id }");
    workspace.okrs("sum(matched(deals_won / quota)) + deals_lost");

    assertThat(workspace.run("plan").out())
        .contains(
            "Note: 'win-rate': 'quota' has a number for '33', but no record that counts has that"
                + " key; the other way round, it has none for '3'");
  }

  /** Deals 1 and 3 are won, deal 2 is lost; the keys are their ids. */
  @Test
  void only_records_whose_keys_count_are_named() {
    change(MEASURES, "count: true }", "count: true, by: id }");
    change(
        MEASURES,
        "in: USD }",
        "in: USD, by: id }\n"
            + "  large: { from: crm, where: value > 200, at: createdAt, count: true, by: id }");
    workspace.okrs("among(deals_won, ever(large)) + 10 * size(groups(deals_lost))");

    assertThat(workspace.run("plan").out())
        .contains(
            """
              ever(large): now asked for, 1 of 1 record
                + 1 enter: 3 'Deal 3'
              among(deals_won, ever(large)): now asked for, 1 of 1 record
              groups(deals_lost): now asked for, 1 of 1 record
              groups(deals_lost)['2']: now asked for, 1 of 1 record
              deals_won: not asked for any more
                - 1 leave: 1 'Deal 1'
              deals_lost: not asked for any more
            """);
  }

  /** No deal has an owner. */
  @Test
  void what_has_no_key_is_never_matched_and_so_does_not_enter() {
    change(MEASURES, "count: true }", "count: true, by: owner }");
    workspace.okrs("size(matched(deals_won))");

    assertThat(workspace.run("plan").out())
        .contains("deals_won: not asked for any more\n    - 2 leave: 1 'Deal 1', 3 'Deal 3'\n")
        .doesNotContain("[no key]", " enter:");
  }

  @Test
  void what_comes_to_the_same_by_other_records_is_no_move() {
    change(MEASURES, "at: wonAt,  sum: value", "at: createdAt,  sum: value");

    assertThat(workspace.run("plan").out())
        .contains(
            "revenue would come to the same by other records: Sell for 500 USD\n  value     400\n",
            "~ 2 count otherwise: 1 'Deal 1', 3 'Deal 3'",
            "0 would move, 0 would appear, 0 would disappear, 1 would come to the same by other"
                + " records, 1 would stay as they are");
  }

  @Test
  void a_changed_target_moves_progress_and_status_and_no_record() {
    change(OKRS, "target: 500", "target: 50000");

    assertThat(workspace.run("plan").out())
        .contains("revenue would move", "value     400\n", "progress  80% -> 0%")
        .doesNotContain(" leave:")
        .doesNotContain(" enter:");
  }

  @Test
  void key_results_that_come_and_go_are_told() {
    change(OKRS, "- id: revenue", "- id: income");

    assertThat(workspace.run("plan").out())
        .contains("income would appear", "revenue would disappear")
        .contains("0 would move, 1 would appear, 1 would disappear, 1 would stay");
  }

  @Test
  void a_formula_that_comes_to_nothing_says_why_and_what_stays() {
    workspace.okrs("100 * deals_won / (deals_lost - 1)");

    assertThat(workspace.run("plan").out())
        .contains("value     66.6666666667 -> no value (division by nothing: deals_lost - 1 is 0)")
        .contains("66.6666666667 stays shown, with that reason, and ages");
  }

  @Test
  void sources_that_are_new_or_read_otherwise_or_no_more_are_noted() {
    String sources = workspace.read("config/sources.yaml");
    workspace.write(
        "config/sources.yaml",
        sources.replace("\"" + crm.url() + "\"", "\"http://127.0.0.1:1\"")
            + "  new:\n    connector: push-records\n"
            + "    with: { kind: point, secret: \"{{env:NOT_HERE}}\" }\n"
            + "    freshness: { warn: 1h, error: 6h }\n");
    assertThat(workspace.run("plan").out())
        .contains("Note: source 'crm' is configured otherwise, so all of it would be read again")
        .contains("Note: source 'new' has not been read yet");

    workspace.write("config/sources.yaml", sources.replace("  crm:", "  other:"));
    change(MEASURES, "from: crm", "from: other");
    assertThat(workspace.run("plan").out())
        .contains("Note: source 'other' has not been read yet")
        .contains("Note: source 'crm' would not be read any more");
  }

  @Test
  void nothing_at_all_is_written_to_the_ledger() {
    change(MEASURES, "at: wonAt,  sum: value", "at: wonAt, sum: 3 * value");
    List<String> before = ledger();

    workspace.run("plan");

    assertThat(ledger()).isEqualTo(before);
  }

  @Test
  void what_was_copied_to_plan_with_is_gone_afterwards() throws IOException {
    Path path;
    try (ScratchFolder scratch = ScratchFolder.make()) {
      path = scratch.path();
      Files.writeString(Files.createDirectory(path.resolve("a")).resolve("b"), "copied");
    }

    assertThat(path).doesNotExist();
  }

  @Test
  void the_page_shows_what_is_said() throws IOException {
    change(
        MEASURES,
        "where: status == 'won',  at: wonAt,  sum",
        "where: status == 'won' && value < 200, at: wonAt, sum");
    String page = Files.readString(Path.of("src/docs/preview.md"));

    // The status depends on the day on which the plan is made.
    String status = "  status .*\n";
    assertThat(DocumentedBlock.console(page, "okr-sync plan").replaceAll(status, ""))
        .isEqualTo(workspace.run("plan").out().replaceAll(status, ""));
  }

  @Test
  void a_configuration_with_problems_is_refused() {
    workspace.okrs("deals_wno");

    Workspace.Said said = workspace.run("plan");

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err()).contains("undeclared name 'deals_wno'");
  }

  /** What a service holds open is planned by the service. */
  @Test
  void beside_a_service_that_runs_it_is_asked() throws IOException {
    try (Service service = service();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web =
            WebServer.start(
                new WebSettings("127.0.0.1", 0),
                new LiveSite(service, scheduler, new Waits(Clock.systemUTC()), null))) {
      String url = "http://127.0.0.1:" + web.port();
      Path other = folder.resolve("planned");
      copy(workspace.config(), other);
      Path measures = other.resolve("measures.yaml");
      Files.writeString(
          measures, Files.readString(measures).replace("sum: value", "sum: 2 * value"));

      Workspace.Said plain = plan(other, "--service", url);
      Workspace.Said json = plan(other, "--service", url, "--json");
      Workspace.Said down = plan(other, "--service", "http://127.0.0.1:1");
      Workspace.Said wrong = plan(other, "--service", "file:///etc");

      assertThat(plain.exit()).as(plain.all()).isZero();
      assertThat(plain.out()).contains("value     400 -> 800", "Nothing was changed.");
      JsonNode plan = new ObjectMapper().readTree(json.out());
      assertThat(plan.at("/keyResults/1/change").asText()).isEqualTo("MOVES");
      assertThat(plan.at("/keyResults/1/from/value").decimalValue()).isEqualByComparingTo("400");
      assertThat(plan.at("/keyResults/1/inputs/0/alter/count").asInt()).isEqualTo(2);
      assertThat(plan.at("/version").asInt()).isEqualTo(1);
      assertThat(service.setup().version()).isEqualTo(1);
      assertThat(down.exit()).isEqualTo(Main.FAILED);
      assertThat(down.err()).contains("No service answers at 127.0.0.1:1");
      assertThat(wrong.exit()).isEqualTo(Main.REFUSED);
    }
  }

  private static Workspace.Said plan(Path config, String... more) {
    return Workspace.only(
        Stream.concat(Stream.of("plan", "--config", config.toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private Service service() {
    return workspace.service(Clock.systemUTC());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }

  /** All that is stored, as far as anybody can ask for it. */
  private List<String> ledger() {
    try (Store store = Store.open(StoreSettings.inFolder(workspace.data()))) {
      return List.of(
          store.entries(EntryFilter.ALL, 1000).toString(),
          store.runs((String) null, 1000).toString(),
          store.history("revenue", 1000).toString(),
          store.evidence().populations().measures("crm").toString(),
          store.evidence().configurationVersions().toString());
    }
  }

  private void change(String file, String from, String to) {
    String text = workspace.read(file);
    assertThat(text).contains(from);
    workspace.write(file, text.replace(from, to));
  }
}
