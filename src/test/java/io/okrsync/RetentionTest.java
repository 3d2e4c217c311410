package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Finding;
import io.okrsync.connector.Connectors;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What records held that have changed or are gone since is pruned after some time, and everything
 * that was ever shown can still be proven.
 */
class RetentionTest {
  private static final String REVENUE =
      "revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }\n";
  private static final String OWNERS =
      "owners:  { from: deals, where: status == 'won', at: wonAt, distinct: owner }\n";
  private static final String A = keyResult("a", "revenue");
  private static final String B = keyResult("b", "owners");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Workspace workspace;

  @SuppressWarnings("NullAway.Init")
  private DealFile deals;

  private final SettableClock clock = new SettableClock("2026-11-20T03:00:00Z");

  /** Deal 2 has another value from run 2 on, deal 3 is gone; deal 1 has another owner in run 3. */
  @BeforeEach
  void three_runs() {
    workspace = new Workspace(folder);
    deals = new DealFile(folder.resolve("deals.csv"));
    configure("30d", REVENUE + OWNERS, A + B);
    put("1", "10.5", "anna");
    put("2", "20.5", "budi");
    put("3", "30.5", "citra");
    sync();
    put("2", "99", "budi");
    deals.remove("3");
    sync();
    put("1", "10.5", "dewi");
    sync();
  }

  private static String keyResult(String id, String formula) {
    return """
    - id: %s
      title: Bring it to 1000
      formula: %s
      baseline: 0
      target: 1000
    """
        .formatted(id, formula);
  }

  private void configure(String retention, String measures, String keyResults) {
    DealFile.configure(workspace, folder.resolve("deals.csv"), measures, keyResults);
    String sources = workspace.read("config/sources.yaml");
    workspace.write("config/sources.yaml", sources + "    retention: " + retention + "\n");
    // Deals go on changing after the cycle; that is no matter here.
    String okrs = workspace.read("config/okrs/2026-q4.yaml");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        okrs.replace("to: 2026-12-31,", "to: 2026-12-31, tolerance: 200%,"));
  }

  private void put(String id, String value, String owner) {
    deals.put(id, "won", value, owner, Instant.parse("2026-11-0%sT03:00:00Z".formatted(id)));
  }

  private void sync() {
    deals.write();
    try (Service service = workspace.service(clock)) {
      assertThat(service.runs().run("deals", Trigger.MANUAL).outcome().isWell()).isTrue();
    }
    clock.move(Duration.ofDays(1));
  }

  private Map<String, Long> prune() {
    try (Service service = workspace.service(clock)) {
      return service.prune("schedule");
    }
  }

  private void afterTheCycle() {
    clock.move(Duration.ofDays(80));
    sync();
  }

  @Test
  void what_is_true_still_and_what_an_open_cycle_needs_stays() throws SQLException {
    clock.move(Duration.ofDays(35));
    assertThat(prune()).as("on 28 December").isEmpty();
    afterTheCycle();
    assertThat(prune()).containsExactly(Map.entry("deals", 3L));
    assertThat(prune()).as("once more").isEmpty();
    assertThat(
            texts(
                "select record_id || ' ' || since_run || ' ' || coalesce(body, 'pruned') from"
                    + " record_version where until_run is not null or body is null"))
        .containsExactlyInAnyOrder("1 1 pruned", "2 1 pruned", "3 1 pruned");
  }

  @Test
  void what_is_younger_stays() throws SQLException {
    clock.move(Duration.ofDays(80));
    put("2", "100", "budi");
    sync();
    assertThat(prune()).containsExactly(Map.entry("deals", 3L));
    assertThat(
            texts("select since_run from record_version where body is not null and until_run > 0"))
        .as("ended by run 4, a day ago")
        .containsExactly("2");
  }

  @Test
  void everything_is_proven_without_the_bodies_and_it_is_said_since_when() throws Exception {
    afterTheCycle();
    String before = workspace.run("receipt", "1").out();
    prune();
    Workspace.Said verified = workspace.run("verify");
    assertThat(verified.all())
        .contains("deals: pruned on 2027-02-12: the bodies of 3 record versions")
        .contains("everything is as it was written", "3 pruned bodies");
    assertThat(verified.exit()).isZero();
    assertThat(Files.readString(Path.of("src/docs/evidence.md")))
        .contains(verified.out().lines().limit(2).collect(Collectors.joining("\n")));
    Workspace.Said replayed = workspace.run("replay");
    assertThat(replayed.all())
        .contains("each is the same to the last digit")
        .contains("deals: pruned on 2027-02-12")
        .contains("4 readings were computed again from what their records added to measures");
    assertThat(replayed.exit()).isZero();
    assertThat(workspace.run("receipt", "1").out()).isEqualTo(before);
    String pack = folder.resolve("pack.zip").toString();
    assertThat(workspace.run("export", "evidence", "--to", pack).exit()).isZero();
    Workspace.Said checked = Workspace.only("verify", pack);
    assertThat(checked.all())
        .contains(
            "deals: pruned on 2027-02-12: the bodies of 3 record versions", "nothing is wrong");
    assertThat(checked.exit()).isZero();
  }

  @Test
  void the_command_says_what_it_did() {
    afterTheCycle();
    configure("36500d", REVENUE + OWNERS, A + B);
    assertThat(workspace.run("prune").all()).contains("Nothing is pruned: all that is left");
    workspace.write(
        "config/sources.yaml",
        workspace.read("config/sources.yaml").replaceAll("(?m)^ *retention.*\\R", ""));
    Workspace.Said none = workspace.run("prune");
    assertThat(none.all()).contains("Nothing is pruned: no source has a retention.");
    assertThat(none.exit()).isZero();
  }

  /** What a measure counted then is kept while it rests, and when it comes back. */
  @Test
  void a_measure_that_comes_back_after_pruning_can_still_be_replayed() throws Exception {
    configure("30d", REVENUE, A);
    put("2", "98", "eka");
    sync();
    put("2", "97", "fajar");
    sync();
    afterTheCycle();
    assertThat(prune()).containsExactly(Map.entry("deals", 5L));
    configure("30d", REVENUE + OWNERS, A + B);
    put("4", "1", "gita");
    sync();
    assertThat(workspace.run("replay").exit()).isZero();
    Workspace.Said verified = workspace.run("verify");
    assertThat(verified.exit()).as(verified.all()).isZero();
  }

  @Test
  void whoever_takes_or_changes_more_than_was_pruned_is_found() throws Exception {
    afterTheCycle();
    put("1", "11.5", "dewi");
    sync();
    prune();
    String pruned = " where record_id = '2' and since_run = 1";
    String ended = " where record_id = '1' and since_run = 3";
    String open = " where record_id = '1' and until_run is null";
    String entry = texts("select max(pruned_by) from record_version").get(0);
    for (String table : List.of("record_version", "contribution")) {
      execute("create table sound.%1$s as select * from public.%1$s".formatted(table));
    }
    try (Store store = Store.open(StoreSettings.inFolder(workspace.data()));
        Connectors connectors = new Connectors(Path.of("routes"), Clock.systemUTC())) {
      connectors.start();
      assertThat(findings(store, connectors)).isEmpty();
      List<String> unnoticed = new ArrayList<>();
      for (String harm :
          List.of(
              "update record_version set body = null" + ended,
              "update record_version set body = null, pruned_by = " + entry + ended,
              "update record_version set body = null, pruned_by = " + entry + open,
              "update record_version set pruned_by = null" + pruned,
              "update record_version set pruned_by = 1" + pruned,
              "update record_version set pruned_by = 999" + ended,
              "update record_version set body = '{}'" + pruned,
              "update record_version set body = '{}', pruned_by = null" + pruned,
              "update record_version set hash = left('x' || hash, 64)" + pruned,
              "update record_version set until_run = 3" + pruned,
              "update record_version set updated_at = current_timestamp" + pruned,
              "delete from record_version" + pruned,
              "update contribution set amount = amount + 1" + pruned,
              "update contribution set item = 'nobody'" + pruned,
              "update contribution set original_amount = 1" + pruned,
              "update contribution set original_currency = 'EUR'" + pruned,
              "delete from contribution" + pruned)) {
        execute(harm);
        if (findings(store, connectors).isEmpty()) {
          unnoticed.add(harm);
        }
        restore("record_version");
        restore("contribution");
        assertThat(findings(store, connectors)).as("restored after " + harm).isEmpty();
      }
      assertThat(unnoticed).isEmpty();
    }
  }

  private static List<Finding> findings(Store store, Connectors connectors) {
    Evidence evidence = store.evidence();
    return new Verification(
            evidence, new StoredSetups(evidence, connectors, name -> null), List.of())
        .run()
        .findings();
  }

  private void restore(String table) throws SQLException {
    List<String> columns =
        texts(
            "select lower(column_name) from information_schema.columns where table_schema ="
                + " 'PUBLIC' and column_name <> 'STILL_TRUE' and table_name = upper('%s')"
                    .formatted(table));
    execute("delete from public." + table);
    execute(
        "insert into public.%s (%s) select %2$s from sound.%1$s"
            .formatted(table, String.join(", ", columns)));
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("set referential_integrity false");
      statement.execute("create schema if not exists sound");
      statement.execute(sql);
    }
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private Connection connection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:retry:" + folder.resolve("data/okr-sync").toAbsolutePath(), "okrsync", "");
  }
}
