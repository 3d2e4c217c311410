package io.okrsync.store;

import static io.okrsync.store.Samples.CRM;
import static io.okrsync.store.Samples.NOON;
import static io.okrsync.store.Samples.QUARTER;
import static io.okrsync.store.Samples.last;
import static io.okrsync.store.Samples.open;
import static io.okrsync.store.Samples.page;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.audit.EntryFilter;
import io.okrsync.connector.Secret;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStoreTest extends StoreContract {
  @SuppressWarnings("NullAway.Init")
  private static EmbeddedPostgres postgres;

  private static int databases;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  StoreSettings emptyDatabase() throws SQLException {
    String name = "okr" + ++databases;
    asAdmin("create database " + name);
    return StoreSettings.at(
        postgres.getJdbcUrl("postgres", name).split("\\?")[0], "postgres", new Secret("postgres"));
  }

  @Override
  void kill() throws SQLException {
    asAdmin(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'okr%d'"
            .formatted(databases));
    store.close();
  }

  /** Before the server has counted what it holds, as in a first sync. */
  @Test
  void some_records_are_looked_up_one_by_one() throws Exception {
    publish(last(open("1"), open("2"), open("3")));
    String question = "explain select v.hash" + Sql.among(true, "record_version", "v");
    String ids = question.replace("?", "'{1,2}'");

    assertThat(query(ids + "v.source = 'crm' and v.until_run is null").toString())
        .containsPattern("Index Cond: .*source.* = 'crm'.*record_id.* = ANY");
  }

  /** Counted by the database itself, whichever way it goes to the rows. */
  @Test
  void what_an_update_touches_depends_on_what_changed_and_not_on_what_exists() throws Exception {
    long few = touchedByTenChangesAmong(1_000, "analyze", "%");
    long many = touchedByTenChangesAmong(8_000, "analyze", "%");
    assertThat(few).isPositive();
    assertThat(many).isLessThan(few * 3 / 2);
  }

  /** Right after a first sync, when it does not know yet what there is of each measure and run. */
  @Test
  void what_is_closed_is_found_before_the_database_was_analyzed() throws Exception {
    long few = touchedByTenChangesAmong(1_000, "select 1", "contribution");
    long many = touchedByTenChangesAmong(8_000, "select 1", "contribution");
    assertThat(few).isPositive();
    assertThat(many).isLessThan(few * 3 / 2);
  }

  private long touchedByTenChangesAmong(int deals, String before, String tables) throws Exception {
    store.close();
    settings = emptyDatabase();
    store = Store.open(settings);
    configuration = store.configurationLoaded("digest", Map.of("measures.yaml", "…"), "{}", NOON);
    store.derive("crm", MEASURES);
    publish(last(deals(0, deals, "1")));
    store.close(); // a session tells what it counted when it ends, at the latest
    execute(before);
    execute("select pg_stat_reset()");
    store = Store.open(settings);
    SyncRun run = store.append(beginIncremental(), last(deals(0, 10, "2")), MEASURES, NOON);
    List<Reading> read = new ArrayList<>();
    store.publish(
        run,
        configuration,
        readings -> {
          MEASURES.forEach(it -> read.add(readings.read(it, QUARTER)));
          return List.of();
        },
        NOON);
    assertThat(read.get(0).value()).isEqualByComparingTo(String.valueOf(deals));
    assertThat(read.get(1).value()).isEqualByComparingTo(String.valueOf(deals + 10));
    store.close();
    String touched =
        rows("""
        select cast(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as bigint)
        from pg_stat_user_tables where relname like '%s'
        """
                .formatted(tables))
            .get(0);
    store = Store.open(settings);
    return Long.parseLong(touched);
  }

  /** Won in the first forty days of the quarter. */
  private static SourceRecord[] deals(int from, int to, String value) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                Samples.deal(
                    "deal " + i, "won", value, QUARTER.from().plus(Duration.ofHours(i % 960))))
        .toArray(SourceRecord[]::new);
  }

  @Test
  void a_run_belongs_to_the_process_that_reads_for_it_until_that_is_gone() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    try (Store other = Store.open(settings)) {
      other.derive("crm", MEASURES);
      other.interruptedRuns(NOON);
      assertThat(other.run(run.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.RUNNING);
      assertThatThrownBy(() -> other.begin(CRM, "v1", Trigger.MANUAL, true, NOON))
          .isInstanceOf(AtWorkElsewhere.class)
          .hasMessageContaining("run %d", run.id());

      store.close();

      other.interruptedRuns(NOON);
      assertThat(other.run(run.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.PARTIAL);
      assertThat(other.begin(CRM, "v1", Trigger.MANUAL, true, NOON)).isEqualTo(run);
    }
    store = Store.open(settings);
  }

  /** Its presence is lost with the server, until it says again that it is there. */
  @Test
  void a_run_that_another_process_has_taken_up_is_its_own() throws Exception {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    endPresence();
    try (Store other = Store.open(settings)) {
      other.derive("crm", MEASURES);
      SyncRun resumed = other.begin(CRM, "v1", Trigger.MANUAL, true, NOON);

      assertThat(resumed.id()).isEqualTo(run.id());
      assertThat(store.notElsewhere()).isEmpty();
      assertThat(store.interruptLeft(run, () -> false, null, NOON)).isEmpty();
      for (ThrowingCallable late :
          List.<ThrowingCallable>of(
              () -> store.append(run, page("3", open("2")), MEASURES, NOON),
              () -> store.interrupt(run, "late", NOON),
              () -> store.publish(run, configuration, readings -> List.of(), NOON))) {
        assertThatThrownBy(late)
            .isInstanceOf(AtWorkElsewhere.class)
            .hasMessageContaining("run %d of this source is at work in another", run.id());
      }
      assertThat(other.append(resumed, last(open("2")), MEASURES, NOON).counts().created())
          .isEqualTo(2);
    }
  }

  @Test
  void a_process_whose_presence_was_lost_is_there_again_with_its_next_page_or_word()
      throws Exception {
    SyncRun run = begin();
    try (Store other = Store.open(settings)) {
      endPresence();
      assertThat(other.notElsewhere()).containsExactly(run);
      run = store.append(run, page("2", open("1")), MEASURES, NOON);
      assertThat(other.notElsewhere()).isEmpty();

      endPresence();
      store.announce();
      assertThat(other.notElsewhere()).isEmpty();
      assertThat(other.interruptLeft(run, () -> false, null, NOON)).isEmpty();
    }
  }

  @Test
  void what_a_process_that_is_gone_left_is_ended_by_another_one() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    try (Store other = Store.open(settings)) {
      store.close();

      assertThat(other.notElsewhere()).containsExactly(run);
      assertThat(other.interruptLeft(run, () -> false, null, NOON))
          .get()
          .satisfies(left -> assertThat(left.outcome()).isEqualTo(Outcome.PARTIAL))
          .extracting(SyncRun::reason)
          .isEqualTo("the process that read it stopped, or lost its database");
    }
    store = Store.open(settings);
  }

  @Test
  void a_run_that_another_process_has_ended_is_left_to_it_in_words() throws Exception {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    endPresence();
    try (Store other = Store.open(settings)) {
      other.interruptedRuns(NOON);

      assertThatThrownBy(() -> store.append(run, page("3", open("2")), MEASURES, NOON))
          .isInstanceOf(AtWorkElsewhere.class)
          .hasMessage("run %d of this source was ended in another process", run.id());
    }
  }

  /** Its presence was cut, so another process that starts takes it for gone. */
  @Test
  void a_run_that_is_being_published_is_not_interrupted_by_a_process_that_starts()
      throws Exception {
    SyncRun read = store.append(begin(), last(open("1")), MEASURES, NOON);
    endPresence();
    try (Store other = Store.open(settings)) {
      AtomicReference<CompletableFuture<Void>> start = new AtomicReference<>();
      store.publish(
          read,
          configuration,
          readings -> List.of(),
          publication -> {
            start.set(CompletableFuture.runAsync(() -> other.interruptedRuns(NOON)));
            untilSomebodyWaits();
          },
          NOON);
      requireNonNull(start.get()).join();

      assertThat(store.run(read.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.OK);
      assertThat(actions(EntryFilter.ofSource("crm"))).doesNotContain("run.partial");
    }
  }

  /** The other one is storing its next page when this one says that its own has broken off. */
  @Test
  void a_late_end_does_not_undo_what_another_process_stores() throws Exception {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    try (Connections connections = new Connections(settings);
        Connection other = connections.lend();
        Statement statement = other.createStatement()) {
      statement.execute(
          "update sync_run set owner = 1, next_page = '3', pages = 2 where id = " + run.id());
      CompletableFuture<SyncRun> late =
          CompletableFuture.supplyAsync(() -> store.interrupt(run, "late", NOON));
      untilSomebodyWaits();
      other.commit();

      assertThatThrownBy(late::join).hasCauseInstanceOf(AtWorkElsewhere.class);
      assertThat(store.run(run.id())).get().extracting(SyncRun::cursor).isEqualTo("3");
    }
  }

  @Test
  void the_server_notices_soon_that_a_host_is_gone_or_a_process_stands_still() throws Exception {
    try (Connections connections = new Connections(settings);
        Connection lent = connections.lend()) {
      lent.rollback();

      assertThat(shown("tcp_keepalives_idle", lent)).isEqualTo("30");
      assertThat(shown("idle_in_transaction_session_timeout", lent)).isEqualTo("5min");
    }
  }

  private static String shown(String setting, Connection by) throws SQLException {
    try (ResultSet row = by.createStatement().executeQuery("show " + setting)) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  private void untilSomebodyWaits() {
    String waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
    for (int tries = 200; rows(waiting).isEmpty(); tries--) {
      assertThat(tries).as("nobody waits").isPositive();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private void endPresence() throws Exception {
    asAdmin(
        "select pg_terminate_backend(pid, 5000) from pg_locks where locktype = 'advisory' and"
            + " objsubid = 2");
  }

  /** Behind the place it has reached, it would be missed for good. */
  @Test
  void no_page_is_stored_while_another_process_builds_a_measure() throws Exception {
    List<Measure> before = List.of(Samples.DEALS_WON);
    publish(last(deals(0, 10_000, "1")));
    store.derive("crm", before);
    SyncRun run = beginIncremental();
    try (Store other = Store.open(settings)) {
      CompletableFuture<Void> building =
          CompletableFuture.runAsync(
              () -> other.derive("crm", List.of(Samples.DEALS_WON, Samples.REVENUE)));
      untilLocked("source_state");

      assertThatThrownBy(() -> store.append(run, last(deals(0, 1, "1000000")), before, NOON))
          .hasMessageContaining("are not those it was derived for");

      building.join();
      assertThat(value(Samples.REVENUE)).isEqualByComparingTo("10000");
    }
  }

  private void untilLocked(String table) throws Exception {
    for (int tries = 10_000; tries > 0; tries--) {
      if (query("select 1 from " + table + " for update skip locked").isEmpty()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    throw new AssertionError("nobody locked " + table);
  }

  @Test
  void tokens_are_renewed_by_one_process_at_a_time() throws Exception {
    CountDownLatch meanwhile = new CountDownLatch(1);
    AtomicReference<CompletableFuture<String>> second = new AtomicReference<>();
    try (Store other = Store.open(settings)) {
      store
          .memory()
          .renew(
              "crm",
              none -> {
                second.set(
                    CompletableFuture.supplyAsync(
                        () ->
                            other
                                .memory()
                                .renew(
                                    "crm",
                                    kept -> {
                                      meanwhile.countDown();
                                      return kept + ", two";
                                    })));
                assertThat(isCountedDown(meanwhile)).as("renewed at the same time").isFalse();
                return "one";
              });
      assertThat(requireNonNull(second.get()).get(30, TimeUnit.SECONDS)).isEqualTo("one, two");
    }
  }

  private static boolean isCountedDown(CountDownLatch latch) {
    try {
      return latch.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void asAdmin(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
