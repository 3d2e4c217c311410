package io.okrsync;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Finding;
import io.okrsync.connector.Connectors;
import io.okrsync.okr.CheckIn;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Trigger;
import java.io.IOException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each column of each table that evidence rests on is flipped, and rows are dropped at both ends,
 * inserted and swapped; the ledger's check names each. A table or a column that is new is part of
 * it at once, or has to be listed here with the reason why not.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TamperedTablesTest {
  /**
   * @param key the column by which its rows are told apart here
   * @param places how findings begin that name harm done to it
   */
  private record Table(String key, List<String> places) {
    Table(String key, String... places) {
      this(key, List.of(places));
    }

    boolean names(Finding finding) {
      return places.stream().anyMatch(finding.place()::startsWith);
    }
  }

  private static final Map<String, Table> TABLES =
      new TreeMap<>(
          Map.ofEntries(
              entry("audit_entry", new Table("sequence", "audit_")),
              entry("audit_head", new Table("id", "audit_head")),
              entry("check_in", new Table("id", "check_in")),
              entry("config_version", new Table("id", "config_version")),
              entry("contribution", new Table("record_id", "contribution to", "daily_total of")),
              entry("daily_total", new Table("epoch_day", "daily_total of")),
              entry("difference", new Table("record_id", "difference of")),
              entry(
                  "measure_version",
                  new Table("id", "measure_version", "reading", "contribution to")),
              entry("reading", new Table("id", "reading")),
              entry(
                  "record_version",
                  new Table("record_id", "record_version", "contribution to", "source_state")),
              entry("source_state", new Table("source", "source_state")),
              entry("statement", new Table("id", "statement")),
              entry("sync_run", new Table("id", "sync_run"))));

  private static final Map<String, String> NO_EVIDENCE =
      Map.of(
          "flyway_schema_history", "how far the tables are migrated",
          "intake_request", "which signed request was answered already; its run is audited",
          "lost_runs",
              "as of which runs explanations cannot ask for a measure; no reading names one",
          "seen_record", "which ids the run at work has seen so far; given up when it ends",
          "source_turn", "when requests of the last minute were sent; a limit, and no value",
          "source_request", "how many requests a day were made; a limit, and no value",
          "source_token", "secrets, encrypted");

  private static final String GOES_ON = "where a run that stopped goes on; what it read is counted";
  private static final String NEXT = "where the next run begins; its own entry says where it did";

  private static final String NAME = "a name only; its moment says where in the order it is";

  /** Columns that decide nothing of what was told, and why. */
  private static final Map<String, String> FREE =
      Map.ofEntries(
          entry("sync_run.next_page", GOES_ON),
          entry("sync_run.place_kept_at", GOES_ON),
          entry("sync_run.latest_update", GOES_ON),
          entry("sync_run.net_records", GOES_ON),
          entry("sync_run.total_shrank", GOES_ON),
          entry("sync_run.seen", GOES_ON),
          entry("sync_run.seen_there", GOES_ON),
          entry("sync_run.continues_at", GOES_ON),
          entry("sync_run.needs_authorisation", GOES_ON),
          entry("sync_run.owner", GOES_ON),
          entry("sync_run.due_at", GOES_ON),
          entry("source_state.live_cursor", NEXT),
          entry("source_state.live_definition", NEXT),
          entry("source_state.unfinished_run", NEXT),
          entry("check_in.id", NAME),
          entry("statement.id", NAME),
          entry("audit_head.id", "the database lets it be 1 only"),
          entry("record_version.still_true", "computed by the database"));

  /** What is another value of a column that takes only some. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "sync_run.outcome", "'FAILED'",
          "sync_run.kind", "'BACKFILL'",
          "sync_run.triggered_by", "'SCHEDULE'",
          "reading.cause", "'TIME'",
          "statement.kind", "'LEARNING'",
          "difference.what", "'RETURNED'",
          "check_in.confidence", "1");

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Store store;

  @SuppressWarnings("NullAway.Init")
  private static Connectors connectors;

  @BeforeAll
  static void a_ledger() throws SQLException {
    Workspace workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    for (int i = 1; i <= 3; i++) {
      deals.put(
          i + "", "won", i + "0.5", "anna", Instant.parse("2026-11-0%dT03:00:00Z".formatted(i)));
    }
    for (int i = 10; i < 32; i++) {
      deals.put("d" + i, "open", "1", "anna", Instant.parse("2026-11-01T03:00:00Z"));
    }
    deals.write();
    configure(workspace, "revenue + owners");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.remove("2");
      deals.remove("3");
      for (int i = 10; i < 32; i++) {
        deals.remove("d" + i);
      }
      deals.put("4", "won", "7", "budi", Instant.parse("2026-11-04T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      configure(workspace, "revenue + owners + 1");
      service.reload();
      service.store().checkIn(new CheckIn("a", clock.instant(), "Ani", 4, "two", "none"));
      clock.move(Duration.ofHours(1));
      service.store().checkIn(new CheckIn("a", clock.instant(), "Budi", 3, "", ""));
    }
    for (String words :
        List.of(
            "state a --override 20 --until 2999-01-01 --reason typo --by Ani",
            "state a --learned less --by Budi")) {
      Workspace.Said said = workspace.run(words.split(" "));
      assertThat(said.exit()).as(said.all()).isZero();
    }
    store = Store.open(StoreSettings.inFolder(workspace.data()));
    connectors = new Connectors(Path.of("routes"), Clock.systemUTC());
    connectors.start();
    for (String table : TABLES.keySet()) {
      execute("create table sound.%1$s as select * from public.%1$s".formatted(table));
    }
    assertThat(findings()).isEmpty();
  }

  private static void configure(Workspace workspace, String formula) {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }
        owners:  { from: deals, where: status == 'won', at: wonAt, distinct: owner }
        """,
        """
        - id: a
          title: Bring it to 1000
          formula: "%s"
          baseline: 0
          target: 1000
        """
            .formatted(formula));
  }

  @AfterAll
  static void close() {
    connectors.close();
    store.close();
  }

  @Test
  void each_table_is_tampered_with_here_or_is_no_evidence() throws SQLException {
    Set<String> listed = new TreeSet<>(TABLES.keySet());
    listed.addAll(NO_EVIDENCE.keySet());
    assertThat(
            texts(
                "select lower(table_name) from information_schema.tables where table_schema ="
                    + " 'PUBLIC'"))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void what_nothing_rests_on_is_published() throws IOException {
    String limits =
        Files.readString(Path.of("src/docs/evidence.md")).replaceAll("(?s).*## Limits", "");
    for (String column : FREE.keySet()) {
      String table = column.replaceFirst("\\..*", "");
      String name = column.replaceFirst(".*\\.", "");
      assertThat(limits).containsPattern("\\| .*`%s(\\.%s`|`: .*`%2$s`)".formatted(table, name));
    }
    NO_EVIDENCE.keySet().forEach(it -> assertThat(limits).contains("`" + it + "`"));
  }

  @Test
  void each_flip_drop_insertion_and_swap_is_named() throws SQLException {
    List<String> unnoticed = new ArrayList<>();
    for (Map.Entry<String, Table> each : TABLES.entrySet()) {
      for (String harm : harms(each.getKey(), each.getValue().key())) {
        execute(harm);
        List<Finding> findings = findings();
        if (findings.stream().noneMatch(each.getValue()::names)) {
          unnoticed.add(harm + "\n" + findings);
        }
        restore(each.getKey());
      }
      assertThat(findings()).as("after %s was restored", each.getKey()).isEmpty();
    }
    assertThat(unnoticed).isEmpty();
  }

  /** What no measure asks for, by somebody who knows how the hash is made. */
  @Test
  void a_body_that_is_changed_together_with_its_hash_is_named() throws SQLException {
    String another = "replace(body, '\"title\":\"Deal', '\"title\":\"Idea')";
    String change =
        "update record_version set body = %1$s, hash = lower(rawtohex(hash('SHA-256', %1$s)))"
            .formatted(another);
    for (String record : List.of("1", "2", "3", "4")) {
      execute(change + " where record_id = '%s'".formatted(record));
      assertThat(findings())
          .singleElement()
          .satisfies(
              it ->
                  assertThat(it.place())
                      .isEqualTo("record_version %s of 'deals'".formatted(record)))
          .satisfies(it -> assertThat(it.what()).contains("is not what run").contains("sealed"));
      restore("record_version");
    }
    execute(change);
    assertThat(findings())
        .as("of several in one run it is the run that is named")
        .extracting(Finding::place)
        .containsExactlyInAnyOrder(
            "record_version of 'deals' by run 1", "record_version 4 of 'deals'");
    restore("record_version");
    assertThat(findings()).isEmpty();
  }

  /** Each of all that a run found, and of a run that found nothing. */
  @Test
  void a_difference_beyond_those_that_the_entry_lists_is_named() throws SQLException {
    execute(
        "update difference set what = 'RETURNED' where record_id = (select max(record_id) from"
            + " difference)");
    assertThat(findings()).extracting(Finding::place).containsExactly("difference of run 2");
    restore("difference");
    execute(
        "update difference set run = 1 where record_id = (select max(record_id) from difference)");
    assertThat(findings())
        .extracting(Finding::place)
        .containsExactlyInAnyOrder("difference of run 1", "difference of run 2");
    restore("difference");
    assertThat(findings()).isEmpty();
  }

  private static List<String> harms(String table, String key) throws SQLException {
    Map<String, String> columns = columns(table);
    List<String> keys =
        texts(
            "select cast(%s as varchar) k from %s group by k order by min(%1$s)"
                .formatted(key, table));
    String first = "'" + keys.get(0) + "'";
    String last = "'" + keys.get(keys.size() - 1) + "'";
    List<String> harms = new ArrayList<>();
    for (String column : columns.keySet()) {
      if (!FREE.containsKey(table + "." + column)) {
        harms.add(flip(table, column, requireNonNull(columns.get(column))));
      }
    }
    harms.add("delete from %s where %s = %s".formatted(table, key, first));
    harms.add("delete from %s where %s = %s".formatted(table, key, last));
    if (!table.equals("audit_head")) {
      harms.add(insertion(table, key, columns, last));
    }
    boolean isOrdered = !Set.of("check_in", "statement", "difference").contains(table);
    if (keys.size() > 1 && isOrdered) {
      String free = requireNonNull(columns.get(key)).startsWith("CHARACTER") ? "'other'" : "-1";
      harms.add(
          "update %1$s set %2$s = %5$s where %2$s = %3$s; update %1$s set %2$s = %3$s where %2$s = %4$s; update %1$s set %2$s = %4$s where %2$s = %5$s"
              .formatted(table, key, first, last, free));
    }
    return harms;
  }

  /** Of the first row that has a value there; where none has, of the first row. */
  private static String flip(String table, String column, String type) {
    String other =
        switch (type) {
          case "BOOLEAN" -> "not " + column;
          case "TIMESTAMP WITH TIME ZONE" ->
              "coalesce(dateadd(microsecond, 1, %s), current_timestamp)".formatted(column);
          case "CHARACTER VARYING" -> "left(coalesce(%s, '') || 'x', 64)".formatted(column);
          default -> "coalesce(%s + 1000, 1)".formatted(column);
        };
    if (type.equals("CHARACTER VARYING") && !column.contains("hash")) {
      other = "coalesce(%s, '') || 'x'".formatted(column);
    }
    if (column.contains("hash")) {
      other = "left('x' || %s, 64)".formatted(column);
    }
    return "update %1$s set %2$s = %3$s where _rowid_ = (select _rowid_ from %1$s order by %2$s is null, _rowid_ fetch first row only)"
        .formatted(table, column, OTHERS.getOrDefault(table + "." + column, other));
  }

  private static String insertion(
      String table, String key, Map<String, String> columns, String last) {
    String names =
        columns.keySet().stream()
            .filter(it -> !it.equals("still_true"))
            .collect(Collectors.joining(", "));
    String type = requireNonNull(columns.get(key));
    String other = type.startsWith("CHARACTER") ? key + " || 'x'" : key + " + 1000";
    String values =
        names
            .replaceFirst("(^|, )" + key + "($|,)", "$1" + other + "$2")
            .replace("source, version,", "source, version || 'x',");
    return "insert into %1$s (%2$s) select %3$s from %1$s where %4$s = %5$s"
        .formatted(table, names, values, key, last);
  }

  private static Map<String, String> columns(String table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    for (String each :
        texts(
            "select lower(column_name) || ' ' || data_type from information_schema.columns where"
                + " table_schema = 'PUBLIC' and table_name = upper('%s') order by ordinal_position"
                    .formatted(table))) {
      columns.put(each.replaceFirst(" .*", ""), each.replaceFirst("^\\S+ ", ""));
    }
    return columns;
  }

  private static void restore(String table) throws SQLException {
    String names =
        columns(table).keySet().stream()
            .filter(it -> !it.equals("still_true"))
            .collect(Collectors.joining(", "));
    execute("delete from public." + table);
    execute("insert into public.%s (%s) select %2$s from sound.%1$s".formatted(table, names));
  }

  private static List<Finding> findings() {
    Evidence evidence = store.evidence();
    StoredSetups setups = new StoredSetups(evidence, connectors, name -> null);
    return new Verification(evidence, setups, List.of()).run().findings();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        Statement statement = connection.createStatement()) {
      statement.execute("set referential_integrity false");
      statement.execute("create schema if not exists sound");
      statement.execute(sql);
    }
  }

  private static List<String> texts(String sql) throws SQLException {
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

  private static Connection connection() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:retry:" + folder.resolve("data/okr-sync").toAbsolutePath(), "okrsync", "");
  }
}
