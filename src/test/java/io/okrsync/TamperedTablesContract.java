package io.okrsync;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.TamperedRows.Harm;
import io.okrsync.TamperedTable.Row;
import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.Finding;
import io.okrsync.connector.Connectors;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each column of each table that evidence rests on is flipped and swapped, and rows are dropped,
 * cut at both ends, inserted and swapped; the ledger's check names each. A table or a column that
 * is new is part of it at once, or has to be listed here with the reason why not.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TamperedTablesContract {
  /**
   * @param rows the columns of which a finding names a value, to say which row it is
   * @param places how findings begin that name harm done to it
   */
  private record Named(List<String> rows, List<String> places) {
    Named(String rows, String... places) {
      this(List.of(rows.split(" ")), List.of(places));
    }

    /** Of what is pruned together, all that is known is whether it is what was sealed together. */
    boolean names(Harm harm, Finding finding) {
      boolean isSealedTogether =
          rows.contains("record_id")
              && finding.place().matches("record_version of '\\w+' pruned by entry \\d+");
      boolean isThere = places.stream().anyMatch(finding.place()::startsWith);
      return isSealedTogether || (isThere && saysWhich(harm, finding));
    }

    private boolean saysWhich(Harm harm, Finding finding) {
      return rows.contains("")
          || Stream.concat(harm.removed().stream(), harm.added().stream())
              .anyMatch(row -> rows.stream().anyMatch(it -> says(finding, it, row.get(it))));
    }

    private static boolean says(Finding finding, String column, @Nullable Object stored) {
      Object value =
          stored instanceof Integer day && column.equals("epoch_day")
              ? LocalDate.ofEpochDay(day)
              : stored;
      return finding
          .toString()
          .matches("(?s).*(?<![\\w.-])\\Q%s\\E(?![\\w.-]*\\w).*".formatted(value));
    }
  }

  private static final Map<String, Named> TABLES =
      new TreeMap<>(
          Map.ofEntries(
              entry("audit_entry", new Named("sequence", "audit_")),
              entry("audit_head", new Named("", "audit_head")),
              entry("check_in", new Named("id key_result", "check_in")),
              entry("config_version", new Named("id", "config_version")),
              entry("contribution", new Named("record_id measure", "contribution ")),
              entry("daily_total", new Named("epoch_day measure", "daily_total")),
              entry("difference", new Named("run", "difference of")),
              entry("ended_version", new Named("record_id source", "ended_version")),
              entry(
                  "measure_version",
                  new Named("id version", "measure_version", "contribution ", "reading")),
              entry("reading", new Named("id key_result", "reading")),
              entry(
                  "record_version",
                  new Named("record_id since_run until_run source", "record_version")),
              entry("source_state", new Named("source", "source_state")),
              entry("statement", new Named("id key_result", "statement")),
              entry("sync_run", new Named("id", "sync_run"))));

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

  private static final String LEFT_OUT = "what runs could not read is in their own entries";

  private static final String ORDER = "a name only; the order is held";

  /** Columns of which only the order of the rows rests on what they hold, and why. */
  private static final Map<String, String> NAMES =
      Map.of("check_in.id", ORDER, "reading.id", ORDER, "statement.id", ORDER);

  /** Columns that decide nothing of what was told, and why. */
  private static final Map<String, String> FREE =
      Map.ofEntries(
          entry("sync_run.next_page", GOES_ON),
          entry("sync_run.place_kept_at", GOES_ON),
          entry("sync_run.latest_update", GOES_ON),
          entry("sync_run.net_records", GOES_ON),
          entry("sync_run.total_shrank", GOES_ON),
          entry("sync_run.seen", GOES_ON),
          entry("sync_run.returned", GOES_ON),
          entry("sync_run.pages", GOES_ON),
          entry("sync_run.seen_there", GOES_ON),
          entry("sync_run.continues_at", GOES_ON),
          entry("sync_run.needs_authorisation", GOES_ON),
          entry("sync_run.owner", GOES_ON),
          entry("sync_run.due_at", GOES_ON),
          entry(
              "measure_version.derived_until_run", "each contribution up to it is computed again"),
          entry("source_state.live_cursor", NEXT),
          entry("source_state.live_definition", NEXT),
          entry("source_state.unfinished_run", NEXT),
          entry("source_state.looked_run", NEXT),
          entry("source_state.looks_owed", NEXT),
          entry("source_state.incomplete_run", LEFT_OUT),
          entry("source_state.incomplete_from", LEFT_OUT),
          entry("source_state.incomplete_to", LEFT_OUT),
          entry("audit_head.id", "the database lets it be 1 only"));

  @SuppressWarnings("NullAway.Init")
  private Store store;

  @SuppressWarnings("NullAway.Init")
  private Connectors connectors;

  @SuppressWarnings("NullAway.Init")
  private Connection connection;

  @SuppressWarnings("NullAway.Init")
  private StoredSetups setups;

  private List<Checkpoint> checkpoints = List.of();

  /** An empty database of its own. */
  abstract StoreSettings emptyDatabase(Path folder);

  /**
   * One of how many harms is done, beside one to each column at least. With {@code
   * -Dokrsync.harms=true} all are.
   */
  abstract int share();

  /** Lets rows be written that the keys of other tables forbid. */
  abstract Connection connect(Path folder) throws SQLException;

  @BeforeAll
  void a_ledger(@TempDir Path folder) throws SQLException, IOException {
    StoreSettings database = emptyDatabase(folder);
    checkpoints = new TamperedLedger(folder, database).play();
    store = Store.open(database);
    connectors = new Connectors(Path.of("routes"), Clock.systemUTC());
    connectors.start();
    connection = connect(folder);
    setups = new StoredSetups(store.evidence(), connectors, name -> null);
    assertThat(findings()).isEmpty();
  }

  @AfterAll
  void close() throws SQLException {
    connection.close();
    connectors.close();
    store.close();
  }

  @Test
  void each_table_is_tampered_with_here_or_is_no_evidence() throws SQLException {
    Set<String> listed = new TreeSet<>(TABLES.keySet());
    listed.addAll(NO_EVIDENCE.keySet());
    assertThat(
            TamperedTable.texts(
                connection,
                "select lower(table_name) from information_schema.tables where"
                    + " lower(table_schema) = 'public'"))
        .extracting(it -> it.get(0))
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void what_nothing_rests_on_is_published() throws IOException {
    String limits =
        Files.readString(Path.of("src/docs/evidence.md")).replaceAll("(?s).*## Limits", "");
    Set<String> columns = new TreeSet<>(FREE.keySet());
    columns.addAll(NAMES.keySet());
    for (String column : columns) {
      String table = column.replaceFirst("\\..*", "");
      String name = column.replaceFirst(".*\\.", "");
      assertThat(limits).containsPattern("\\| .*`%s(\\.%s`|`: .*`%2$s`)".formatted(table, name));
    }
    NO_EVIDENCE.keySet().forEach(it -> assertThat(limits).contains("`" + it + "`"));
  }

  @Test
  void each_flip_drop_cut_insertion_and_swap_is_named() throws SQLException {
    List<String> unnoticed = new ArrayList<>();
    for (Map.Entry<String, Named> each : TABLES.entrySet()) {
      TamperedTable table = new TamperedTable(connection, each.getKey());
      List<Row> rows = table.rows();
      Set<String> harmed = new TreeSet<>(List.of("a row"));
      for (Harm harm : harms(table, rows)) {
        if (!isInShare(harm) && harmed.containsAll(harm.columns())) {
          continue;
        }
        Optional<List<Finding>> findings = after(table, harm.removed(), harm.added());
        if (findings.isPresent()) {
          harmed.addAll(harm.columns());
          if (findings.get().stream().noneMatch(it -> each.getValue().names(harm, it))) {
            unnoticed.add(harm.words() + "\n" + findings.get());
          }
        }
      }
      assertThat(table.rows()).isEqualTo(rows);
      assertThat(findings()).as("after %s was restored", each.getKey()).isEmpty();
      assertThat(harmed).as(each.getKey()).containsAll(columns(table));
    }
    assertThat(unnoticed).isEmpty();
  }

  private boolean isInShare(Harm harm) {
    return Boolean.getBoolean("okrsync.harms")
        || Math.floorMod(harm.words().hashCode(), share()) == 0;
  }

  /** All columns on which something rests. */
  private static List<String> columns(TamperedTable table) {
    return table.columns().stream()
        .map(TamperedTable.Column::name)
        .filter(it -> !isFree(table, it))
        .toList();
  }

  private static boolean isFree(TamperedTable table, String column) {
    return FREE.containsKey(table.name() + "." + column);
  }

  private List<Harm> harms(TamperedTable table, List<Row> rows) throws SQLException {
    List<Harm> harms =
        new TamperedRows(
                table,
                rows,
                it -> isFree(table, it),
                it -> NAMES.containsKey(table.name() + "." + it))
            .harms();
    if (!table.name().equals("contribution")) {
      return harms;
    }
    Map<Object, Long> good = new HashMap<>();
    for (Row measure : new TamperedTable(connection, "measure_version").rows()) {
      Long until = (Long) measure.get("derived_until_run");
      good.put(requireNonNull(measure.get("id")), until == null ? Long.MAX_VALUE : until);
    }
    return harms.stream()
        .filter(it -> !asFarAsGood(it.removed(), good).equals(asFarAsGood(it.added(), good)))
        .toList();
  }

  /** Those of the runs up to which their measures are good. */
  private static Set<Row> asFarAsGood(List<Row> contributions, Map<Object, Long> good) {
    return contributions.stream()
        .filter(
            it ->
                (Long) requireNonNull(it.get("since_run"))
                    <= good.getOrDefault(requireNonNull(it.get("measure")), Long.MAX_VALUE))
        .collect(Collectors.toSet());
  }

  /** Also by somebody who knows how the hash is made, where it changes no value. */
  @Test
  void a_body_that_is_changed_together_with_its_hash_is_named() throws SQLException {
    TamperedTable table = new TamperedTable(connection, "record_version");
    List<Row> all = table.rows().stream().filter(it -> it.get("body") != null).toList();
    List<Row> changed = new ArrayList<>();
    for (Row row : all) {
      String body =
          ((String) requireNonNull(row.get("body"))).replace("\"title\":\"D", "\"title\":\"T");
      Row other = row.with("body", body).with("hash", CanonicalJson.digest(body));
      changed.add(other);
      assertThat(other).isNotEqualTo(row);
      assertThat(after(table, List.of(row), List.of(other)).orElseThrow())
          .filteredOn(it -> !it.place().startsWith("contribution to signed"))
          .singleElement()
          .satisfies(it -> assertThat(it.place()).isEqualTo("record_version " + named(row)))
          .satisfies(it -> assertThat(it.what()).contains("is not what run", "sealed"));
    }
    assertThat(after(table, all, changed).orElseThrow())
        .as("of several in one run it is the run that is named")
        .extracting(Finding::place)
        .contains("record_version of 'crm' by run 2");
  }

  private static String named(Row row) {
    return "%s of '%s'".formatted(row.get("record_id"), row.get("source"));
  }

  @Test
  void a_body_that_is_taken_away_and_said_to_be_pruned_is_named() throws SQLException {
    TamperedTable table = new TamperedTable(connection, "record_version");
    List<Row> all = table.rows();
    List<Object> entries =
        new ArrayList<>(
            all.stream()
                .map(it -> it.get("pruned_by"))
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    assertThat(entries).hasSize(2);
    entries.addAll(List.of(1L, 1_000_000L));
    for (Row row : all.stream().filter(it -> it.get("body") != null).toList()) {
      for (Object entry : entries) {
        assertThat(
                after(table, List.of(row), List.of(row.with("body", null).with("pruned_by", entry)))
                    .orElseThrow())
            .as("%s by entry %s", named(row), entry)
            .extracting(Finding::place)
            .containsAnyOf(
                "record_version " + named(row),
                "record_version of 'deals' pruned by entry " + entry);
      }
    }
  }

  @Test
  void how_far_a_measure_goes_is_named_where_it_does_not() throws SQLException {
    TamperedTable table = new TamperedTable(connection, "measure_version");
    Row rests = table.rows().get(0);
    assertThat(rests.get("derived_until_run")).as("rests since deals changed").isEqualTo(3L);
    for (Object claim : Arrays.asList(null, 13L, 14L, 2L, 1_000_000L)) {
      assertThat(
              after(table, List.of(rests), List.of(rests.with("derived_until_run", claim)))
                  .orElseThrow())
          .as("until run %s", claim)
          .extracting(Finding::place)
          .anyMatch(it -> it.matches("measure_version 1|(contribution to|daily_total of) .*"));
    }
  }

  @Test
  void words_that_move_from_one_field_to_the_next_are_named() throws SQLException {
    TamperedTable statements = new TamperedTable(connection, "statement");
    Row stated = statements.rows().get(0);
    String reason = stated.get("reason") + "; see " + stated.get("link");
    assertThat(
            after(
                    statements,
                    List.of(stated),
                    List.of(stated.with("reason", reason).with("link", "")))
                .orElseThrow())
        .extracting(Finding::place)
        .contains("statement 1");
    TamperedTable checkIns = new TamperedTable(connection, "check_in");
    Row said = checkIns.rows().get(0);
    String wins = said.get("wins") + "; blockers: " + said.get("blockers");
    assertThat(
            after(checkIns, List.of(said), List.of(said.with("wins", wins).with("blockers", "")))
                .orElseThrow())
        .extracting(Finding::place)
        .contains("check_in 1");
  }

  @Test
  void what_a_run_that_failed_or_was_skipped_is_to_have_found_is_named() throws SQLException {
    TamperedTable table = new TamperedTable(connection, "difference");
    Row row = table.rows().get(0);
    for (List<String> run :
        TamperedTable.texts(
            connection, "select id from sync_run where outcome in ('FAILED', 'SKIPPED')")) {
      long id = Long.parseLong(run.get(0));
      assertThat(after(table, List.of(), List.of(row.with("run", id))).orElseThrow())
          .extracting(Finding::place)
          .containsExactly("difference of run " + id);
    }
  }

  /** With all that the entries told of, and with the end of the chain as it was noted then. */
  @Test
  void an_end_that_was_cut_off_everywhere_is_named_by_the_checkpoint() throws SQLException {
    TamperedTable entries = new TamperedTable(connection, "audit_entry");
    TamperedTable heads = new TamperedTable(connection, "audit_head");
    List<Row> all = entries.rows();
    List<Row> end = all.subList(all.size() - 3, all.size());
    Row last = all.get(all.size() - 4);
    Row head = heads.rows().get(0);
    heads.delete(List.of(head));
    heads.insert(
        List.of(head.with("sequence", last.get("sequence")).with("hash", last.get("hash"))));
    List<Finding> findings = after(entries, end, List.of()).orElseThrow();
    heads.delete(List.of(head));
    heads.insert(List.of(head));
    connection.commit();
    assertThat(findings)
        .anyMatch(
            it ->
                it.place().equals("audit_entry " + all.size())
                    && it.what().startsWith("was signed by the checkpoint of"));
    assertThat(findings()).isEmpty();
  }

  /** What is found after this was done, which is undone; empty where the database lets nobody. */
  private Optional<List<Finding>> after(TamperedTable table, List<Row> removed, List<Row> added)
      throws SQLException {
    try {
      table.delete(removed);
      table.insert(added);
      connection.commit();
    } catch (SQLException refused) {
      connection.rollback();
      if (Objects.toString(refused.getSQLState()).matches("23.*|22001")) {
        return Optional.empty();
      }
      throw refused;
    }
    List<Finding> findings = findings();
    table.delete(added);
    table.insert(removed);
    connection.commit();
    return Optional.of(findings);
  }

  private List<Finding> findings() {
    Evidence evidence = store.evidence();
    return new Verification(evidence, setups, checkpoints).run().findings();
  }
}
