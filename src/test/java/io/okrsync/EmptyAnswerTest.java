package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An empty answer is proven, or refused; it is never taken for a zero. */
class EmptyAnswerTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Simulator simulator = new Simulator();
  private final Scenario tool = new Scenario(Dialect.JIRA, Fault.NO_ROWS, 1, clock);
  private Workspace workspace = new Workspace(Path.of("target"));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void nothing_where_known_records_must_come_again_is_refused_and_everything_is_read() {
    try (Service service = open()) {
      run(service);
      BigDecimal before = count(service);
      clock.move(Duration.ofHours(2));
      tool.begin();

      SyncRun last = run(service);

      assertThat(last.inWords()).startsWith("reconcile failed").contains("nothing was removed");
      SyncRun first = service.store().runs(tool.name(), 2).get(1);
      assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(first.reason()).contains("must come again, such as", "everything is read next");
      assertThat(count(service)).isEqualByComparingTo(before);
      clock.move(Duration.ofMinutes(15));
      SyncRun again = run(service);
      assertThat(again.kind()).as("once an hour at most").isEqualTo(RunKind.SYNC);
      assertThat(again.reason()).contains("once an hour at most");
      tool.end();
      clock.move(Duration.ofMinutes(15));
      assertThat(run(service).inWords()).startsWith("OK");
    }
  }

  @Test
  void a_backfill_that_brings_nothing_of_what_is_known_is_refused() {
    try (Service service = open()) {
      run(service);
      tool.begin();
      Asked asked = Asked.backfill("2026-11-01", null, ZoneOffset.UTC, clock.instant());

      SyncRun backfill = service.runs().run(tool.name(), asked, Trigger.MANUAL);

      assertThat(backfill.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(backfill.reason()).contains("must come again", "token");
    }
  }

  @Test
  void a_first_answer_that_is_empty_waits_for_a_person_and_counts_as_no_zero() {
    tool.begin();
    try (Service service = open()) {
      SyncRun held = run(service);

      assertThat(held.outcome()).as(held.inWords()).isEqualTo(Outcome.HELD);
      assertThat(held.reason()).contains("nothing proves that it is empty", "release it");
      var reading = service.store().latestReadings(List.of(FaultyTools.id(tool, "count")));
      assertThat(reading.values()).allMatch(it -> it.value() == null);

      service.held().release(held.id(), new io.okrsync.sync.Decision("anna", "a new project"));

      assertThat(count(service)).isEqualByComparingTo("0");
      clock.move(Duration.ofMinutes(15));
      assertThat(run(service).outcome()).isEqualTo(Outcome.OK_EMPTY);
    }
  }

  private SyncRun run(Service service) {
    tool.runBegins();
    return service.runs().run(tool.name(), Trigger.SCHEDULE);
  }

  private BigDecimal count(Service service) {
    String id = FaultyTools.id(tool, "count");
    return requireNonNull(
        requireNonNull(service.store().latestReadings(List.of(id)).get(id)).value());
  }

  private Service open() {
    tool.work(6);
    simulator.add(tool);
    workspace = FaultyTools.workspace(folder, simulator, List.of(tool));
    return Service.open(
        Hurried.connectors(Path.of("routes"), clock, waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        StoreSettings.inFolder(workspace.data()),
        clock,
        run -> {},
        run -> {});
  }
}
