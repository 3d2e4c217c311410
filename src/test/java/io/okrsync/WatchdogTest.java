package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.LogCapture;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.Store;
import io.okrsync.sync.Concern;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watchdog beside a scheduler that asks for nothing. */
class WatchdogTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final FakeCrm crm = new FakeCrm();
  private final AtomicInteger changes = new AtomicInteger();

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_source_that_a_dead_scheduler_does_not_ask_for_is_noticed_once_and_until_it_is_read() {
    crm.won(1, "100");
    try (Service service = open();
        Scheduler dead =
            new Scheduler(
                (source, asked, by) -> new Answer.UnknownSource(null), Clock.systemUTC());
        Watchdog watchdog = new Watchdog(service, dead, changes::incrementAndGet)) {
      assertThat(concerns(service)).containsExactly(Concern.Kind.NEVER_ATTEMPTED);
      service.runs().run("crm", Trigger.MANUAL);
      watchdog.look();
      assertThat(changes).as("the scheduler was never started").hasValue(1);

      clock.move(Duration.ofMinutes(18));
      watchdog.look();
      watchdog.look();
      assertThat(concerns(service)).containsExactly(Concern.Kind.OVERDUE);
      assertThat(changes).hasValue(2);

      service.runs().run("crm", Trigger.MANUAL);
      watchdog.look();
      assertThat(concerns(service)).isEmpty();
      assertThat(changes).hasValue(3);
    }
  }

  @Test
  void a_clock_that_was_put_back_is_noticed_until_the_source_is_read_again() {
    crm.won(1, "100");
    try (Service service = open();
        Scheduler scheduler =
            new Scheduler(
                (source, asked, by) -> new Answer.UnknownSource(null), Clock.systemUTC());
        Watchdog watchdog = new Watchdog(service, scheduler, changes::incrementAndGet)) {
      scheduler.start();
      service.runs().run("crm", Trigger.MANUAL);
      clock.move(Duration.ofDays(-1));
      watchdog.look();
      assertThat(concerns(service)).containsExactly(Concern.Kind.CLOCK_PUT_BACK);
      assertThat(changes).hasValue(1);

      service.runs().run("crm", Trigger.MANUAL);
      watchdog.look();
      assertThat(concerns(service)).isEmpty();
      assertThat(changes).hasValue(2);
    }
  }

  /** As another process does that shares the database. */
  @Test
  void other_files_that_another_process_loaded_are_noticed_until_all_have_the_same() {
    crm.won(1, "100");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.MANUAL);
      service.store().configurationLoaded("other", Map.of("okrs.yaml", "a"), "{}", clock.instant());

      assertThat(concerns(service)).containsExactly(Concern.Kind.OTHER_CONFIGURATION);

      service.reload();
      assertThat(concerns(service)).isEmpty();
    }
  }

  /** The version that the service uses is not the latest then, but its files are. */
  @Test
  void files_that_another_process_loaded_and_took_back_are_no_others() {
    crm.won(1, "100");
    try (Service service = open()) {
      service.runs().run("crm", Trigger.MANUAL);
      Store store = service.store();
      String own = service.setup().configuration().digest();
      store.configurationLoaded("other", Map.of("okrs.yaml", "a"), "{}", clock.instant());
      store.configurationLoaded(own, Map.of("okrs.yaml", "b"), "{}", clock.instant());

      assertThat(concerns(service)).isEmpty();
    }
  }

  @Test
  void a_concern_is_told_once_when_it_begins_and_once_when_it_ends_though_its_words_change() {
    Workspace workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write("config/secrets/token", "wrong-token");
    crm.won(1, "100");
    try (Service service = workspace.service(clock);
        Scheduler scheduler =
            new Scheduler(
                (source, asked, by) -> new Answer.UnknownSource(null), Clock.systemUTC());
        Watchdog watchdog = new Watchdog(service, scheduler, changes::incrementAndGet);
        LogCapture log = new LogCapture()) {
      scheduler.start();
      for (int run = 1; run <= 3; run++) {
        service.runs().run("crm", Trigger.MANUAL);
        watchdog.look();
      }
      workspace.write("config/secrets/token", "right-token");
      service.reload();
      service.runs().run("crm", Trigger.MANUAL);
      watchdog.look();

      List<String> told = told(log);
      assertThat(told).hasSize(2);
      assertThat(told.get(0)).contains("source 'crm': needs authorisation; run 1 was refused");
      assertThat(told.get(1)).endsWith("no longer: source 'crm': needs authorisation");
      assertThat(changes).hasValue(2);
    }
  }

  private static List<String> told(LogCapture log) {
    return log.lines().stream().filter(it -> it.startsWith(Watchdog.class.getName())).toList();
  }

  @Test
  void a_scheduler_lives_from_its_start_to_its_end() {
    Scheduler scheduler =
        new Scheduler((source, asked, by) -> new Answer.UnknownSource(null), Clock.systemUTC());
    assertThat(scheduler.isAlive(Instant.now())).isFalse();
    scheduler.start();
    assertThat(scheduler.isAlive(Instant.now())).isTrue();
    scheduler.close();
    assertThat(scheduler.isAlive(Instant.now())).isFalse();
  }

  @Test
  void status_tells_a_source_that_was_never_attempted() {
    Workspace workspace = new Workspace(folder).withCrm(crm.url());
    workspace.service(clock).close();

    assertThat(workspace.run("status").out())
        .contains("source crm: never attempted; no run of it has begun yet");
  }

  private Service open() {
    Workspace workspace = new Workspace(folder).withCrm(crm.url());
    return workspace.service(clock);
  }

  private static List<Concern.Kind> concerns(Service service) {
    return service
        .concerns(
            "crm",
            requireNonNull(service.setup().configuration().schedules().get("crm")),
            service.store().sourceStates().get("crm"))
        .stream()
        .map(Concern::kind)
        .toList();
  }
}
