package io.okrsync.store;

import static io.okrsync.store.Samples.CRM;
import static io.okrsync.store.Samples.DEALS_WON;
import static io.okrsync.store.Samples.NOON;
import static io.okrsync.store.Samples.QUARTER;
import static io.okrsync.store.Samples.REVENUE;
import static io.okrsync.store.Samples.last;
import static io.okrsync.store.Samples.open;
import static io.okrsync.store.Samples.page;
import static io.okrsync.store.Samples.rejecting;
import static io.okrsync.store.Samples.removed;
import static io.okrsync.store.Samples.won;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.okrsync.audit.AuditChain;
import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.connector.Page;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Money;
import io.okrsync.measure.RateTable;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import io.okrsync.okr.Cause;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.Statement;
import io.okrsync.okr.Statement.Kind;
import io.okrsync.okr.ValueAt;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Guard;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunFilter;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store promises, on every database. */
abstract class StoreContract {
  static final List<Measure> MEASURES = List.of(DEALS_WON, REVENUE);
  private static final Set<RunKind> RECORDS = EnumSet.of(RunKind.SYNC, RunKind.RECONCILE);

  private static final String CONTRIBUTIONS =
      """
      select m.version, c.record_id, c.since_run, e.until_run, c.at, c.amount, c.item,
        c.group_key, c.currency, c.problem, c.original_amount, c.original_currency
      from contribution c join measure_version m on m.id = c.measure
      left join ended_version e
        on e.source = m.source and e.record_id = c.record_id and e.since_run = c.since_run
      """;

  private static final String DAILY_TOTALS =
      """
      select m.version, d.epoch_day, d.currency, d.records, d.problems,
        cast(d.amount as numeric(57, 10))
      from daily_total d join measure_version m on m.id = d.measure
      """;

  private static final String ADDED_UP_BY_DAY =
      """
      select version, epoch_day, currency, count(*), count(problem),
        cast(coalesce(sum(amount), 0) as numeric(57, 10))
      from (
        select m.version, cast(floor(extract(epoch from c.at) / 86400) as integer) as epoch_day,
          coalesce(c.currency, '') as currency, c.problem, c.amount
        from contribution c join measure_version m on m.id = c.measure
        join source_state s on s.source = m.source
        where c.at is not null and c.since_run <= s.published_run
          and not exists (
            select 1 from ended_version e
            where e.source = m.source and e.record_id = c.record_id and e.since_run = c.since_run
              and e.until_run <= s.published_run)
      ) counted
      group by version, epoch_day, currency
      """;

  @SuppressWarnings("NullAway.Init")
  StoreSettings settings;

  @SuppressWarnings("NullAway.Init")
  Store store;

  long configuration;

  /** An empty database of its own. */
  abstract StoreSettings emptyDatabase() throws Exception;

  /** Ends the store's connections as if the process had been killed. */
  abstract void kill() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    settings = emptyDatabase();
    store = Store.open(settings);
    configuration = store.configurationLoaded("digest", Map.of("measures.yaml", "…"), "{}", NOON);
    store.derive("crm", MEASURES);
  }

  /** Whatever a test did. */
  @AfterEach
  void each_run_did_what_it_sealed_and_the_store_closes() {
    try {
      AsSealed.check(store.evidence());
    } finally {
      store.close();
    }
  }

  // What is sent to us

  @Test
  void a_push_of_some_records_leaves_the_others_and_a_complete_one_ends_them() {
    push("one", false, won("1", "10"), won("2", "20"));
    push("two", false, won("2", "25"));
    assertThat(store.records("crm")).isEqualTo(2);

    SyncRun complete = push("three", true, won("2", "25"));

    assertThat(complete.counts().removed()).isEqualTo(1);
    assertThat(store.records("crm")).isEqualTo(1);
  }

  @Test
  void the_same_request_is_answered_with_its_run() {
    SyncRun first = push("one", false, won("1", "10"));
    push("two", false, won("1", "11"));

    PushedRun again = store.beginPushed(Samples.CRM, "definition", false, "one", NOON);

    assertThat(again.repeated()).isTrue();
    assertThat(again.run().id()).isEqualTo(first.id());
    assertThat(again.run().outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void a_push_that_was_cut_off_never_counts_and_may_come_again() throws Exception {
    PushedRun cutOff = store.beginPushed(Samples.CRM, "definition", false, "one", NOON);
    store.append(cutOff.run(), last(won("1", "10")), MEASURES, NOON);
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON);
    store.derive("crm", MEASURES);

    SyncRun again = push("one", false, won("1", "10"));

    assertThat(again.id()).isGreaterThan(cutOff.run().id());
    assertThat(again.counts().created()).isEqualTo(1);
    assertThat(store.records("crm")).isEqualTo(1);
  }

  @Test
  void a_push_that_was_cut_off_before_it_was_stored_may_come_again_after_another_one()
      throws Exception {
    store.beginPushed(Samples.CRM, "definition", false, "one", NOON);
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON);
    store.derive("crm", MEASURES);
    push("two", false, won("2", "20"));

    push("one", false, won("1", "10"));

    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  /** The database went away before it was published, and the sender was told so. */
  @Test
  void a_push_that_was_stored_and_not_published_may_come_again_after_another_one() {
    SyncRun cutOff = store.beginPushed(CRM, "definition", false, "one", NOON).run();
    store.interrupt(
        store.append(cutOff, last(won("1", "10")), MEASURES, NOON), "the database is gone", NOON);
    push("two", false, won("2", "20"));
    assertThat(value(REVENUE)).isEqualByComparingTo("20");

    push("one", false, won("1", "10"));

    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  /** Its sender sends again before anybody has ended what broke off. */
  @Test
  void a_push_that_could_not_say_that_it_broke_off_is_ended_when_it_comes_again() {
    SyncRun brokeOff = store.beginPushed(CRM, "definition", false, "one", NOON).run();

    push("one", false, won("1", "10"));

    assertThat(store.run(brokeOff.id()))
        .get()
        .satisfies(it -> assertThat(it.outcome()).isEqualTo(Outcome.PARTIAL))
        .extracting(SyncRun::reason)
        .isEqualTo("broke off; goes on when the same is sent again");
    assertThat(actions(EntryFilter.ofSource("crm"))).contains("run.partial");
  }

  private SyncRun push(String request, boolean complete, SourceRecord... records) {
    PushedRun pushed = store.beginPushed(Samples.CRM, "definition", complete, request, NOON);
    assertThat(pushed.repeated()).isFalse();
    SyncRun run = store.append(pushed.run(), last(records), MEASURES, NOON);
    return store.publish(run, configuration, readings -> List.of(), NOON).run();
  }

  // Runs that broke off and could not say so

  @Test
  void a_run_that_nobody_works_on_any_more_is_interrupted_and_goes_on() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    assertThat(store.notElsewhere()).containsExactly(run);

    Optional<SyncRun> left = store.interruptLeft(run, () -> false, null, NOON);

    assertThat(left).get().extracting(SyncRun::outcome).isEqualTo(Outcome.PARTIAL);
    assertThat(store.notElsewhere()).isEmpty();
    assertThat(store.interruptLeft(run, () -> false, null, NOON)).isEmpty();
    assertThat(begin()).isEqualTo(run);
  }

  @Test
  void a_run_that_somebody_has_taken_up_meanwhile_is_not_interrupted() {
    SyncRun run = begin();

    assertThat(store.interruptLeft(run, () -> true, null, NOON)).isEmpty();

    assertThat(store.notElsewhere()).containsExactly(run);
  }

  // Held runs

  @Test
  void a_held_run_publishes_nothing_and_lets_no_other_begin_even_after_a_restart()
      throws Exception {
    publish(last(won("1", "10")));
    SyncRun held = hold(last(won("2", "20")));
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON.plusSeconds(9));
    store.derive("crm", MEASURES);

    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(store.held("crm")).get().isEqualTo(held);
    assertThatThrownBy(this::begin).hasMessageContaining("run %d is held", held.id());
  }

  @Test
  void a_released_run_has_the_effects_of_one_that_was_never_held() {
    SyncRun first = publish(last(won("1", "10"), won("2", "20")));
    SyncRun held = hold(last(won("1", "11")));

    Publication released = release(held).orElseThrow();

    assertThat(released.run().outcome()).isEqualTo(Outcome.OK);
    assertThat(released.run().counts().removed()).isEqualTo(1);
    assertThat(released.run().reason()).contains("was held: too much", "released by anna: checked");
    assertThat(value(REVENUE)).isEqualByComparingTo("11");
    assertThat(state().publishedRun()).isEqualTo(held.id()).isNotEqualTo(first.id());
    assertThat(state().records()).isEqualTo(1);
    assertThat(store.held("crm")).isEmpty();
    assertThat(chain())
        .extracting(it -> it.entry().actor() + " " + it.entry().action())
        .contains("anna run.released", "schedule run.held")
        .endsWith("schedule run.published", "schedule run.found");
  }

  /** It goes to the log, which more people read than the records. */
  @Test
  void what_the_database_says_when_it_refuses_a_record_tells_nothing_of_it() throws SQLException {
    execute("alter table record_version add constraint no_more check (hash = '')");
    SyncRun run = begin();

    Throwable refused =
        catchThrowable(() -> store.append(run, last(won("1", "77123")), MEASURES, NOON));

    StringWriter told = new StringWriter();
    refused.printStackTrace(new PrintWriter(told, true));
    assertThat(told.toString()).containsIgnoringCase("no_more").doesNotContain("77123");
  }

  @Test
  void a_discarded_run_leaves_no_trace_in_the_records_and_the_next_begins_anew() {
    publish(last(won("1", "10"), won("2", "20")));
    List<String> before = rows("record_version", "contribution", "ended_version");
    SyncRun held = hold(last(won("1", "11"), won("3", "30")));

    SyncRun discarded = store.discard(held, ANNA, NOON).orElseThrow();

    assertThat(discarded.outcome()).isEqualTo(Outcome.DISCARDED);
    assertThat(discarded.reason())
        .endsWith("; discarded by anna: checked; the next run reads again");
    assertThat(rows("record_version", "contribution", "ended_version")).isEqualTo(before);
    SyncRun next = begin();
    assertThat(next.id()).isNotEqualTo(held.id());
    assertThat(next.cursor()).isNull();
  }

  /** Whoever wrote it: the service has no way to, and this is what holds if it gets one. */
  @Test
  void the_database_refuses_a_second_version_of_a_record_that_is_open_or_of_the_same_run()
      throws SQLException {
    publish(last(won("1", "10")));
    SyncRun second = publish(last(won("1", "11")));
    String open =
        "insert into record_version (source, record_id, since_run, hash) values ('crm', '1', 9,"
            + " 'x')";
    String ended = "update record_version set until_run = %d where since_run = " + second.id();

    assertThatThrownBy(() -> execute(open))
        .isInstanceOf(SQLException.class)
        .extracting(it -> ((SQLException) it).getSQLState())
        .isEqualTo("23505");
    assertThatThrownBy(() -> execute(ended.formatted(second.id())))
        .isInstanceOf(SQLException.class)
        .extracting(it -> ((SQLException) it).getSQLState())
        .isIn("23513", "23514");

    execute(ended.formatted(9));
    execute(open);
  }

  @Test
  void a_run_is_decided_about_once() {
    SyncRun held = hold(last(won("1", "10")));
    assertThat(store.discard(held, ANNA, NOON)).isPresent();
    int entries = chain().size();

    assertThat(release(held)).isEmpty();
    assertThat(store.discard(held, ANNA, NOON)).isEmpty();
    assertThat(chain()).hasSize(entries);
  }

  @Test
  void what_a_guard_refuses_was_never_published() {
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    List<String> before = rows("sync_run", "source_state", "audit_entry", "record_version");

    assertThatThrownBy(
            () ->
                store.publish(
                    run,
                    configuration,
                    readings -> List.of(moved("10")),
                    publication -> {
                      throw new IllegalArgumentException("too much");
                    },
                    NOON))
        .hasMessage("too much");

    assertThat(rows("sync_run", "source_state", "audit_entry", "record_version")).isEqualTo(before);
    assertThat(rows("reading")).isEmpty();
  }

  private static final Decision ANNA = new Decision("anna", "checked");

  private SyncRun hold(Page page) {
    SyncRun run = store.append(begin(), page, MEASURES, NOON);
    assertThatThrownBy(
            () ->
                store.publish(
                    run,
                    configuration,
                    readings -> List.of(),
                    publication -> {
                      throw new IllegalArgumentException("too much");
                    },
                    NOON))
        .hasMessage("too much");
    return store.hold(run, "too much", NOON);
  }

  private Optional<Publication> release(SyncRun held) {
    return store.release(held, configuration, readings -> List.of(), ANNA, NOON.plusSeconds(60));
  }

  // Backfills

  @Test
  void a_backfill_never_moves_the_live_cursor() {
    publish(last(Samples.deal("1", "won", "10", NOON.minusSeconds(60))));
    Instant since = beginIncremental().since();
    publishRest(beginIncremental(), last(Samples.deal("1", "won", "10", NOON.minusSeconds(60))));
    SourceState before = state();

    SyncRun run =
        publishRest(backfill("2026-10-01", "2026-10-31"), last(october("2"), october("3")));

    assertThat(run.outcome()).isEqualTo(Outcome.OK);
    assertThat(value(REVENUE)).isEqualByComparingTo("14");
    assertThat(state().liveCursor()).isEqualTo(before.liveCursor());
    assertThat(state().readAt()).isEqualTo(before.readAt());
    assertThat(state().records()).isEqualTo(3);
    assertThat(beginIncremental().since()).isEqualTo(since);
  }

  @Test
  void a_backfill_leaves_what_changed_after_its_end_as_it_is() {
    publish(last(won("1", "10")));

    SyncRun run =
        publishRest(
            backfill("2026-10-01", "2026-10-31"),
            last(october("2"), won("1", "99"), won("3", "1")));

    assertThat(run.counts()).isEqualTo(new Counts(3, 1, 0, 2, 0, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("12");
  }

  @Test
  void a_backfill_that_was_cut_off_goes_on_before_anything_else() throws Exception {
    publish(last(won("1", "10")));
    SyncRun begun = backfill("2026-10-01", "2026-10-31");
    SyncRun run = store.append(begun, page("2", october("2")), MEASURES, NOON);
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON);
    store.derive("crm", MEASURES);

    SyncRun resumed = beginIncremental();

    assertThat(resumed).isEqualTo(run);
    publishRest(resumed, last(october("3")));
    assertThat(value(REVENUE)).isEqualByComparingTo("14");
  }

  @Test
  void a_backfill_whose_place_is_lost_goes_on_from_its_start() {
    publish(last(won("1", "10")));
    SyncRun begun = backfill("2026-10-01", "2026-10-31");
    store.interrupt(
        store.append(begun, page("2", october("2"), october("4")), MEASURES, NOON),
        "stopped",
        NOON);
    Instant late = NOON.plus(StoredRun.PLACE_GOOD_FOR).plusSeconds(1);

    SyncRun resumed = store.begin(CRM, "v1", Trigger.SCHEDULE, true, late);

    assertThat(resumed).isEqualTo(begun);
    publishRest(resumed, last(october("2"), october("3")));
    assertThat(value(REVENUE)).isEqualByComparingTo("14");
    assertThat(state().records()).isEqualTo(3);
  }

  @Test
  void a_backfill_that_failed_is_in_nobodys_way() {
    publish(last(won("1", "10")));
    SyncRun begun = backfill("2026-10-01", "2026-10-31");
    store.fail(
        store.append(begun, page("2", october("2")), MEASURES, NOON),
        "the tool refuses",
        false,
        NOON);

    SyncRun next = beginIncremental();

    assertThat(next.kind()).isEqualTo(RunKind.SYNC);
    assertThat(next.id()).isGreaterThan(begun.id());
    publishRest(next, last());
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
  }

  private SyncRun backfill(String from, String to) {
    Asked asked = Asked.backfill(from, to, ZoneOffset.UTC, NOON);
    return store.begin(CRM, "v1", Trigger.MANUAL, asked, true, NOON);
  }

  /** Worth 2, won in October. */
  private static SourceRecord october(String id) {
    return Samples.deal(id, "won", "2", Instant.parse("2026-10-17T08:00:00Z"));
  }

  // Differences

  @Test
  void a_reconcile_lists_what_the_runs_before_had_missed_and_how_late_it_was() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));
    Instant late = NOON.minus(Duration.ofHours(5));

    SyncRun run =
        publishRest(
            reconcile(),
            new Page(
                List.of(
                    won("1", "11"), // a run that asks for what changed would have brought this one
                    Samples.deal("2", "won", "21", late),
                    Samples.deal("4", "won", "40", late)),
                List.of(),
                null,
                3L));

    assertThat(run.counts().removed()).isEqualTo(1);
    assertThat(store.differences(run.id(), 9).first())
        .extracting(it -> it.record() + " " + it.what() + " " + it.late() + " " + it.thereAt())
        .containsExactly("4 ADDED PT5H null", "2 CHANGED PT5H null", "3 REMOVED null " + NOON);
    assertThat(store.differences(run.id(), 9).first()).allMatch(Difference::missed);
    assertThat(store.differences(run.id(), 1).more()).isEqualTo(2);
    assertThat(store.entries(EntryFilter.ofSource("crm"), 1))
        .extracting(it -> it.entry().action() + " " + it.entry().detail())
        .singleElement()
        .asString()
        .contains("run.found", "4 was missing", "noticed 5h later", "3 is gone");
  }

  @Test
  void a_reconcile_moves_the_cursor_as_any_live_run() {
    publish(last(Samples.deal("1", "won", "10", NOON.minusSeconds(600))));

    publishRest(reconcile(), last(Samples.deal("1", "won", "10", NOON.minusSeconds(60))));

    assertThat(state().liveCursor()).isEqualTo(NOON.minusSeconds(60));
    assertThat(store.lastOfEverything("crm", RECORDS))
        .get()
        .extracting(SyncRun::kind)
        .isEqualTo(RunKind.RECONCILE);
  }

  @Test
  void what_is_marked_as_deleted_and_what_comes_back_is_noted_by_every_run() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun gone = publishIncremental(last(removed("1")));
    SyncRun back = publishIncremental(last(won("1", "10")));

    assertThat(store.differences(gone.id(), 9).first())
        .extracting(it -> it.record() + " " + it.what() + " " + it.marked() + " " + it.missed())
        .containsExactly("1 REMOVED true false");
    assertThat(store.differences(back.id(), 9).first())
        .extracting(Difference::inWords)
        .containsExactly("1 came back, after it had been taken as removed");
  }

  @Test
  void of_what_counts_no_more_it_is_known_which_run_removed_it() {
    publish(last(won("1", "10"), open("2"), won("3", "30")));
    SyncRun run = publish(last(won("3", "30")));
    store.append(begin(), last(), MEASURES, NOON); // not published: removes nothing

    assertThat(store.removals(REVENUE, QUARTER, 9))
        .extracting(it -> it.record() + " by run " + it.run())
        .containsExactly("1 by run " + run.id());
  }

  @Test
  void a_look_that_a_person_discarded_does_not_come_back_with_the_next_run() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    publishRest(reconcile(), page("2", open("3")), last(won("2", "20")));
    assertThat(store.owesLook("crm")).isPresent();
    SyncRun held = store.append(reconcile(), last(won("2", "20")), MEASURES, NOON);
    store.hold(held, "too much", NOON);

    store.discard(held, ANNA, NOON);

    assertThat(store.owesLook("crm")).isEmpty();
    assertThat(store.lastOfEverything("crm", RECORDS)).map(SyncRun::id).contains(held.id());
  }

  /** It is held before it is published, as one is that lost a field. */
  @Test
  void a_second_look_that_is_released_has_removed_what_neither_brought() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    publishRest(reconcile(), page("2", won("1", "10")), last(won("3", "30")));
    SyncRun second = store.append(reconcile(), page("2", won("1", "10")), MEASURES, NOON);
    second = store.append(second, last(won("3", "30")), MEASURES, NOON);

    SyncRun doubtful = second;
    assertThatThrownBy(
            () ->
                store.publish(
                    doubtful,
                    configuration,
                    readings -> List.of(),
                    publication -> {
                      throw new IllegalArgumentException("records came without wonAt");
                    },
                    NOON))
        .hasMessage("records came without wonAt");
    SyncRun held = store.hold(second, "records came without wonAt", NOON);
    assertThat(value(REVENUE)).isEqualByComparingTo("60");
    assertThat(held.counts().removed()).isEqualTo(1);
    store.release(held, configuration, readings -> List.of(), ANNA, NOON);

    assertThat(value(REVENUE)).isEqualByComparingTo("40");
    assertThat(store.owesLook("crm")).isEmpty();
  }

  @Test
  void what_a_discarded_run_had_found_is_forgotten() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun held = hold(last(won("1", "10")));
    assertThat(store.differences(held.id(), 9).all()).isEqualTo(1);

    store.discard(held, ANNA, NOON);

    assertThat(store.differences(held.id(), 9).all()).isZero();
  }

  private SyncRun reconcile() {
    return store.begin(CRM, "v1", Trigger.SCHEDULE, Asked.RECONCILE, true, NOON);
  }

  // Censuses

  @Test
  void a_census_removes_what_has_no_id_and_changes_nothing_else() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));
    SourceState before = state();
    SyncRun first = publishRest(census(), page("2", open("1")), last(open("3"), open("4")));
    assertThat(first.counts()).isEqualTo(new Counts(3, 0, 0, 3, 0, 0, null));
    assertThat(first.reason())
        .contains(
            "1 of the ids is not known here",
            "records that did not come: 1; they count until another look does not bring them");
    assertThat(store.owesLook("crm")).contains(first.id());
    assertThat(value(REVENUE)).isEqualByComparingTo("60");

    SyncRun run = publishRest(census(), page("2", open("1")), last(open("3"), open("4")));

    assertThat(run.counts()).isEqualTo(new Counts(3, 0, 0, 3, 1, 0, null));
    assertThat(store.owesLook("crm")).isEmpty();
    assertThat(value(REVENUE)).isEqualByComparingTo("40");
    assertThat(state().records()).isEqualTo(2);
    assertThat(state().readAt()).isEqualTo(before.readAt());
    assertThat(state().liveCursor()).isEqualTo(before.liveCursor());
    assertThat(store.differences(run.id(), 9).first())
        .extracting(Difference::inWords)
        .containsExactly(
            "2 is gone: a census of the ids did not list it, and it was there at " + NOON);
    assertThat(store.lastOfEverything("crm", EnumSet.allOf(RunKind.class))).contains(run);
    assertThat(store.lastOfEverything("crm", RECORDS)).get().isNotEqualTo(run);
  }

  /** Two of them, so that one takes the place that the other had on a page not read yet. */
  @Test
  void what_moves_between_pages_while_they_are_read_is_not_taken_for_gone() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));

    SyncRun moved = publish(page("2", won("1", "10")), last(won("3", "30"), won("4", "40")));
    assertThat(store.owesLook("crm")).contains(moved.id());
    assertThat(value(REVENUE)).isEqualByComparingTo("100");
    SyncRun all = publish(page("2", won("1", "10"), won("2", "20")), last(won("3", "30")));
    assertThat(all.reason()).contains("records that did not come: 1");
    assertThat(store.owesLook("crm")).as("4 was missed for the first time").contains(all.id());
    publish(page("2", won("2", "20")), last(won("3", "30"), won("4", "40")));
    assertThat(store.owesLook("crm")).as("a fourth look in a row").isEmpty();
    publish(page("2", won("1", "10"), won("2", "20")), last(won("3", "30"), won("4", "40")));

    assertThat(value(REVENUE)).isEqualByComparingTo("100");
    assertThat(rows("difference")).isEmpty();
  }

  /** What was deleted while the first look was read is missed by the second one first. */
  @Test
  void what_made_others_move_is_gone_with_the_third_look() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    publish(page("2", won("1", "10")), last(won("3", "30"), won("4", "40")));
    publish(page("2", won("2", "20")), last(won("3", "30"), won("4", "40")));
    assertThat(value(REVENUE)).isEqualByComparingTo("100");
    assertThat(store.owesLook("crm")).isPresent();

    publish(page("2", won("2", "20")), last(won("3", "30"), won("4", "40")));

    assertThat(value(REVENUE)).isEqualByComparingTo("90");
    assertThat(store.owesLook("crm")).isEmpty();
  }

  /** Its records would count beside those of before. */
  @Test
  void one_look_suffices_where_the_source_is_not_what_it_was() {
    publish(last(won("1", "10"), won("2", "20")));

    SyncRun other = publishRest(another(), page("2", won("3", "30")), last(won("2", "20")));

    assertThat(other.counts().removed()).isEqualTo(1);
    assertThat(value(REVENUE)).isEqualByComparingTo("50");
  }

  /** While it was read, 1 was deleted, and so 2 moved to the page that had been read. */
  @Test
  void what_one_look_took_for_gone_since_the_source_is_not_what_it_was_is_looked_for_again() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    SyncRun alone =
        publishRest(another(), page("2", won("1", "10")), last(won("3", "30"), won("4", "40")));
    assertThat(value(REVENUE)).isEqualByComparingTo("80");
    assertThat(store.owesLook("crm")).contains(alone.id());

    SyncRun again = store.begin(CRM, "v2", Trigger.SCHEDULE, Asked.RECONCILE, true, NOON);
    publishRest(again, page("2", won("2", "20")), last(won("3", "30"), won("4", "40")));

    assertThat(value(REVENUE)).as("1 counts until another look").isEqualByComparingTo("100");
    again = store.begin(CRM, "v2", Trigger.SCHEDULE, Asked.RECONCILE, true, NOON);
    publishRest(again, page("2", won("2", "20")), last(won("3", "30"), won("4", "40")));
    assertThat(value(REVENUE)).isEqualByComparingTo("90");
    assertThat(store.owesLook("crm")).isEmpty();
  }

  /** Its first run was in doubt, since 2 came twice, but it brought 2. */
  @Test
  void what_a_source_has_brought_as_it_is_now_is_not_taken_for_gone_by_one_look() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    publishRest(
        another(), page("2", won("1", "10"), won("2", "20")), last(won("2", "20"), won("4", "40")));

    SyncRun again = store.begin(CRM, "v2", Trigger.SCHEDULE, Asked.RECONCILE, true, NOON);
    SyncRun look = publishRest(again, page("2", won("1", "10")), last(won("4", "40")));

    assertThat(look.counts().removed()).as("3, which neither brought").isEqualTo(1);
    assertThat(value(REVENUE)).isEqualByComparingTo("70");
    assertThat(store.owesLook("crm")).contains(look.id());
  }

  /** Its total shrank while it was read, so that nothing is taken as removed. */
  @Test
  void a_source_that_is_another_one_does_not_count_beside_the_old_one_unseen() {
    publish(last(many(0, 20)));
    SyncRun run =
        store.append(
            another(), new Page(List.of(many(50, 60)), List.of(), "2", 21L), MEASURES, NOON);
    SyncRun read =
        store.append(run, new Page(List.of(many(60, 70)), List.of(), null, 20L), MEASURES, NOON);
    List<String> doubts = new ArrayList<>();

    store.publish(
        read,
        configuration,
        readings -> List.of(),
        it ->
            Guard.STANDARD
                .doubt(it.run(), 20, it.missed(), it.changes(), List.of())
                .ifPresent(doubts::add),
        NOON);

    assertThat(doubts)
        .singleElement()
        .asString()
        .startsWith("20 of 20 records did not come and 20");
    assertThat(store.owesLook("crm")).as("where a person releases it").isPresent();
    SyncRun again = store.begin(CRM, "v2", Trigger.SCHEDULE, Asked.RECONCILE, true, NOON);
    publishRest(again, page("2", many(50, 60)), last(many(60, 70)));
    assertThat(state().records()).isEqualTo(20);
  }

  /**
   * A look at the other list was in doubt, so it is no look; and yet that one is another source.
   */
  @Test
  void a_source_that_is_what_it_was_does_not_count_beside_what_it_was_meanwhile() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    publishRest(another(), page("2", won("8", "80"), won("9", "90")), last(won("9", "90")));
    assertThat(value(REVENUE)).isEqualByComparingTo("200");

    publish(page("2", won("1", "10")), last(won("2", "20")));

    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  /** In doubt, so that it can tell nothing; the next two can. */
  @Test
  void a_look_in_doubt_that_misses_records_is_followed_by_two_others_at_most() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    publish(page("2", won("1", "10"), won("3", "30")), last(won("3", "30")));
    assertThat(store.owesLook("crm")).isPresent();
    publish(page("2", won("1", "10")), last(won("3", "30")));
    assertThat(store.owesLook("crm")).isPresent();

    publish(page("2", won("1", "10")), last(won("3", "30")));

    assertThat(value(REVENUE)).isEqualByComparingTo("40");
    assertThat(store.owesLook("crm")).isEmpty();
  }

  @Test
  void a_list_that_is_in_doubt_each_time_is_not_looked_at_for_ever() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    publish(page("2", won("1", "10")), last(won("3", "30")));
    assertThat(store.owesLook("crm")).isPresent();

    publish(page("2", won("1", "10"), won("3", "30")), last(won("3", "30")));
    assertThat(store.owesLook("crm")).as("it was owed before, too").isPresent();

    publish(page("2", won("1", "10"), won("3", "30")), last(won("3", "30")));

    assertThat(store.owesLook("crm")).isEmpty();
  }

  /** Its census has larger pages; then the address of the second page of records is lost. */
  @Test
  void one_page_is_all_there_is_only_where_all_that_are_known_were_on_one_page() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    publishRest(census(), last(open("1"), open("2")));
    assertThat(publishRest(reconcile(), last(won("1", "10"))).counts().removed()).isZero();
    publish(page("2", won("1", "10")), last(won("2", "20")));
    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  /** Of the list as it was configured before, whose page may have been larger. */
  @Test
  void one_page_of_another_list_does_not_tell_that_one_page_of_this_is_all() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));

    publishRest(another(), last(won("1", "10")));

    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(store.owesLook("crm")).as("it decided alone").isPresent();
  }

  @Test
  void a_run_of_another_list_that_a_person_discarded_takes_no_look_from_this_one() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    publishRest(reconcile(), page("2", open("3")), last(won("2", "20")));
    SyncRun held = store.append(another(), last(won("7", "70")), MEASURES, NOON);
    store.hold(held, "too much", NOON);

    store.discard(held, ANNA, NOON);

    assertThat(store.owesLook("crm")).isPresent();
  }

  @Test
  void a_census_that_sees_again_what_was_taken_for_gone_owes_a_look() {
    publish(last(won("1", "10"), won("2", "20")));
    publish(last(won("1", "10")));
    assertThat(value(REVENUE)).isEqualByComparingTo("10");

    SyncRun census = publishRest(census(), last(open("1"), open("2")));

    assertThat(store.owesLook("crm")).contains(census.id());
  }

  /** An item that cannot be read is no record that did not come. */
  @Test
  void a_rejected_item_owes_no_look() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    Rejection rejected = new Rejection("2", "no value");
    SyncRun run = store.append(another(), page("2", won("1", "10")), MEASURES, NOON);
    publishRest(run, new Page(List.of(), List.of(rejected), null, null));

    assertThat(store.owesLook("crm")).isEmpty();
  }

  private SyncRun another() {
    return store.begin(CRM, "v2", Trigger.SCHEDULE, true, NOON);
  }

  /** Its first beginning has seen record 2, which nobody may forget. */
  @Test
  void a_look_that_begins_anew_knows_what_was_there_after_the_look_before() {
    publish(page("2", won("1", "10")), last(won("2", "20")));
    publishRest(reconcile(), page("2", won("1", "10")), last(won("2", "20")));
    SyncRun cut =
        store.append(reconcile(), page("2", won("1", "10"), won("2", "20")), MEASURES, NOON);
    store.interrupt(cut, "cut off", NOON);

    Instant later = NOON.plus(StoredRun.PLACE_GOOD_FOR).plusSeconds(1);
    SyncRun anew = store.begin(CRM, "v1", Trigger.SCHEDULE, Asked.RECONCILE, true, later);
    assertThat(anew.id()).isEqualTo(cut.id());
    assertThat(anew.cursor()).isNull();
    publishRest(anew, page("2", won("1", "10")), last(won("3", "30")));

    assertThat(value(REVENUE)).isEqualByComparingTo("60");
  }

  @Test
  void a_run_that_goes_on_after_a_clock_was_put_back_began_now() {
    publish(last(won("1", "10")));
    SyncRun cut = store.append(begin(), page("2", won("2", "20")), MEASURES, NOON);
    store.interrupt(cut, "cut off", NOON);
    Instant earlier = NOON.minusSeconds(36_000);

    SyncRun resumed = store.begin(CRM, "v1", Trigger.MANUAL, true, earlier);

    assertThat(resumed.id()).isEqualTo(cut.id());
    assertThat(resumed.startedAt()).isEqualTo(earlier);
  }

  @Test
  void what_an_ordinary_run_has_brought_meanwhile_is_not_taken_for_gone() {
    publish(last(won("1", "10"), won("2", "20")));
    publish(page("2", won("1", "10")), last(won("3", "30")));
    publishRest(beginIncremental(), last(won("2", "21")));

    publish(page("2", won("1", "10")), last(won("3", "30")));

    assertThat(value(REVENUE)).isEqualByComparingTo("61");
  }

  @Test
  void what_came_after_everything_was_read_was_there_when_it_came() {
    publish(last(won("1", "10")));
    Instant later = NOON.plusSeconds(3600);
    SyncRun brought = store.begin(CRM, "v1", Trigger.SCHEDULE, true, later);
    publishRest(brought, last(won("2", "20")));

    publishRest(census(), last(open("1")));
    SyncRun run = publishRest(census(), last(open("1")));

    assertThat(store.differences(run.id(), 9).first())
        .singleElement()
        .satisfies(it -> assertThat(it.thereAt()).isEqualTo(later));
  }

  /** Neither the look that missed it first says that it was there, nor a census of one page. */
  @Test
  void what_is_gone_was_there_when_a_run_last_saw_it() {
    publish(page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    Instant seen = NOON.plusSeconds(3600);
    Instant missed = NOON.plusSeconds(7200);
    SyncRun look = store.begin(CRM, "v1", Trigger.SCHEDULE, Asked.RECONCILE, true, seen);
    publishRest(look, page("2", won("1", "10")), last(won("2", "20"), won("3", "30")));
    look = store.begin(CRM, "v1", Trigger.SCHEDULE, Asked.RECONCILE, true, missed);
    publishRest(look, page("2", won("1", "10")), last(won("3", "30")));

    SyncRun run = publishRest(census(), last(open("1"), open("3")));

    assertThat(store.differences(run.id(), 9).first())
        .singleElement()
        .satisfies(it -> assertThat(it.thereAt()).isEqualTo(seen));
  }

  @Test
  void a_census_with_a_doubt_says_it() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun twice = store.append(census(), last(open("1"), open("1")), MEASURES, NOON);

    assertThat(store.doubt(twice)).get().asString().contains("came twice");
  }

  @Test
  void a_total_that_shrinks_puts_in_doubt_that_what_did_not_come_is_gone() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));

    SyncRun run =
        publishRest(
            begin(),
            new Page(List.of(won("1", "10")), List.of(), "2", 3L),
            new Page(List.of(won("3", "30")), List.of(), null, 2L));

    assertThat(run.counts().removed()).isZero();
    assertThat(run.reason()).contains("total shrank", "nothing was taken as removed");
  }

  @Test
  void a_census_that_was_killed_goes_on_and_removes_the_same() throws Exception {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));
    publishRest(census(), page("2", open("1")), last(open("3")));
    SyncRun run = store.append(census(), page("2", open("1")), MEASURES, NOON);
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON);
    store.derive("crm", MEASURES);

    SyncRun resumed = beginIncremental();

    assertThat(resumed).isEqualTo(run);
    assertThat(publishRest(resumed, last(open("3"))).counts().removed()).isEqualTo(1);
    assertThat(value(REVENUE)).isEqualByComparingTo("40");
  }

  @Test
  void a_census_whose_place_is_too_old_begins_anew_and_removes_the_same() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));
    publishRest(census(), page("2", open("1")), last(open("3")));
    SyncRun run = store.append(census(), page("2", open("1")), MEASURES, NOON);
    store.interrupt(run, "stopped", NOON);
    Instant late = NOON.plus(StoredRun.PLACE_GOOD_FOR).plusSeconds(1);

    SyncRun again = store.begin(CRM, "v1", Trigger.SCHEDULE, true, late);

    assertThat(again.id()).isEqualTo(run.id());
    assertThat(again.counts()).isEqualTo(Counts.NONE);
    SyncRun published = publishRest(again, page("2", open("1")), last(open("3")));
    assertThat(published.counts().removed()).as(published.reason()).isEqualTo(1);
    assertThat(value(REVENUE)).isEqualByComparingTo("40");
  }

  private SyncRun census() {
    return store.begin(CRM, "v1", Trigger.SCHEDULE, Asked.CENSUS, true, NOON);
  }

  // Visibility

  @Test
  void a_typed_value_becomes_a_reading_and_the_latest_override_is_found() {
    long version = store.configurationLoaded("d1", Map.of("okrs.yaml", "..."), "{}", NOON);
    Statement first =
        new Statement(
            "share", Kind.VALUE, NOON, "Ani", new BigDecimal("14"), "counted", "https://a.b", null);
    Statement second =
        new Statement(
            "share",
            Kind.VALUE,
            NOON.plusSeconds(60),
            "Budi",
            new BigDecimal("15.25"),
            "counted again",
            "",
            null);
    Statement override =
        new Statement(
            "win-rate",
            Kind.OVERRIDE,
            NOON,
            "Ani",
            new BigDecimal("20"),
            "a typo",
            "",
            NOON.plusSeconds(3600));
    Statement ended =
        new Statement(
            "win-rate", Kind.OVERRIDE, NOON.plusSeconds(5), "Ani", null, "repaired", "", null);

    store.state(first, version);
    store.state(second, version);
    store.state(override, version);
    assertThat(store.overrides(List.of("win-rate", "share")))
        .containsOnly(Map.entry("win-rate", override));
    store.state(ended, version);

    assertThat(store.overrides(List.of("win-rate"))).containsOnly(Map.entry("win-rate", ended));
    assertThat(store.statements("share", 10)).containsExactly(second, first);
    assertThat(store.history("share", 10))
        .extracting(it -> it.previous() + " to " + it.value() + " " + it.cause())
        .containsExactly("14 to 15.25 TYPED", "null to 14 TYPED");
    assertThat(store.evidence().statements()).containsExactly(first, second, override, ended);
    assertThat(store.entries(EntryFilter.ofKeyResult("win-rate"), 2))
        .extracting(it -> it.entry().detail().replaceFirst("; sealed [0-9a-f]{64}$", ""))
        .containsExactly(
            "override ends: repaired", "override 20 until " + NOON.plusSeconds(3600) + ": a typo");
    assertThat(store.course("share", NOON.plusSeconds(1)))
        .containsExactly(new ValueAt(NOON.plusSeconds(60), new BigDecimal("15.25")));
  }

  @Test
  void keeps_each_check_in_newest_first_and_tells_the_audit() {
    CheckIn doubt = new CheckIn("win-rate", NOON, "Ani", 2, "", "no leads from fairs");
    CheckIn hope = new CheckIn("win-rate", NOON.plusSeconds(60), "Budi", 4, "two large deals", "");

    store.checkIn(doubt);
    store.checkIn(hope);
    store.checkIn(new CheckIn("revenue", NOON, "Ani", 5, "", ""));

    assertThat(store.checkIns("win-rate", 10)).containsExactly(hope, doubt);
    assertThat(store.checkIns("win-rate", 1)).containsExactly(hope);
    assertThat(store.entries(EntryFilter.ofKeyResult("win-rate"), 1))
        .extracting(SealedEntry::entry)
        .singleElement()
        .satisfies(it -> assertThat(it).isEqualTo(Wording.entry(hope)))
        .extracting(AuditEntry::detail)
        .asString()
        .startsWith("confidence green, 4 of 5; wins: two large deals; sealed ");
  }

  @Test
  void a_source_that_was_never_published_has_no_reading_but_a_reason() {
    store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    assertThat(whyNot(DEALS_WON)).isEqualTo(Reason.Name.NEVER_READ);
  }

  @Test
  void a_published_run_is_seen_by_readings() {
    publish(page("2", won("1", "10"), open("2")), last(won("3", "2.5")));
    assertThat(value(DEALS_WON)).isEqualByComparingTo("2");
    assertThat(value(REVENUE)).isEqualByComparingTo("12.5");
  }

  @Test
  void what_an_unfinished_run_stored_is_seen_by_nobody() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun run = begin();
    store.append(run, last(won("1", "99"), open("2"), won("3", "1")), MEASURES, NOON);
    assertThat(value(REVENUE)).isEqualByComparingTo("30");
    assertThat(state().records()).isEqualTo(2);
  }

  @Test
  void readings_see_the_run_that_is_being_published() {
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    store.publish(
        run,
        configuration,
        readings -> {
          assertThat(readings.read(REVENUE, QUARTER).value()).isEqualByComparingTo("10");
          assertThat(readings.publishedRun("crm")).isEqualTo(run.id());
          return List.of();
        },
        NOON);
  }

  @Test
  void publishing_that_fails_changes_nothing() {
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    int entries = store.entries(EntryFilter.ALL, 100).size();
    assertThatThrownBy(
            () ->
                store.publish(
                    run,
                    configuration,
                    readings -> {
                      throw new IllegalArgumentException("a formula with a bug");
                    },
                    NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a formula with a bug");
    assertThat(whyNot(REVENUE)).isEqualTo(Reason.Name.NEVER_READ);
    assertThat(store.entries(EntryFilter.ALL, 100)).hasSize(entries);
    assertThat(store.run(run.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.RUNNING);
  }

  @Test
  void refuses_to_publish_a_run_that_does_not_balance() {
    Page page = new Page(List.of(open("1")), List.of(), null, 7L);
    SyncRun run = store.append(begin(), page, MEASURES, NOON);
    assertThatThrownBy(() -> store.publish(run, configuration, readings -> List.of(), NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the source says there are 7");
  }

  // Counting

  @Test
  void counts_what_is_new_changed_unchanged_and_rejected() {
    publish(last(open("1"), open("2")));
    SyncRun run = beginIncremental();
    run = store.append(run, page("2", open("1"), won("2", "5"), open("3")), MEASURES, NOON);
    run = store.append(run, rejecting("4"), MEASURES, NOON);
    assertThat(run.counts()).isEqualTo(new Counts(4, 1, 1, 1, 0, 1, null));
    assertThat(store.run(run.id())).contains(run);
  }

  @Test
  void reading_the_same_again_changes_nothing() {
    publish(last(open("1"), won("2", "5")));
    List<String> before = rows("contribution", "record_version", "ended_version");
    SyncRun run = publish(last(open("1"), won("2", "5")));
    assertThat(run.counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0, null));
    assertThat(rows("contribution", "record_version", "ended_version")).isEqualTo(before);
  }

  @Test
  void a_record_marked_as_removed_is_changed_and_removed() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun run = publishIncremental(last(removed("1")));
    assertThat(run.counts()).isEqualTo(new Counts(1, 0, 1, 0, 1, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("20");
    assertThat(state().records()).isEqualTo(1);
  }

  @Test
  void a_record_marked_as_removed_that_was_never_known_changes_nothing() {
    SyncRun run = publish(last(removed("1")));
    assertThat(run.counts()).isEqualTo(new Counts(1, 0, 0, 1, 0, 0, null));
  }

  @Test
  void a_record_that_comes_back_is_changed() {
    publish(last(won("1", "10"), open("2")));
    publishIncremental(last(removed("1")));
    SyncRun run = publishIncremental(last(won("1", "10")));
    assertThat(run.counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(state().records()).isEqualTo(2);
  }

  @Test
  void of_a_record_that_comes_twice_in_a_run_the_last_holds() {
    publish(last(open("1")));
    SyncRun run =
        publishIncremental(page("2", won("1", "10")), page("3", won("1", "11")), last(open("9")));
    assertThat(run.counts()).isEqualTo(new Counts(3, 1, 2, 0, 0, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("11");
    assertThat(rows("select count(*) from record_version where record_id = '1'"))
        .containsExactly("2");
  }

  @Test
  void of_a_record_that_comes_twice_in_a_page_the_last_holds() {
    SyncRun run = publish(last(won("1", "10"), open("1")));
    assertThat(run.counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, 0, null));
    assertThat(value(DEALS_WON)).isEqualByComparingTo("0");
  }

  @Test
  void a_record_that_comes_and_goes_within_a_run_leaves_no_trace() {
    SyncRun run = publish(page("2", won("1", "10"), open("2")), last(removed("1")));
    assertThat(run.counts().removed()).isEqualTo(1);
    assertThat(rows("select record_id from record_version")).containsExactly("2");
    assertThat(rows("contribution")).isEmpty();
    assertThat(state().records()).isEqualTo(1);
  }

  @Test
  void a_read_of_everything_removes_what_it_and_the_one_before_did_not_see() {
    publish(last(won("1", "10"), won("2", "20"), won("3", "30")));
    publish(page("2", won("1", "10")), last(won("4", "1")));
    assertThat(value(REVENUE)).isEqualByComparingTo("61");
    SyncRun run = publish(page("2", won("1", "10")), last(won("4", "1")));
    assertThat(run.counts()).isEqualTo(new Counts(2, 0, 0, 2, 2, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("11");
    assertThat(state().records()).isEqualTo(2);
    assertThat(rows("select record_id from seen_record")).containsExactlyInAnyOrder("1", "4");
  }

  @Test
  void a_first_read_of_everything_notes_nothing_but_versions() {
    publish(page("2", won("1", "10")), last(open("2")));
    assertThat(rows("seen_record")).isEmpty();
  }

  @Test
  void of_many_records_those_that_are_gone_are_removed_and_no_others() {
    publish(last(many(0, 2500)));
    publish(page("2", many(0, 100)), last(many(2300, 2500)));
    SyncRun run = publish(page("2", many(0, 100)), last(many(2300, 2600)));
    assertThat(run.counts()).isEqualTo(new Counts(400, 100, 0, 300, 2200, 0, null));
    assertThat(value(DEALS_WON)).isEqualByComparingTo("400");
    assertThat(state().records()).isEqualTo(400);
    // The address of a second page may have been lost once.
    assertThat(publish(last(many(0, 100))).counts().removed()).isZero();
    assertThat(publish(last(many(0, 100))).counts().removed()).isEqualTo(300);
  }

  @Test
  void what_is_gone_is_seen_until_publishing_holds_and_is_counted_once() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    assertThatThrownBy(() -> store.publish(run, configuration, readings -> failing(), NOON))
        .hasMessage("no room");
    assertThat(value(REVENUE)).isEqualByComparingTo("30");
    assertThat(state().records()).isEqualTo(2);

    store.interrupt(run, "no room", NOON);
    SyncRun resumed = begin();
    assertThat(resumed.readToTheEnd()).isTrue();
    assertThat(publishRest(resumed).counts()).isEqualTo(new Counts(1, 0, 0, 1, 1, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(state().records()).isEqualTo(1);
  }

  @Test
  void what_was_gone_in_a_run_that_is_given_up_is_there_again() {
    publish(last(won("1", "10"), won("2", "20")));
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    assertThatThrownBy(() -> store.publish(run, configuration, readings -> failing(), NOON))
        .hasMessage("no room");
    store.fail(run, "no room", false, NOON);

    assertThat(publish(last(won("1", "10"), won("2", "20"))).counts())
        .isEqualTo(new Counts(2, 0, 0, 2, 0, 0, null));
    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  @Test
  void who_came_on_two_pages_is_noticed_whatever_became_of_it() {
    publish(last(won("same", "1"), won("changed", "1"), won("removed", "1"), won("gone", "1")));
    for (SourceRecord twice :
        List.of(won("same", "1"), won("changed", "2"), removed("removed"), won("new", "1"))) {
      SyncRun run = publish(page("2", twice), last(twice));
      assertThat(run.reason()).as(twice.id()).contains("came twice");
      assertThat(run.counts().removed()).isEqualTo(twice.removed() ? 1 : 0);
    }
    assertThat(value(DEALS_WON)).isEqualByComparingTo("4");
  }

  @Test
  void a_read_of_what_changed_removes_nothing() {
    publish(last(won("1", "10"), won("2", "20")));
    publishIncremental(last(won("2", "21")));
    assertThat(value(REVENUE)).isEqualByComparingTo("31");
  }

  @Test
  void an_item_that_is_rejected_keeps_the_record_it_was() {
    publish(last(won("1", "10"), won("2", "20")));
    publish(page("2", won("2", "20")), rejecting("1"));
    assertThat(value(REVENUE)).isEqualByComparingTo("30");
  }

  @Test
  void nothing_read_and_nothing_gone_is_proven_empty() {
    publish(last(open("1")));
    assertThat(publishIncremental(last()).outcome()).isEqualTo(Outcome.OK_EMPTY);
  }

  @Test
  void everything_read_and_nothing_changed_is_not_empty() {
    publish(last(open("1")));
    assertThat(publishIncremental(last(open("1"))).outcome()).isEqualTo(Outcome.OK);
  }

  @Test
  void two_sources_may_use_the_same_ids() {
    Measure shop = Samples.measure("shop_won", "shop", Aggregate.COUNT, null);
    store.derive("shop", List.of(shop));
    publish(last(won("1", "10")));
    SyncRun run = store.begin(Samples.source("shop"), "v1", Trigger.MANUAL, true, NOON);
    run = store.append(run, last(open("1")), List.of(shop), NOON);
    store.publish(run, configuration, readings -> List.of(), NOON);
    assertThat(run.counts().created()).isEqualTo(1);
    assertThat(value(DEALS_WON)).isEqualByComparingTo("1");
    assertThat(value(shop)).isEqualByComparingTo("0");
  }

  // Going on and beginning anew

  @Test
  void a_first_run_reads_everything() {
    assertThat(beginIncremental().since()).isNull();
  }

  @Test
  void an_incremental_run_reads_from_the_latest_update_less_the_overlap() {
    Instant latest = NOON.minusSeconds(60);
    publish(
        last(
            Samples.deal("1", "open", "1", latest.minusSeconds(1)),
            Samples.deal("2", "open", "1", latest)));
    assertThat(beginIncremental().since()).isEqualTo(latest.minus(CRM.overlap()));
    assertThat(state().liveCursor()).isEqualTo(latest);
  }

  @Test
  void an_update_in_the_future_does_not_carry_the_cursor_there() {
    Instant latest = NOON.minusSeconds(60);
    publish(
        last(
            Samples.deal("1", "open", "1", latest),
            Samples.deal("2", "open", "1", NOON.plusSeconds(3600))));
    assertThat(state().liveCursor()).isEqualTo(latest);
  }

  /** What changed since, by the right time, lies before it. */
  @Test
  void where_the_cursor_is_at_a_time_yet_to_come_everything_is_read_and_it_moves_back() {
    publish(last(Samples.deal("1", "open", "1", NOON)));
    Instant before = NOON.minus(Duration.ofDays(2));

    SyncRun run = store.begin(CRM, "v1", Trigger.SCHEDULE, true, before);
    assertThat(run.since()).isNull();
    publishRest(run, last(Samples.deal("1", "open", "1", before.minusSeconds(60))));

    assertThat(state().liveCursor()).isEqualTo(before.minusSeconds(60));
  }

  @Test
  void a_rejected_item_holds_the_cursor_so_that_it_is_read_again() {
    publish(last(Samples.deal("1", "open", "1", NOON.minusSeconds(60))));
    publishIncremental(
        new Page(
            List.of(Samples.deal("3", "open", "1", NOON.minusSeconds(30))),
            Samples.rejecting("2").rejections(),
            null,
            null));
    assertThat(state().liveCursor()).isEqualTo(NOON.minusSeconds(60));
  }

  /** The next run does not come to it, since it changed long ago. */
  @Test
  void what_only_a_reconcile_has_left_out_is_missing_until_everything_is_read() {
    publish(last(open("1")));
    SyncRun left = publishRest(reconcile(), Samples.rejecting("2"));

    publishIncremental(last(open("3")));
    publishRest(census(), last(open("1"), open("2"), open("3")));
    assertThat(state().incomplete()).isEqualTo(left);

    publishRest(reconcile(), last(open("1"), open("2"), open("3")));
    assertThat(state().incomplete()).isNull();
  }

  @Test
  void what_a_run_has_left_out_is_missing_until_one_from_where_it_began_has_read_it() {
    publish(last(open("1")));
    publishIncremental(Samples.rejecting("2"));
    SyncRun again = publishIncremental(Samples.rejecting("2"));
    store.fail(
        store.append(beginIncremental(), last(open("2")), MEASURES, NOON), "no", false, NOON);
    publishRest(backfill(Duration.ofMinutes(1)), last(open("2")));
    assertThat(state().incomplete()).isEqualTo(again);

    publishIncremental(last(open("2")));
    assertThat(state().incomplete()).isNull();
  }

  @Test
  void what_a_backfill_has_left_out_is_missing_until_one_of_as_much_has_read_it() {
    publish(last(open("1")));
    SyncRun left = publishRest(backfill(Duration.ofDays(9)), Samples.rejecting("2"));
    publishRest(backfill(Duration.ofDays(8)), last(open("2")));
    assertThat(state().incomplete()).isEqualTo(left);

    publishRest(backfill(Duration.ofDays(10)), last(open("2")));
    assertThat(state().incomplete()).isNull();
  }

  /** One run may not make forgotten what another has left out. */
  @Test
  void what_two_runs_have_left_out_is_missing_until_both_are_read_again() {
    SourceRecord three = Samples.deal("3", "open", "1", NOON.minusSeconds(60));
    publish(last(open("1")));
    publishIncremental(Samples.rejecting("2"));
    publishRest(backfill(Duration.ofDays(9)), Samples.rejecting("3"));
    publishIncremental(last(open("2")));
    assertThat(state().incomplete()).isNotNull();
    assertThat(store.leavesBehind(CRM)).isTrue();

    SyncRun again = publishRest(backfill(Duration.ofDays(9)), last(three));
    assertThat(state().incomplete()).as("until %s, and not until now", again.until()).isNotNull();

    publishRest(reconcile(), last(open("1"), open("2")));
    assertThat(state().incomplete()).as("3 did not come").isNotNull();
    publishRest(reconcile(), last(open("1"), open("2"), three));
    assertThat(state().incomplete()).isNull();
    assertThat(store.leavesBehind(CRM)).isFalse();
  }

  @Test
  void what_an_ordinary_run_has_left_out_is_not_left_behind() {
    publish(last(open("1")));
    publishIncremental(Samples.rejecting("2"));

    assertThat(store.leavesBehind(CRM)).isFalse();
  }

  private SyncRun backfill(Duration span) {
    return backfill(NOON.minus(span).toString(), NOON.minusSeconds(1).toString());
  }

  @Test
  void of_two_copies_in_one_run_the_one_that_changed_later_counts() {
    SourceRecord before = Samples.deal("1", "won", "1", NOON.minusSeconds(60));
    publish(last(won("1", "7"), before));
    assertThat(value(REVENUE)).isEqualByComparingTo("7");

    publish(page("2", won("1", "8")), last(before));
    assertThat(value(REVENUE)).isEqualByComparingTo("8");

    publish(last(before));
    assertThat(value(REVENUE)).as("as the tool tells it now").isEqualByComparingTo("1");
  }

  @Test
  void older_records_do_not_move_the_cursor_back() {
    publish(last(Samples.deal("1", "open", "1", NOON)));
    publishIncremental(last(Samples.deal("2", "open", "1", NOON.minusSeconds(60))));
    assertThat(state().liveCursor()).isEqualTo(NOON);
  }

  @Test
  void a_source_that_is_defined_anew_is_read_from_the_beginning() {
    publish(last(open("1")));
    SyncRun run = store.begin(CRM, "v2", Trigger.SCHEDULE, true, NOON);
    assertThat(run.since()).isNull();
  }

  @Test
  void an_interrupted_run_goes_on_under_its_id_with_its_place_and_counts() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    SyncRun partial = store.interrupt(run, "stopped", NOON.plusSeconds(5));
    assertThat(partial.outcome()).isEqualTo(Outcome.PARTIAL);
    SyncRun resumed = begin();
    assertThat(resumed).isEqualTo(run);
    publishRest(resumed, last(open("2")));
    assertThat(store.run(run.id())).get().extracting(it -> it.counts().read()).isEqualTo(2L);
  }

  @Test
  void a_place_that_no_run_gets_on_from_is_given_up_after_a_day() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    store.interrupt(run, "answered 500", NOON);
    for (int hours = 8; hours <= 24; hours += 8) {
      Instant later = NOON.plus(Duration.ofHours(hours));
      SyncRun again = store.begin(CRM, "v1", Trigger.SCHEDULE, true, later);
      assertThat(again.id()).isEqualTo(run.id());
      store.fail(again, "answered 500", true, later);
    }

    Instant late = NOON.plus(Duration.ofHours(27));
    SyncRun anew = store.begin(CRM, "v1", Trigger.SCHEDULE, true, late);

    assertThat(anew.id()).isNotEqualTo(run.id());
    assertThat(anew.cursor()).isNull();
  }

  @Test
  void the_place_of_a_run_that_was_killed_and_never_ended_is_given_up_too() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);

    Instant late = NOON.plus(Duration.ofDays(7));
    SyncRun anew = store.begin(CRM, "v1", Trigger.SCHEDULE, true, late);

    assertThat(anew.id()).isNotEqualTo(run.id());
    assertThat(anew.cursor()).isNull();
  }

  @Test
  void a_place_is_good_for_a_day_from_the_last_page_that_came() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    store.interrupt(run, "no requests left", NOON);
    for (int days = 1; days <= 3; days++) {
      Instant later = NOON.plus(Duration.ofDays(days)).plusSeconds(days);
      run = store.begin(CRM, "v1", Trigger.SCHEDULE, true, later);
      run = store.append(run, page("to " + days, open("1" + days)), MEASURES, later);
      run = store.interrupt(run, "no requests left", later);
    }

    assertThat(run.counts().read()).isEqualTo(4);
  }

  @Test
  void a_run_says_until_when_its_source_is_left_alone_and_forgets_it_when_it_goes_on() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    store.interrupt(run, "slow down", NOON.plusSeconds(300), NOON);
    store.skipped(CRM.name(), Trigger.SCHEDULE, Asked.SYNC, "no", NOON);
    SyncRun partial = store.lastBegun(CRM.name()).orElseThrow();
    assertThat(partial.continuesAt()).isEqualTo(NOON.plusSeconds(300));
    assertThat(partial.needsAuthorisation()).isFalse();
    assertThat(begin()).isEqualTo(run);
  }

  @Test
  void a_run_whose_credentials_were_refused_goes_on_with_others() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    SyncRun refused = store.refuse(run, "answered 401", true, NOON.plusSeconds(3600), NOON);
    assertThat(refused.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(refused.needsAuthorisation()).isTrue();
    assertThat(begin()).isEqualTo(run);
  }

  @Test
  void requests_are_counted_by_source_and_day_whatever_happens_to_the_process() throws Exception {
    LocalDate day = LocalDate.parse("2026-11-21");
    assertThat(store.memory().spend("crm", day, 2)).isTrue();
    assertThat(store.memory().spend("crm", day, 2)).isTrue();
    assertThat(store.memory().spend("crm", day, 2)).isFalse();
    assertThat(store.memory().spend("other", day, 2)).isTrue();
    kill();
    store = Store.open(settings);
    assertThat(store.memory().spend("crm", day, 2)).isFalse();
    assertThat(store.memory().spend("crm", day, 3)).isTrue();
    assertThat(store.memory().spend("crm", day.plusDays(1), 2)).isTrue();
    assertThat(rows("source_request")).hasSize(2);
  }

  @Test
  void turns_of_a_minute_are_kept_whatever_happens_to_the_process() throws Exception {
    Instant now = NOON;
    assertThat(store.memory().turn("crm", 2, now)).isEqualTo(now);
    assertThat(store.memory().turn("crm", 2, now.plusSeconds(10))).isEqualTo(now.plusSeconds(10));
    kill();
    store = Store.open(settings);
    assertThat(store.memory().turn("crm", 2, now.plusSeconds(20))).isEqualTo(now.plusSeconds(60));
    assertThat(store.memory().turn("crm", 2, now.plusSeconds(20))).isEqualTo(now.plusSeconds(70));
    assertThat(store.memory().turn("crm", 9, now.plusSeconds(20))).isEqualTo(now.plusSeconds(20));
    assertThat(store.memory().turn("other", 2, now.plusSeconds(20))).isEqualTo(now.plusSeconds(20));
    assertThat(store.memory().turn("crm", 1, now.plusSeconds(300))).isEqualTo(now.plusSeconds(300));
    assertThat(rows("source_turn")).as("what is gone by is forgotten").hasSize(2);
  }

  @Test
  void turns_by_a_clock_that_was_put_back_are_forgotten() {
    assertThat(store.memory().turn("crm", 1, NOON)).isEqualTo(NOON);
    Instant before = NOON.minusSeconds(86_400);
    assertThat(store.memory().turn("crm", 1, before)).isEqualTo(before);
    assertThat(store.memory().turn("crm", 1, before)).isEqualTo(before.plusSeconds(60));
  }

  @Test
  void what_is_kept_of_tokens_survives_a_kill_and_a_renewal_that_fails() throws Exception {
    assertThat(store.memory().renew("crm", none -> none + "-sealed")).isEqualTo("null-sealed");
    assertThatThrownBy(
            () ->
                store
                    .memory()
                    .renew(
                        "crm",
                        kept -> {
                          throw new IllegalStateException("no answer");
                        }))
        .hasMessageContaining("no answer");
    kill();
    store = Store.open(settings);
    assertThat(store.memory().renew("crm", kept -> kept + ", again"))
        .isEqualTo("null-sealed, again");
    assertThat(store.memory().renew("other", none -> "its own")).isEqualTo("its own");
  }

  @Test
  void a_failed_run_that_keeps_its_place_goes_on() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    store.fail(run, "the token is refused", true, NOON);
    assertThat(begin()).isEqualTo(run);
  }

  @Test
  void what_a_failed_run_stored_is_discarded_by_the_next() {
    publish(last(won("1", "10"), won("2", "20")));
    List<String> before = rows("contribution", "record_version", "ended_version");
    SyncRun run = begin();
    run = store.append(run, page("2", won("1", "99"), removed("2"), won("3", "1")), MEASURES, NOON);
    store.fail(run, "does not balance", false, NOON);
    SyncRun next = begin();
    assertThat(next.id()).isGreaterThan(run.id());
    assertThat(next.counts()).isEqualTo(Counts.NONE);
    assertThat(rows("contribution", "record_version", "ended_version")).isEqualTo(before);
    assertThat(store.run(run.id())).get().extracting(SyncRun::reason).isEqualTo("does not balance");
  }

  @Test
  void a_place_older_than_a_day_is_not_gone_on_from() {
    SyncRun run = store.append(begin(), page("2", won("1", "10")), MEASURES, NOON);
    store.interrupt(run, "stopped", NOON);
    Instant late = NOON.plus(StoredRun.PLACE_GOOD_FOR).plusSeconds(1);
    SyncRun next = store.begin(CRM, "v1", Trigger.SCHEDULE, true, late);
    assertThat(next.id()).isGreaterThan(run.id());
    SyncRun old = store.run(run.id()).orElseThrow();
    assertThat(old.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(old.reason()).contains("too old", "; before: ");
    assertThat(rows("record_version")).isEmpty();
  }

  @Test
  void a_run_that_stored_nothing_ends_when_another_begins_and_says_so() {
    SyncRun run = begin();
    store.interrupt(run, "slow down", NOON);

    SyncRun next = begin();

    assertThat(next.id()).isGreaterThan(run.id());
    SyncRun gaveWay = store.run(run.id()).orElseThrow();
    assertThat(gaveWay.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(gaveWay.reason()).contains("stored nothing", "begins anew");
    assertThat(store.entries(EntryFilter.ofRun(run.id()), 9))
        .extracting(it -> it.entry().action())
        .containsExactly("run.failed", "run.partial");
  }

  @Test
  void a_place_of_another_definition_is_not_gone_on_from() {
    SyncRun run = store.append(begin(), page("2", won("1", "10")), MEASURES, NOON);
    store.interrupt(run, "stopped", NOON);
    SyncRun next = store.begin(CRM, "v2", Trigger.SCHEDULE, true, NOON);
    assertThat(next.id()).isGreaterThan(run.id());
    assertThat(next.cursor()).isNull();
    assertThat(rows("contribution")).isEmpty();
  }

  @Test
  void what_an_unfinished_run_ended_is_held_against_the_versions_too() throws Exception {
    SyncRun first = publish(last(won("1", "10"), won("2", "20")));
    SyncRun run = store.append(begin(), page("2", won("1", "11")), MEASURES, NOON);
    Evidence evidence = store.evidence();
    assertThat(evidence.wrongEnds("crm", 1)).isEmpty();
    execute("delete from ended_version");
    assertThat(evidence.wrongEnds("crm", 1))
        .containsExactly(new EndedVersion("1", first.id(), run.id()));
  }

  @Test
  void a_killed_process_goes_on_after_the_last_stored_page() throws Exception {
    publish(last(won("1", "10"), open("2")));
    SyncRun run = store.append(begin(), page("2", won("1", "11"), won("3", "1")), MEASURES, NOON);
    kill();
    store = Store.open(settings);
    store.interruptedRuns(NOON);
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(store.run(run.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.PARTIAL);
    SyncRun resumed = begin();
    assertThat(resumed).isEqualTo(run);
    publishRest(resumed, last(open("2")));
    assertThat(value(REVENUE)).isEqualByComparingTo("12");
    assertThat(store.run(run.id()).orElseThrow().counts())
        .isEqualTo(new Counts(3, 1, 1, 1, 0, 0, null));
  }

  @Test
  void a_published_run_survives_a_kill() throws Exception {
    SyncRun run = store.append(begin(), last(won("1", "10")), MEASURES, NOON);
    store.publish(run, configuration, readings -> List.of(moved("10")), NOON);
    kill();
    store = Store.open(settings);
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(latest("revenue").value()).isEqualByComparingTo("10");
  }

  @Test
  void a_page_is_refused_when_the_run_is_not_there() {
    SyncRun run = begin();
    store.append(run, page("2", open("1")), MEASURES, NOON);
    assertThatThrownBy(() -> store.append(run, page("2", open("1")), MEASURES, NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not where its page was read from");
  }

  @Test
  void a_run_that_ended_takes_no_more_pages() {
    SyncRun run = begin();
    store.fail(run, "no", true, NOON);
    assertThatThrownBy(() -> store.append(run, last(open("1")), MEASURES, NOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has ended");
  }

  @Test
  void a_skipped_run_is_born_ended() {
    SyncRun run =
        store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "the connector is missing", NOON);
    assertThat(store.runs("crm", 5)).containsExactly(run);
    assertThat(run.finishedAt()).isEqualTo(NOON);
  }

  @Test
  void runs_are_listed_by_source_and_outcome_and_from_any_run_backwards() {
    SyncRun one = store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "no", NOON);
    SyncRun two = store.skipped("mail", Trigger.MANUAL, Asked.SYNC, "no", NOON);
    SyncRun three = store.fail(begin(), "no", true, NOON);
    SyncRun four = store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "no", NOON);

    assertThat(store.runs(RunFilter.ALL, 3)).containsExactly(four, three, two);
    assertThat(store.runs(RunFilter.ALL.olderThan(two.id()), 3)).containsExactly(one);
    assertThat(store.runs(new RunFilter(null, Outcome.SKIPPED, four.id()), 1)).containsExactly(two);
    assertThat(store.runs(new RunFilter("crm", Outcome.SKIPPED, null), 9))
        .containsExactly(four, one);
    assertThat(store.runs(new RunFilter("crm", null, four.id()), 9)).containsExactly(three, one);
    assertThat(store.runs(new RunFilter("crm", Outcome.SKIPPED, one.id()), 9)).isEmpty();
  }

  @Test
  void a_skipped_run_does_not_hide_the_run_at_work() {
    SyncRun atWork = beginIncremental();
    store.skipped(
        "crm", Trigger.SCHEDULE, Asked.SYNC, "run 1 of this source was still at work", NOON);
    assertThat(state().lastRun()).isEqualTo(atWork);
  }

  @Test
  void a_reason_given_between_pages_stays_to_the_end() {
    SyncRun run = store.append(begin(), page("2", open("1")), MEASURES, NOON);
    SyncRun noted = run.because("rejected 7: no id");
    noted = store.append(noted, last(open("2")), MEASURES, NOON);
    Publication published = store.publish(noted, configuration, readings -> List.of(), NOON);
    assertThat(published.run().reason()).isEqualTo("rejected 7: no id");
  }

  @Test
  void a_record_that_came_twice_puts_in_doubt_that_another_is_gone() {
    publish(last(won("1", "1"), won("2", "2"), won("3", "3")));
    SyncRun run = publish(last(won("1", "1"), won("2", "2"), won("1", "1")));
    assertThat(run.counts().removed()).isZero();
    assertThat(run.reason()).contains("came twice");
    assertThat(value(DEALS_WON)).isEqualByComparingTo("3");
  }

  @Test
  void a_page_of_nothing_new_to_a_read_of_everything_is_refused() {
    publish(last(won("1", "1"), won("2", "2")));
    SyncRun run = store.append(begin(), page("2", won("1", "1"), won("2", "3")), MEASURES, NOON);
    SyncRun next = store.append(run, page("3", won("3", "1"), won("4", "1")), MEASURES, NOON);
    assertThatThrownBy(
            () -> store.append(next, page("4", won("2", "3"), won("1", "1")), MEASURES, NOON))
        .isInstanceOf(RepeatedPage.class)
        .hasMessageContaining("2 records that were all read before");
    assertThat(store.run(next.id())).contains(next);
  }

  @Test
  void a_page_that_holds_only_a_record_which_moved_there_is_stored() {
    SyncRun run = store.append(begin(), page("2", won("1", "1"), won("2", "2")), MEASURES, NOON);
    run = store.append(run, last(won("1", "7")), MEASURES, NOON);
    store.publish(run, configuration, readings -> List.of(), NOON);
    assertThat(value(REVENUE)).isEqualByComparingTo("9");
  }

  @Test
  void nothing_is_taken_as_gone_while_an_item_is_rejected() {
    publish(last(won("1", "1"), won("2", "2")));
    SyncRun run =
        publish(
            new Page(List.of(won("1", "1")), Samples.rejecting("item 2").rejections(), null, null));
    assertThat(run.counts().removed()).isZero();
    assertThat(value(DEALS_WON)).isEqualByComparingTo("2");
  }

  // Readings, and measures that come and go

  @Test
  void sums_are_exact() {
    publish(
        last(
            won("1", "0.1"),
            won("2", "0.2"),
            won("3", "123456789012345678.0123456789"),
            won("4", "0.0000000001")));
    assertThat(value(REVENUE)).isEqualTo(new BigDecimal("123456789012345678.312345679"));
  }

  @Test
  void a_moment_counts_to_the_microsecond() {
    Instant lastMoment = QUARTER.to().minusNanos(1000);
    publish(
        last(
            Samples.deal("1", "won", "1", lastMoment),
            Samples.deal("2", "won", "10", QUARTER.to()),
            Samples.deal("3", "won", "100", QUARTER.from())));
    assertThat(value(REVENUE)).isEqualByComparingTo("101");
  }

  /**
   * The process writes in one zone and reads in another, each time over sessions of a third: those
   * were opened before the process changed its zone.
   */
  /** Or whoever checks a service at work would find what is not there. */
  @Test
  void totals_are_compared_with_what_they_were_at_that_moment() throws Exception {
    publish(last(many(2_000, "1")));
    MeasureVersion measure = store.evidence().populations().measures("crm").get(0);
    CompletableFuture<Void> publishing =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 2; i < 20; i++) {
                publish(last(many(2_000, i % 2 == 0 ? null : "1")));
              }
            });
    int compared = 0;
    while (!publishing.isDone()) {
      assertThat(store.evidence().populations().wrongDays(measure)).isEmpty();
      compared++;
    }
    publishing.get();
    assertThat(compared).isPositive();
  }

  /** Won, or open again where they have no value. */
  private static SourceRecord[] many(int count, @Nullable String value) {
    return IntStream.range(0, count)
        .mapToObj(i -> value == null ? open("m" + i) : won("m" + i, value))
        .toArray(SourceRecord[]::new);
  }

  @Test
  void any_moment_in_any_column_comes_back_to_the_microsecond_whatever_the_zones() {
    TimeZone before = TimeZone.getDefault();
    RandomMoments moments = new RandomMoments(7);
    List<Object> written;
    List<Object> read;
    try {
      reopen("America/St_Johns", "Pacific/Apia");
      moments.play(store);
      written = RandomMoments.told(store.evidence());
      reopen("Asia/Kathmandu", "Europe/Lisbon");
      read = RandomMoments.told(store.evidence());
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(read).isEqualTo(written);
    List<SealedEntry> entries = new ArrayList<>();
    store.evidence().entries(Long.MAX_VALUE, entries::add);
    assertThat(AuditChain.verify(entries))
        .as("the moments are in no order, which is all that is wrong")
        .allMatch(it -> it.what().contains(" is dated "));
    Set<Instant> given = moments.given();
    given.add(NOON); // of the configuration that each test begins with
    for (String column : momentColumns()) {
      assertThat(kept(column)).as(column).isNotEmpty().isSubsetOf(given);
    }
  }

  private void reopen(String sessions, String process) {
    store.close();
    TimeZone.setDefault(TimeZone.getTimeZone(sessions));
    store = Store.open(settings);
    TimeZone.setDefault(TimeZone.getTimeZone(process));
  }

  /** Of all tables but those of limits and of the migration, which no evidence rests on. */
  private List<String> momentColumns() {
    return query(
        """
        select lower(table_name), lower(column_name) from information_schema.columns
        where lower(table_schema) = 'public' and upper(data_type) like 'TIMESTAMP%'
          and lower(table_name) not in ('source_turn', 'flyway_schema_history')
        """);
  }

  /** As the database counts it, in no zone. */
  private List<Instant> kept(String column) {
    String[] names = column.split("\\|");
    return query(
            """
            select cast(floor(extract(epoch from %2$s)) as bigint),
              cast(mod(extract(microseconds from %2$s), 1000000) as bigint)
            from %1$s where %2$s is not null
            """
                .formatted(names[0], names[1])
                .replace("microseconds", settings.isPostgres() ? "microseconds" : "microsecond"))
        .stream()
        .map(it -> it.split("\\|"))
        .map(it -> Instant.ofEpochSecond(Long.parseLong(it[0]), Long.parseLong(it[1]) * 1000))
        .toList();
  }

  @Test
  void a_measure_that_is_new_counts_what_was_stored_before_it() {
    publish(last(won("1", "10"), won("2", "20")));
    publishIncremental(last(won("1", "11"), removed("2"), won("3", "1")));
    Measure most = Samples.money("most", Aggregate.MAX);
    store.derive("crm", List.of(most));
    assertThat(value(most)).isEqualByComparingTo("11");
  }

  @Test
  void a_measure_that_comes_back_counts_what_it_missed() {
    publish(last(won("1", "10")));
    store.derive("crm", List.of(DEALS_WON));
    SyncRun run = beginIncremental();
    run = store.append(run, last(won("2", "5")), List.of(DEALS_WON), NOON);
    store.publish(run, configuration, readings -> List.of(), NOON);
    store.derive("crm", MEASURES);
    assertThat(value(REVENUE)).isEqualByComparingTo("15");
  }

  @Test
  void a_measure_that_comes_back_does_not_count_what_came_and_went_while_it_rested() {
    publish(last(won("1", "10")));
    SyncRun run = store.append(beginIncremental(), page("2", won("2", "1000")), MEASURES, NOON);
    store.derive("crm", List.of(DEALS_WON));

    publishRest(run, List.of(DEALS_WON), last(removed("2")));
    store.derive("crm", MEASURES);

    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(rows("select record_id from contribution")).containsExactly("1", "1");
  }

  @Test
  void a_measure_built_during_a_run_does_not_show_what_is_unpublished() {
    publish(last(won("1", "10")));
    store.append(begin(), page("2", won("1", "99"), won("2", "1")), MEASURES, NOON);
    Measure most = Samples.money("most", Aggregate.MAX);
    store.derive("crm", List.of(most));
    assertThat(value(most)).isEqualByComparingTo("10");
  }

  @Test
  void refuses_to_read_a_measure_that_is_not_kept_up_to_date() {
    publish(last(won("1", "10")));
    assertThatThrownBy(() -> read(Samples.money("most", Aggregate.MAX)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("derive it first");
  }

  @Test
  void refuses_a_page_with_other_measures_than_are_kept_up_to_date() {
    SyncRun run = begin();
    for (List<Measure> others :
        List.of(
            List.of(DEALS_WON),
            List.of(DEALS_WON, REVENUE, Samples.money("most", Aggregate.MAX)))) {
      assertThatThrownBy(() -> store.append(run, last(open("1")), others, NOON))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("derive them first");
    }
    assertThat(store.run(run.id())).contains(run);
  }

  // Values, configurations and audit

  @Test
  void a_change_becomes_a_reading_with_all_its_parts() {
    KeyResultChange change =
        new KeyResultChange(
            "win-rate",
            new BigDecimal("18"),
            new BigDecimal("20.0000000001"),
            null,
            Cause.SYNC,
            NOON,
            List.of(
                input("deals_won", new BigDecimal("17"), null),
                input("previous(deals_won)", null, "no records: none in Q3")));
    SyncRun run = store.append(begin(), last(), MEASURES, NOON);
    Publication published = store.publish(run, configuration, readings -> List.of(change), NOON);
    assertThat(published.changes()).containsExactly(change);
    KeyResultReading reading = latest("win-rate");
    assertThat(store.history("win-rate", 5)).containsExactly(reading);
    assertThat(store.readingsOf(run.id(), 5)).containsExactly(reading);
    assertThat(store.readingsOf(run.id() + 1, 5)).isEmpty();
    assertThat(reading)
        .isEqualTo(
            new KeyResultReading(
                reading.id(),
                "win-rate",
                change.to(),
                change.from(),
                null,
                Cause.SYNC,
                NOON,
                run.id(),
                configuration,
                change.inputs()));
  }

  @Test
  void readings_are_appended_and_the_newest_comes_first() {
    store.publishConfiguration(configuration, readings -> List.of(moved("1")));
    store.publishConfiguration(configuration, readings -> List.of(moved("2")));
    assertThat(store.history("revenue", 5))
        .extracting(KeyResultReading::value)
        .containsExactly(new BigDecimal("2"), new BigDecimal("1"));
    assertThat(store.history("revenue", 1)).hasSize(1);
    assertThat(store.history("revenue", 1).get(0).run()).isNull();
  }

  @Test
  void what_moves_may_look_at_the_reading_before() {
    store.publishConfiguration(configuration, readings -> List.of(moved("1")));
    store.publishConfiguration(
        configuration,
        readings -> {
          Map<String, KeyResultReading> latest = readings.latest(List.of("revenue", "other"));
          assertThat(latest).containsOnlyKeys("revenue");
          assertThat(requireNonNull(latest.get("revenue")).value()).isEqualTo(new BigDecimal("1"));
          return List.of();
        });
  }

  @Test
  void a_configuration_with_the_same_digest_as_the_last_is_the_same_version() {
    Map<String, String> files = Map.of("sources.yaml", "sources: {}");
    long next = store.configurationLoaded("other", files, "{}", NOON);
    assertThat(next).isGreaterThan(configuration);
    assertThat(store.configurationLoaded("other", files, "{}", NOON)).isEqualTo(next);
    assertThat(store.configurationLoaded("digest", files, "{}", NOON)).isGreaterThan(next);
    assertThat(store.entries(EntryFilter.ofSource("other"), 5)).hasSize(1);
  }

  @Test
  void every_way_a_run_ends_is_audited() {
    publish(last(open("1")));
    SyncRun run = beginIncremental();
    store.interrupt(run, "stopped", NOON);
    store.fail(beginIncremental(), "token refused", true, NOON);
    store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "no connector", NOON);
    assertThat(store.entries(EntryFilter.ofSource("crm"), 10))
        .extracting(it -> it.entry().action())
        .containsExactly("run.skipped", "run.failed", "run.failed", "run.partial", "run.published");
    assertThat(store.entries(EntryFilter.ofSource("crm"), 10))
        .extracting(it -> it.entry().detail())
        .first()
        .asString()
        .contains("; no connector; sealed ");
  }

  @Test
  void the_log_is_found_by_who_what_about_what_run_and_time() {
    SyncRun first = store.append(begin(), last(open("1")), MEASURES, NOON);
    store.publish(first, configuration, readings -> List.of(moved("1")), NOON);
    store.checkIn(new CheckIn("revenue", NOON.plusSeconds(7200), "Ani", 4, "", ""));

    assertThat(actions(EntryFilter.ALL))
        .containsExactly(
            "key-result.checked-in", "key-result.moved", "run.published", "configuration.loaded");
    assertThat(actions(EntryFilter.ofRun(first.id())))
        .containsExactly("key-result.moved", "run.published");
    assertThat(actions(EntryFilter.ofRun(999))).isEmpty();
    assertThat(actions(new EntryFilter("Ani", null, null, null, null, null, null, null)))
        .containsExactly("key-result.checked-in");
    assertThat(
            actions(
                new EntryFilter("schedule", "run.published", null, null, null, null, null, null)))
        .containsExactly("run.published");
    assertThat(
            actions(
                new EntryFilter(null, "key-result.moved", "revenue", null, null, null, null, null)))
        .containsExactly("key-result.moved");
    assertThat(actions(new EntryFilter(null, null, "revenue", null, null, null, null, null)))
        .containsExactly("key-result.checked-in", "key-result.moved");
    assertThat(actions(new EntryFilter(null, null, null, "crm", null, null, null, null)))
        .containsExactly("run.published");
    assertThat(actions(new EntryFilter(null, null, "crm", null, null, null, null, null))).isEmpty();
    Instant later = NOON.plusSeconds(1);
    assertThat(actions(new EntryFilter(null, null, null, null, null, later, null, null)))
        .containsExactly("key-result.checked-in");
    assertThat(actions(new EntryFilter(null, null, null, null, null, null, later, null)))
        .hasSize(3);
    assertThat(
            actions(
                new EntryFilter(null, null, null, null, null, null, NOON.minusSeconds(9), null)))
        .isEmpty();
    assertThat(store.entries(EntryFilter.ALL.olderThan(3), 1).get(0).sequence()).isEqualTo(2);
  }

  List<String> actions(EntryFilter filter) {
    return store.entries(filter, 10).stream().map(it -> it.entry().action()).toList();
  }

  @Test
  void what_cannot_be_read_says_since_when() {
    store.publishConfiguration(configuration, readings -> List.of(unreadable("a", NOON)));
    Instant later = NOON.plusSeconds(60);
    store.publishConfiguration(
        configuration, readings -> List.of(moved("1"), unreadable("revenue", later)));
    store.publishConfiguration(
        configuration, readings -> List.of(unreadable("revenue", later.plusSeconds(60))));
    store.publishConfiguration(
        configuration, readings -> List.of(unreadable("b", NOON), movedTo("b", "1")));

    assertThat(store.unreadableSince(List.of("a", "b", "revenue", "other")))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", NOON, "revenue", later));
  }

  @Test
  void the_last_reading_of_each_day_is_told_and_no_other() {
    Instant first = NOON.plus(Duration.ofHours(6));
    Instant second = NOON.plus(Duration.ofDays(2));
    for (String[] each :
        new String[][] {
          {"PT-48H", "1"}, {"PT1H", "2"}, {"PT2H", "3"}, {"PT7H", "4"}, {"PT49H", "5"}
        }) {
      KeyResultChange change =
          new KeyResultChange(
              "revenue",
              null,
              new BigDecimal(each[1]),
              null,
              Cause.SYNC,
              NOON.plus(Duration.parse(each[0])),
              List.of());
      store.publishConfiguration(configuration, readings -> List.of(change));
    }

    assertThat(store.evidence().lastOfEach("revenue", new TreeSet<>(List.of(first, second))))
        .extracting(KeyResultReading::value)
        .containsExactly(new BigDecimal("3"), new BigDecimal("4"));
    assertThat(store.evidence().lastOfEach("other", new TreeSet<>(List.of(first)))).isEmpty();
  }

  @Test
  void a_thousand_key_results_move_in_their_order_and_the_chain_verifies() {
    List<KeyResultChange> changes =
        IntStream.range(0, 2000).mapToObj(i -> movedTo("kr " + i % 1000, "" + i)).toList();
    store.publishConfiguration(configuration, readings -> changes);

    List<String> ids = IntStream.range(0, 1000).mapToObj(i -> "kr " + i).toList();
    assertThat(store.latestReadings(ids).values())
        .hasSize(1000)
        .allSatisfy(it -> assertThat(it.value()).isGreaterThanOrEqualTo(new BigDecimal("1000")));
    assertThat(store.history("kr 7", 5))
        .extracting(KeyResultReading::value)
        .containsExactly(new BigDecimal("1007"), new BigDecimal("7"));
    List<SealedEntry> chain = new ArrayList<>(store.entries(EntryFilter.ALL, 5000));
    Collections.reverse(chain);
    assertThat(AuditChain.verify(chain)).isEmpty();
    assertThat(chain.subList(chain.size() - 2000, chain.size()))
        .extracting(it -> it.entry().subject())
        .containsExactlyElementsOf(changes.stream().map(KeyResultChange::keyResult).toList());
  }

  @Test
  void a_key_result_that_moved_is_audited_with_what_moved_it() {
    SyncRun run = store.append(begin(), last(), MEASURES, NOON);
    store.publish(run, configuration, readings -> List.of(moved("12.5")), NOON);
    assertThat(store.entries(EntryFilter.ofKeyResult("revenue"), 5))
        .singleElement()
        .extracting(it -> it.entry().detail())
        .asString()
        .startsWith("from nothing to 12.5, by run " + run.id() + "; sealed ");
  }

  @Test
  void the_audit_chain_verifies() {
    publish(last(open("1")));
    store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "no connector", NOON.plusNanos(1999));
    assertThat(AuditChain.verify(chain())).isEmpty();
    assertThat(chain()).hasSize(3);
  }

  @Test
  void an_edited_audit_row_is_found() throws Exception {
    publish(last(open("1")));
    store.skipped("crm", Trigger.MANUAL, Asked.SYNC, "no connector", NOON);
    execute("update audit_entry set detail = 'nothing happened' where sequence = 2");
    assertThat(AuditChain.verify(chain())).singleElement().extracting("sequence").isEqualTo(2L);
  }

  // Several at once

  @Test
  void two_sources_publish_at_the_same_time_one_after_the_other() throws Exception {
    Measure shopWon = Samples.measure("shop_won", "shop", Aggregate.COUNT, null);
    store.derive("shop", List.of(shopWon));
    Source shop = Samples.source("shop");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    CountDownLatch both = new CountDownLatch(2);
    try {
      Future<?> one = threads.submit(() -> publishSome(CRM, List.of(DEALS_WON, REVENUE), both));
      Future<?> other = threads.submit(() -> publishSome(shop, List.of(shopWon), both));
      one.get(60, TimeUnit.SECONDS);
      other.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    // Each publication read both sources and wrote down the sum: the last one saw all.
    assertThat(latest("total").value()).isEqualByComparingTo("10");
    assertThat(store.history("total", 20)).hasSize(10);
    assertThat(AuditChain.verify(chain())).isEmpty();
    assertThat(chain()).hasSize(21);
  }

  @Test
  void an_interrupted_thread_can_still_write_down_that_it_was_interrupted() {
    SyncRun run = begin();
    Thread.currentThread().interrupt();
    store.interrupt(run, "stopped", NOON);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(store.run(run.id())).get().extracting(SyncRun::outcome).isEqualTo(Outcome.PARTIAL);
  }

  @Test
  void a_closed_store_opens_again_with_all_it_had() {
    publish(last(won("1", "10")));
    store.close();
    store = Store.open(settings);
    assertThat(value(REVENUE)).isEqualByComparingTo("10");
    assertThat(store.knows("crm")).isTrue();
    assertThat(store.knows("shop")).isFalse();
  }

  // What is kept for some time only

  @Test
  void bodies_are_pruned_in_parts_each_with_its_entry_whatever_happens_to_the_process()
      throws Exception {
    publish(last(many(0, 1200)));
    publish(
        last(
            IntStream.range(0, 1200)
                .mapToObj(i -> won("deal " + i, "2"))
                .toArray(SourceRecord[]::new)));
    List<String> kept =
        rows(CONTRIBUTIONS, "select record_id, since_run, hash from record_version");
    Pruned some = store.prune("crm", 2, "", "schedule", NOON).orElseThrow();
    assertThat(some.versions()).isEqualTo(1000);
    kill();
    store = Store.open(settings);
    Pruned rest = store.prune("crm", 2, "", "schedule", NOON).orElseThrow();
    assertThat(rest.versions()).isEqualTo(200);
    assertThat(store.prune("crm", 2, rest.lastRecord(), "schedule", NOON)).isEmpty();
    assertThat(rows(CONTRIBUTIONS, "select record_id, since_run, hash from record_version"))
        .isEqualTo(kept);
    assertThat(query("select distinct since_run from record_version where body is null"))
        .containsExactly("1");
    assertThat(
            query(
                "select e.detail from audit_entry e join record_version v on v.pruned_by ="
                    + " e.sequence group by e.sequence, e.detail having e.detail like 'the bodies"
                    + " of ' || cast(count(*) as varchar) || ' versions%'"))
        .as("entries that tell as many as name them")
        .hasSize(2);
    assertThat(AuditChain.verify(chain())).isEmpty();
    assertThat(value(REVENUE)).isEqualByComparingTo("2400");
  }

  @Test
  void what_is_still_true_or_was_true_later_or_is_damaged_keeps_its_body() throws Exception {
    publish(last(won("1", "1"), won("2", "1"), won("3", "1")));
    publish(last(won("1", "2"), won("2", "2"), won("3", "1")));
    publish(last(won("1", "2"), won("2", "3"), won("3", "1")));
    execute("update record_version set body = '{}' where record_id = '1' and since_run = 1");
    assertThat(store.prune("crm", 2, "", "schedule", NOON))
        .get()
        .extracting(Pruned::versions)
        .isEqualTo(1L);
    assertThat(query("select record_id, since_run from record_version where body is null"))
        .containsExactly("2|1");
  }

  @Test
  void a_measure_says_as_of_which_runs_it_has_lost_what_it_would_have_counted() {
    publish(last(won("1", "1"), won("2", "1")));
    publish(last(won("1", "2"), won("2", "1")));
    store.derive("crm", List.of(REVENUE));
    publishRest(begin(), List.of(REVENUE), last(won("1", "3"), won("2", "1")));
    publishRest(begin(), List.of(REVENUE), last(won("1", "4"), won("2", "1")));
    store.prune("crm", 4, "", "schedule", NOON);
    Measure late = Samples.measure("late", Aggregate.SUM, "value");
    store.derive("crm", List.of(REVENUE, DEALS_WON, late));
    assertThat(sums(REVENUE)).containsExactly("2", "3", "4", "5");
    assertThat(sums(DEALS_WON))
        .as("rested while run 3 was true")
        .containsExactly("2", "2", "lost", "2");
    assertThat(sums(late)).containsExactly("lost", "lost", "lost", "5");
    store.derive("crm", List.of(REVENUE));
    store.derive("crm", List.of(REVENUE, DEALS_WON, late));
    assertThat(sums(DEALS_WON)).containsExactly("2", "2", "lost", "2");
  }

  /** As of the runs 1 to 4. */
  private List<String> sums(Measure measure) {
    return LongStream.rangeClosed(1, 4)
        .mapToObj(
            run ->
                store
                    .evidence()
                    .populations()
                    .reading(measure, QUARTER, run)
                    .map(it -> requireNonNull(it.value()).toBigInteger().toString())
                    .orElse("lost"))
        .toList();
  }

  @Test
  void what_was_converted_is_kept_beside_what_it_came_to() {
    RateTable rates =
        new RateTable(
            "daily",
            "USD",
            new TreeMap<>(Map.of(LocalDate.EPOCH, Map.of("EUR", new BigDecimal("1.1")))));
    Measure rated = Samples.compiled(REVENUE.definition().rated(rates));
    SourceRecord euros = Samples.deal("1", "won", "7.0000000001", "EUR", NOON, NOON, "anna");
    store.derive("crm", List.of(rated));
    publishRest(begin(), List.of(rated), last(euros, won("2", "20")));
    List<Contribution> stored = new ArrayList<>();
    store
        .evidence()
        .populations()
        .selected(Selection.of(rated, QUARTER), Map.of(rated.version(), 1L), stored::add);
    assertThat(stored)
        .containsExactlyInAnyOrder(
            rated.contribution(euros).orElseThrow(),
            rated.contribution(won("2", "20")).orElseThrow())
        .extracting(Contribution::original)
        .containsExactlyInAnyOrder(new Money(new BigDecimal("7.0000000001"), "EUR"), null);
  }

  // Random histories

  @Test
  void what_is_kept_up_to_date_equals_what_is_built_from_the_versions() {
    List<Measure> all = RandomHistory.MEASURES;
    RandomHistory history = new RandomHistory(20261102);
    store.derive("crm", all);
    history.play(store, configuration, 12);
    List<String> keptUpToDate = rows(CONTRIBUTIONS);
    store.derive("crm", List.of());
    store.derive("crm", all);
    assertThat(keptUpToDate).hasSizeGreaterThan(100);
    assertThat(rows(CONTRIBUTIONS)).isEqualTo(keptUpToDate);
  }

  @Test
  void daily_totals_follow_what_runs_open_and_close() {
    List<Measure> all = RandomHistory.MEASURES;
    store.derive("crm", all);
    new RandomHistory(815).play(store, configuration, 12);
    store.append(begin(), last(won("1", "77.7"), removed("2"), open("new")), all, NOON);
    List<String> followed = rows(DAILY_TOTALS);
    assertThat(followed).hasSizeGreaterThan(20).isEqualTo(rows(ADDED_UP_BY_DAY));
    store.derive("crm", List.of());
    store.derive("crm", all);
    assertThat(rows(DAILY_TOTALS)).isEqualTo(followed);
  }

  @Test
  void the_database_reads_what_is_read_in_memory() {
    List<Measure> all = RandomHistory.MEASURES;
    RandomHistory history = new RandomHistory(4711);
    store.derive("crm", all);
    history.play(store, configuration, 8);
    store.append(begin(), last(won("1", "77.7"), removed("2"), open("new")), all, NOON);
    store.publishConfiguration(
        configuration,
        readings -> {
          for (Measure measure : all) {
            for (Window window : history.windows()) {
              Reading expected = InMemory.read(measure, window, history.contributions(measure));
              assertThat(readings.read(measure, window)).isEqualTo(expected);
            }
          }
          return List.of();
        });
  }

  @Test
  void what_is_asked_run_by_run_is_answered_as_if_it_were_asked_alone() {
    List<Measure> all = RandomHistory.MEASURES;
    RandomHistory history = new RandomHistory(1848);
    store.derive("crm", all);
    history.play(store, configuration, 12);
    List<Selection> selections = new ArrayList<>(history.selections());
    all.forEach(it -> history.windows().forEach(in -> selections.add(Selection.of(it, in))));
    Evidence evidence = store.evidence();
    RunByRun runByRun = evidence.populations().runByRun();
    for (long run : new long[] {1, 2, 3, 5, 8, 9, 12, 12, 4, 6}) {
      Map<String, Long> runs = new HashMap<>();
      all.forEach(it -> runs.put(it.version(), run));
      for (Selection selection : selections) {
        assertThat(runByRun.reading(selection, runs))
            .isEqualTo(evidence.populations().reading(selection, runs));
        assertThat(runByRun.groups(selection, runs))
            .isEqualTo(evidence.populations().groups(selection, runs));
      }
    }
    assertThat(runByRun.reading(selections.get(0), Map.of())).isEmpty();
  }

  @Test
  void the_database_selects_and_groups_by_keys_as_it_is_done_in_memory() {
    List<Measure> all = RandomHistory.MEASURES;
    RandomHistory history = new RandomHistory(815);
    store.derive("crm", all);
    history.play(store, configuration, 8);
    Map<String, Long> runs = new HashMap<>();
    List<Contribution> contributions =
        all.stream().flatMap(it -> history.contributions(it).stream()).toList();
    store.publishConfiguration(
        configuration,
        readings -> {
          all.forEach(it -> runs.put(it.version(), readings.publishedRun("crm")));
          for (Selection selection : history.selections()) {
            Reading expected = InMemory.read(selection, contributions);
            Map<String, Reading> groups = InMemory.groups(selection, contributions);
            assertThat(readings.read(selection)).isEqualTo(expected);
            assertThat(readings.groups(selection)).isEqualTo(groups);
          }
          return List.of();
        });
    assertThat(history.selections())
        .allSatisfy(
            it -> {
              assertThat(store.evidence().populations().reading(it, runs))
                  .contains(InMemory.read(it, contributions));
              assertThat(store.evidence().populations().groups(it, runs))
                  .contains(InMemory.groups(it, contributions));
            })
        .anySatisfy(it -> assertThat(it.among()).hasSizeGreaterThan(1));
    assertThat(InMemory.groups(Selection.of(all.get(10), QUARTER), contributions))
        .containsKeys("", "anna", "Anna");
  }

  @Test
  void keys_of_a_source_that_was_never_read_are_not_known() {
    Measure contacts = Samples.measure("contacts", "other", Aggregate.DISTINCT, "owner");
    store.derive("other", List.of(contacts));
    publish(last(won("1", "10")));
    store.publishConfiguration(
        configuration,
        readings -> {
          Selection selection =
              new Selection(
                  DEALS_WON,
                  QUARTER,
                  List.of(new Selection.Among(Selection.of(contacts, QUARTER), false)));
          assertThat(readings.read(selection).reason())
              .hasToString(
                  "never read: source 'other' of 'contacts' has not been read completely yet");
          assertThat(readings.groups(selection)).isEmpty();
          return List.of();
        });
  }

  @Test
  void the_number_of_records_is_kept_right() {
    RandomHistory history = new RandomHistory(99);
    store.derive("crm", List.of());
    history.withoutMeasures().play(store, configuration, 10);
    assertThat(state().records()).isEqualTo(history.size());
    assertThat(rows("select count(*) from record_version where until_run is null"))
        .containsExactly(String.valueOf(history.size()));
  }

  private void publishSome(Source source, List<Measure> measures, CountDownLatch both) {
    both.countDown();
    for (int i = 0; i < 5; i++) {
      SyncRun run = store.begin(source, "v1", Trigger.SCHEDULE, true, NOON);
      run = store.append(run, last(won("deal " + i, "1")), measures, NOON);
      store.publish(run, configuration, readings -> List.of(total(readings)), NOON);
    }
  }

  private static List<KeyResultChange> failing() {
    throw new IllegalStateException("no room");
  }

  private static SourceRecord[] many(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> won("deal " + i, "1"))
        .toArray(SourceRecord[]::new);
  }

  private static KeyResultChange total(Readings readings) {
    Measure shopWon = Samples.measure("shop_won", "shop", Aggregate.COUNT, null);
    BigDecimal total = BigDecimal.ZERO;
    for (Measure measure : List.of(DEALS_WON, shopWon)) {
      BigDecimal value = readings.read(measure, QUARTER).value();
      total = total.add(value == null ? BigDecimal.ZERO : value);
    }
    return new KeyResultChange("total", null, total, null, Cause.SYNC, NOON, List.of());
  }

  // The ways in

  SyncRun begin() {
    return store.begin(CRM, "v1", Trigger.SCHEDULE, false, NOON);
  }

  SyncRun beginIncremental() {
    return store.begin(CRM, "v1", Trigger.SCHEDULE, true, NOON);
  }

  /** Reads everything, which is these pages. */
  SyncRun publish(Page... pages) {
    return publishRest(begin(), pages);
  }

  SyncRun publishIncremental(Page... pages) {
    return publishRest(beginIncremental(), pages);
  }

  SyncRun publishRest(SyncRun begun, Page... pages) {
    return publishRest(begun, MEASURES, pages);
  }

  SyncRun publishRest(SyncRun begun, List<Measure> measures, Page... pages) {
    SyncRun run = begun;
    for (Page page : pages) {
      run = store.append(run, page, measures, NOON);
    }
    return store.publish(run, configuration, readings -> List.of(), NOON).run();
  }

  Reading read(Measure measure) {
    List<Reading> read = new ArrayList<>();
    store.publishConfiguration(
        configuration,
        readings -> {
          read.add(readings.read(measure, QUARTER));
          return List.of();
        });
    return read.get(0);
  }

  @Nullable BigDecimal value(Measure measure) {
    return read(measure).value();
  }

  private Reason.Name whyNot(Measure measure) {
    return requireNonNull(read(measure).reason()).name();
  }

  private SourceState state() {
    return requireNonNull(store.sourceStates().get("crm"));
  }

  private KeyResultReading latest(String keyResult) {
    return requireNonNull(store.latestReadings(List.of(keyResult)).get(keyResult));
  }

  private static KeyResultChange moved(String to) {
    return movedTo("revenue", to);
  }

  private static KeyResultChange movedTo(String keyResult, String to) {
    return new KeyResultChange(
        keyResult, null, new BigDecimal(to), null, Cause.SYNC, NOON, List.of());
  }

  private static KeyResultChange unreadable(String keyResult, Instant at) {
    return new KeyResultChange(keyResult, null, null, "no records", Cause.SYNC, at, List.of());
  }

  private static Input input(String name, @Nullable BigDecimal value, @Nullable String reason) {
    return new Input(name, "v@1", QUARTER.from(), QUARTER.to(), null, 17, value, reason);
  }

  private List<SealedEntry> chain() {
    List<SealedEntry> chain = new ArrayList<>(store.entries(EntryFilter.ALL, 1000));
    Collections.reverse(chain);
    return chain;
  }

  /** The rows of these tables, or of a query, as text and sorted. */
  List<String> rows(String... tables) {
    List<String> all = new ArrayList<>();
    for (String table : tables) {
      all.addAll(query(table.startsWith("select") ? table : "select * from " + table));
    }
    return all;
  }

  List<String> query(String sql) {
    try (Connection connection = connection();
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(String.join("|", row));
      }
      Collections.sort(all);
      return all;
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection connection() throws SQLException {
    return DriverManager.getConnection(
        settings.url(), settings.user(), settings.password().reveal());
  }
}
