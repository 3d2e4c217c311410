package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.Postgres.OwnDatabase;
import io.okrsync.connector.FreshnessLimits;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.Source;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our own database is away for a while: what was at work goes on by itself when it is back. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StoreAwayTest {
  private static final String BEGIN = "2026-11-21T03:00:00Z";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(BEGIN);
  private final FakeCrm crm = new FakeCrm();
  private final OwnDatabase database = Postgres.emptyDatabase();
  private final LinkedBlockingQueue<SyncRun> ended = new LinkedBlockingQueue<>();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void workspace() {
    workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_run_that_broke_off_is_not_called_at_work_when_the_database_is_back() throws Exception {
    try (Service service = open()) {
      long id = breaksOff(service);

      untilItIsBack(
          () -> {
            assertThat(run(service, id).outcome()).isEqualTo(Outcome.RUNNING);
            service.runs().endLeft();
          });

      SyncRun left = run(service, id);
      assertThat(left.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(left.reason()).contains("the database was away for a while");
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo(left);
    }
  }

  @Test
  void a_run_that_broke_off_goes_on_within_a_minute_and_not_at_the_next_firing() {
    try (Service service = open()) {
      long id = breaksOff(service);
      untilItIsBack(() -> service.runs().endLeft());
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE)).isInstanceOf(Answer.Waits.class);

      clock.move(Duration.ofSeconds(20));
      service.runs().run("crm", Trigger.SCHEDULE);

      assertThat(ended.remove().continuesAt()).isEqualTo(clock.instant());
      assertThat(ended.remove().outcome()).isEqualTo(Outcome.OK);
      assertThat(run(service, id).outcome().isInVain()).as("it had stored no page yet").isTrue();
    }
  }

  /** Away only for so short a time that the run can be ended at once. */
  @Test
  void a_run_goes_on_soon_and_ever_later_where_the_store_fails_it_again_and_again() {
    try (Store store = Store.open(StoreSettings.inFolder(folder))) {
      Endings endings = new Endings(store, clock, ended::add);
      List<Duration> pauses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        endings.brokeOff(begun(store), new StoreUnavailable("It is gone.", null));
        SyncRun brokeOff = ended.remove();
        assertThat(brokeOff.outcome()).isEqualTo(Outcome.PARTIAL);
        pauses.add(Duration.between(clock.instant(), brokeOff.continuesAt()));
        clock.move(pauses.get(i));
      }
      assertThat(pauses.subList(0, 3))
          .extracting(Duration::toSeconds)
          .containsExactly(20L, 40L, 80L);
      assertThat(pauses.get(7)).isEqualTo(Duration.ofMinutes(15));

      clock.move(Duration.ofMinutes(16));
      endings.brokeOff(begun(store), new StoreUnavailable("It is gone.", null));
      assertThat(ended.remove().continuesAt()).isEqualTo(clock.instant().plusSeconds(20));
    }
  }

  @Test
  void what_else_breaks_off_waits_for_the_next_firing_as_ever() {
    try (Store store = Store.open(StoreSettings.inFolder(folder))) {
      Endings endings = new Endings(store, clock, ended::add);
      SyncRun run = begun(store);

      endings.brokeOff(run, new IllegalStateException("unheard of"));

      SyncRun brokeOff = store.run(run.id()).orElseThrow();
      assertThat(brokeOff.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(brokeOff.continuesAt()).isNull();
      assertThat(ended).isEmpty();
    }
  }

  @Test
  void a_run_that_is_at_work_is_left_alone_here_and_by_other_processes() throws Exception {
    crm.gate = new CountDownLatch(1);
    try (Service service = open();
        Service other = open()) {
      service.runs().trigger("crm", Trigger.MANUAL);

      service.runs().endLeft();
      other.runs().endLeft();

      crm.gate.countDown();
      assertThat(service.runs().run("crm", Trigger.MANUAL).outcome().isWell()).isTrue();
      assertThat(ended).allMatch(it -> it.outcome().isWell());
    }
  }

  @Test
  void what_a_process_left_that_has_lost_the_database_is_ended_by_another_one() throws Exception {
    try (Service service = open();
        Service other = open()) {
      long id = breaksOff(service);

      untilItIsBack(
          () -> {
            other.runs().endLeft();
            SyncRun left = run(other, id);
            assertThat(left.outcome()).isEqualTo(Outcome.PARTIAL);
            assertThat(left.reason()).contains("stopped, or lost its database");
          });

      untilItAnswers(() -> service.runs().endLeft());
      assertThat(ended.remove().outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(ended).as("it ended once").isEmpty();
    }
  }

  /** Its presence is cut, so the other one takes it for gone. */
  @Test
  void that_another_process_has_ended_a_run_is_told() throws Exception {
    crm.gate = new CountDownLatch(1);
    try (Service service = open();
        Service other = open()) {
      service.runs().trigger("crm", Trigger.SCHEDULE);
      database.cutPresence();
      other.runs().endLeft();
      assertThat(ended.remove().outcome()).isEqualTo(Outcome.PARTIAL);

      crm.gate.countDown();

      SyncRun skipped = requireNonNull(ended.poll(20, TimeUnit.SECONDS));
      assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(skipped.reason()).endsWith("was ended in another process");
    }
  }

  private SyncRun begun(Store store) {
    FreshnessLimits fresh = new FreshnessLimits(Duration.ofHours(1), Duration.ofHours(6));
    Source source =
        new Source(
            "crm",
            "pipedrive-deals",
            RecordKind.DEAL,
            Map.of(),
            Map.of(),
            Duration.ZERO,
            fresh,
            ZoneOffset.UTC);
    return store.begin(source, "v1", Trigger.SCHEDULE, true, clock.instant());
  }

  /** The database takes no changes any more while the source is read, so that nothing is noted. */
  private long breaksOff(Service service) {
    crm.gate = new CountDownLatch(1);
    Answer begun = service.runs().trigger("crm", Trigger.SCHEDULE);
    database.takesChanges(false);
    crm.gate.countDown();
    assertThatThrownBy(() -> service.runs().run("crm", Trigger.MANUAL))
        .isInstanceOf(StoreUnavailable.class);
    return ((Answer.Started) begun).run();
  }

  private void untilItIsBack(Runnable work) {
    database.takesChanges(true);
    untilItAnswers(work);
  }

  /** Each connection that was lost is found by one who tries. */
  private static void untilItAnswers(Runnable work) {
    for (int tries = 30; ; tries--) {
      try {
        work.run();
        return;
      } catch (StoreUnavailable lost) {
        assertThat(tries).as("tries, the last one of which said: " + lost).isPositive();
      }
    }
  }

  @Test
  void a_firing_while_the_database_is_away_is_told_so_and_may_come_again() {
    try (Service service = open()) {
      database.takesChanges(false);

      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isInstanceOf(Answer.StoreAway.class);

      untilItIsBack(
          () -> {
            Answer again = service.runs().trigger("crm", Trigger.SCHEDULE);
            if (again instanceof Answer.StoreAway away) {
              throw new StoreUnavailable(away.why(), null);
            }
            assertThat(again).isInstanceOf(Answer.Started.class);
          });
    }
  }

  private static SyncRun run(Service service, long id) {
    return service.store().run(id).orElseThrow();
  }

  private Service open() {
    Folders folders = new Folders();
    folders.config = workspace.config();
    return Service.open(folders, database.settings(), name -> null, clock, run -> {}, ended::add);
  }
}
