package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.FakeCrm.Mood;
import io.okrsync.connector.Page;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import io.okrsync.web.SourceRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is to be left alone for a while: until when, and that it really continues then. */
class ContinuesTest {
  private static final Instant BEGIN = Instant.parse("2026-11-21T03:00:00Z");
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(BEGIN.toString());
  private final FakeCrm crm = new FakeCrm();
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
  void a_schedule_leaves_a_busy_source_alone_until_it_wants_to_be_asked() {
    crm.busy = 3900;
    crm.mood = Mood.BREAKS_ON_THE_SECOND_PAGE;
    try (Service service = open()) {
      SyncRun partial = service.runs().run("crm", Trigger.SCHEDULE);
      Instant until = BEGIN.plusSeconds(3900);
      assertThat(partial.outcome()).isEqualTo(Outcome.PARTIAL);
      assertThat(partial.continuesAt()).isEqualTo(until);
      assertThat(partial.inWords()).contains("429", "continues at 21 Nov 2026 04:05:00 UTC");

      clock.move(Duration.ofMinutes(15));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isEqualTo(new Answer.Waits(until));
      assertThat(crm.requests.get()).isEqualTo(2);
      assertThat(concerns(service)).isEmpty();

      crm.busy = 0;
      crm.mood = Mood.WELL;
      crm.won(2, "50");
      clock.move(Duration.ofMinutes(50));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isEqualTo(new Answer.Started(partial.id()));
    }
  }

  @Test
  void a_person_is_obeyed_though_the_source_wanted_to_be_left_alone() {
    crm.busy = 3900;
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      crm.busy = 0;

      assertThat(service.runs().run("crm", Trigger.MANUAL).outcome()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void a_run_that_was_told_to_wait_before_it_read_anything_ends_when_the_next_one_begins() {
    crm.busy = 3900;
    try (Service service = open()) {
      SyncRun partial = service.runs().run("crm", Trigger.SCHEDULE);
      assertThat(partial.outcome()).isEqualTo(Outcome.PARTIAL);
      crm.busy = 0;
      clock.move(Duration.ofMinutes(66));

      service.runs().run("crm", Trigger.SCHEDULE);

      SyncRun first = service.store().run(partial.id()).orElseThrow();
      assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(first.inWords()).contains("stored nothing").doesNotContain("continues");
      assertThat(service.store().runs("crm", 1).get(0).outcome()).isEqualTo(Outcome.OK);
      assertThat(concerns(service)).isEmpty();
    }
    assertThat(workspace.run("verify").exit()).isZero();
  }

  @Test
  void the_time_is_known_after_a_restart_and_shown_where_people_look() {
    crm.busy = 3900;
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
    }
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC())) {
      SourceRow row = new LiveSite(service, scheduler, new Waits(clock), null).sources().get(0);

      assertThat(row.nextRun()).isEqualTo(BEGIN.plusSeconds(3900));
      assertThat(requireNonNull(row.waiting()).until()).isEqualTo(BEGIN.plusSeconds(3900));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE)).isInstanceOf(Answer.Waits.class);
    }
  }

  @Test
  void refused_credentials_are_tried_again_when_there_are_others_or_after_an_hour() {
    workspace.write("config/secrets/token", "wrong-token");
    try (Service service = open()) {
      assertThat(service.runs().run("crm", Trigger.SCHEDULE).needsAuthorisation()).isTrue();
      assertThat(concerns(service)).containsExactly(Concern.Kind.NEEDS_AUTHORISATION);
      clock.move(Duration.ofMinutes(30));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE)).isInstanceOf(Answer.Waits.class);

      workspace.write("config/secrets/token", "right-token");
      service.reload();

      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isInstanceOf(Answer.Started.class);
    }
    workspace.write("config/secrets/token", "wrong-token");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      clock.move(Duration.ofMinutes(61));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isInstanceOf(Answer.Started.class);
    }
  }

  @Test
  void what_was_to_be_waited_for_by_a_clock_that_was_put_back_is_not_waited_for() {
    workspace.write("config/secrets/token", "wrong-token");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE)).isInstanceOf(Answer.Waits.class);
      clock.move(Duration.ofDays(-1));
      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isInstanceOf(Answer.Started.class);
    }
  }

  @Test
  void after_a_restart_refused_credentials_are_tried_at_once_since_there_may_be_others()
      throws Exception {
    String sources = workspace.read("config/sources.yaml");
    workspace.write("config/sources.yaml", sources.replace("every: 15m", "cron: \"0 0 6 1 1 ?\""));
    workspace.write("config/secrets/token", "wrong-token");
    SyncRun refused;
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), clock)) {
      refused = service.runs().run("crm", Trigger.SCHEDULE);
      Serving.schedule(service, scheduler);
      SourceRow row = new LiveSite(service, scheduler, new Waits(clock), null).sources().get(0);
      assertThat(requireNonNull(row.waiting()).refused()).isTrue();
      assertThat(row.nextRun()).isEqualTo(refused.continuesAt());
    }
    ended.clear();
    workspace.write("config/secrets/token", "right-token");
    clock.move(Duration.ofMinutes(1));
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), clock)) {
      Serving.schedule(service, scheduler);
      SourceRow row = new LiveSite(service, scheduler, new Waits(clock), null).sources().get(0);
      assertThat(row.waiting()).isNull();
      assertThat(row.nextRun()).isEqualTo(scheduler.next("crm").orElseThrow());

      scheduler.start();

      SyncRun again = ended.poll(20, TimeUnit.SECONDS);
      assertThat(requireNonNull(again).outcome()).isEqualTo(Outcome.OK);
      assertThat(again.id()).isGreaterThan(refused.id());
    }
  }

  @Test
  void what_a_process_left_goes_on_at_the_next_start() throws Exception {
    once("");
    SyncRun left = leave();
    try (Service service = open();
        Scheduler scheduler = started(service)) {
      assertThat(scheduler.isAlive(clock.instant())).isTrue();
      SyncRun gone = requireNonNull(ended.poll(20, TimeUnit.SECONDS));
      assertThat(gone.id()).isEqualTo(left.id());
      assertThat(gone.outcome()).isEqualTo(Outcome.OK);
    }
  }

  /** As where the process was killed between the two looks. */
  @Test
  void a_second_look_that_is_owed_follows_at_the_next_start() throws Exception {
    once("");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      owe(service);
    }
    ended.clear();
    try (Service service = open();
        Scheduler scheduler = started(service)) {
      assertThat(scheduler.isAlive(clock.instant())).isTrue();
      SyncRun asked = requireNonNull(ended.poll(20, TimeUnit.SECONDS));
      assertThat(asked.outcome()).isEqualTo(Outcome.OK);
      SyncRun look = requireNonNull(ended.poll(20, TimeUnit.SECONDS));
      assertThat(look.kind()).isEqualTo(RunKind.RECONCILE);
      assertThat(service.store().owesLook("crm")).isEmpty();
    }
  }

  @Test
  void a_source_is_at_work_until_nothing_follows_any_more() {
    AtomicReference<@Nullable Service> at = new AtomicReference<>();
    List<Boolean> follows = new ArrayList<>();
    try (Service service =
        open(run -> follows.add(requireNonNull(at.get()).runs().isAtWork("crm")))) {
      at.set(service);
      service.runs().run("crm", Trigger.SCHEDULE);
      owe(service);
      follows.clear();

      service.runs().run("crm", Trigger.SCHEDULE);

      assertThat(follows).containsExactly(true, false);
    }
  }

  @Test
  void what_is_to_be_waited_for_is_waited_for_though_a_second_look_is_owed() throws Exception {
    once("");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      owe(service);
      crm.busy = 3900;
      assertThat(service.runs().run("crm", Trigger.SCHEDULE).waits(clock.instant())).isTrue();
    }
    ended.clear();
    crm.busy = 0;
    clock.move(Duration.ofSeconds(3897));
    try (Service service = open();
        Scheduler scheduler = started(service, Clock.systemUTC())) {
      assertThat(scheduler.isAlive(Instant.now())).isTrue();
      assertThat(ended.poll(1500, TimeUnit.MILLISECONDS)).isNull();
      clock.move(Duration.ofSeconds(10));
      assertThat(ended.poll(20, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void what_a_process_left_waits_for_its_next_time_where_nothing_is_made_up_for() throws Exception {
    once("    missed: none\n");
    leave();
    try (Service service = open();
        Scheduler scheduler = started(service)) {
      assertThat(scheduler.isAlive(clock.instant())).isTrue();
      assertThat(ended.poll(2, TimeUnit.SECONDS)).isNull();
    }
  }

  @Test
  void a_released_run_is_followed_by_another_since_it_may_owe_a_look() throws Exception {
    once("    guard: { jump: 300% }\n");
    try (Service service = open();
        Scheduler scheduler = started(service)) {
      service.runs().run("crm", Trigger.MANUAL);
      crm.won(2, "5000");
      SyncRun held = service.runs().run("crm", Trigger.MANUAL);
      assertThat(held.outcome()).isEqualTo(Outcome.HELD);
      service.held().release(held.id(), new Decision("Ani", "a big deal"));
      ended.clear();

      SyncRun released = service.store().run(held.id()).orElseThrow();
      Serving.next(new AtomicReference<>(scheduler), clock, released);

      SyncRun after = requireNonNull(ended.poll(20, TimeUnit.SECONDS));
      assertThat(after.id()).isGreaterThan(held.id());
      assertThat(after.outcome()).isEqualTo(Outcome.OK);
    }
  }

  /** The schedule asks once a year, and not now. */
  private void once(String setting) {
    String sources = workspace.read("config/sources.yaml");
    workspace.write(
        "config/sources.yaml",
        sources.replace("every: 15m", "cron: \"0 0 6 1 1 ?\"").stripTrailing() + "\n" + setting);
  }

  /** A run has read its first page, and its process ends before it does. */
  private SyncRun leave() {
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      crm.busy = 1;
      crm.mood = Mood.BREAKS_ON_THE_SECOND_PAGE;
      SyncRun cut = service.runs().run("crm", Trigger.SCHEDULE);
      crm.busy = 0;
      crm.mood = Mood.WELL;
      SyncRun left = begin(service, Asked.SYNC);
      assertThat(left.id()).isEqualTo(cut.id());
      assertThat(left.cursor()).isNotNull();
      ended.clear();
      return left;
    }
  }

  /** Two pages bring nothing of what is known. */
  private void owe(Service service) {
    SyncRun look = append(service, begin(service, Asked.RECONCILE), "2");
    look = append(service, look, null);
    service.store().publish(look, service.setup().version(), all -> List.of(), clock.instant());
    assertThat(service.store().owesLook("crm")).isPresent();
  }

  private SyncRun begin(Service service, Asked asked) {
    Store store = service.store();
    long first = store.runs("crm", 1).get(0).id();
    String definition = requireNonNull(store.evidence().run(first).orElseThrow().definition());
    return store.begin(
        service.setup().source("crm"), definition, Trigger.SCHEDULE, asked, true, clock.instant());
  }

  private SyncRun append(Service service, SyncRun run, @Nullable String next) {
    Page empty = new Page(List.of(), List.of(), next, null);
    return service.store().append(run, empty, service.setup().measuresFrom("crm"), clock.instant());
  }

  private Scheduler started(Service service) {
    return started(service, clock);
  }

  private static Scheduler started(Service service, Clock by) {
    Scheduler scheduler = new Scheduler(service.runs(), by);
    Serving.schedule(service, scheduler);
    Serving.goOn(service, scheduler);
    scheduler.start();
    return scheduler;
  }

  @Test
  void other_settings_are_tried_at_once() {
    crm.busy = 3900;
    try (Service service = open()) {
      service.runs().run("crm", Trigger.SCHEDULE);
      crm.busy = 0;
      String sources = workspace.read("config/sources.yaml");
      workspace.write("config/sources.yaml", sources.replace("127.0.0.1", "localhost"));
      service.reload();

      assertThat(service.runs().trigger("crm", Trigger.SCHEDULE))
          .isInstanceOf(Answer.Started.class);
    }
  }

  @Test
  void when_the_time_has_come_the_scheduler_asks_and_the_run_goes_on() throws Exception {
    crm.busy = 61;
    crm.mood = Mood.BREAKS_ON_THE_SECOND_PAGE;
    workspace.write(
        "config/sources.yaml", workspace.read("config/sources.yaml").replace("15m", "1d"));
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC())) {
      SyncRun partial = service.runs().run("crm", Trigger.SCHEDULE);
      crm.busy = 0;
      crm.mood = Mood.WELL;
      crm.won(2, "50");
      scheduler.replace(service.setup().configuration().schedules(), service::lastAsked);
      clock.move(Duration.ofSeconds(60));
      Serving.askLater(clock.instant(), scheduler, partial);
      clock.move(Duration.ofSeconds(1));
      scheduler.start();

      assertThat(ended.poll(20, TimeUnit.SECONDS)).isEqualTo(partial);
      SyncRun gone = ended.poll(20, TimeUnit.SECONDS);
      assertThat(gone).isNotNull();
      assertThat(gone.id()).isEqualTo(partial.id());
      assertThat(gone.outcome()).isEqualTo(Outcome.OK);
    }
  }

  private static List<Concern.Kind> concerns(Service service) {
    var schedule = requireNonNull(service.setup().configuration().schedules().get("crm"));
    return service.concerns("crm", schedule, service.store().sourceStates().get("crm")).stream()
        .map(Concern::kind)
        .toList();
  }

  private Service open() {
    return open(ended::add);
  }

  private Service open(Consumer<SyncRun> told) {
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.routes = Path.of("routes");
    return Service.open(
        folders, StoreSettings.inFolder(workspace.data()), name -> null, clock, run -> {}, told);
  }
}
