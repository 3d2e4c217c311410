package io.okrsync;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.connector.Hurried;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.faults.Scenario;
import io.okrsync.faults.Simulator;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Difference.What;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is read again at its time, and what the runs before had missed is listed. */
class ReconcileTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Simulator simulator = new Simulator();
  private Workspace workspace = new Workspace(Path.of("target"));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void once_its_time_has_come_a_run_reads_everything_and_says_how_late_it_noticed() {
    Scenario tool = tool(Dialect.REDMINE, Fault.VERY_LATE_RECORDS);
    try (Service service = open()) {
      sync(service, tool);
      clock.move(Duration.ofMinutes(15));
      tool.end();
      assertThat(sync(service, tool).kind()).isEqualTo(RunKind.SYNC);
      clock.move(Duration.ofHours(24));

      SyncRun run = sync(service, tool);

      assertThat(run.kind()).isEqualTo(RunKind.RECONCILE);
      assertThat(service.store().differences(run.id(), 9).first())
          .hasSize(3)
          .allMatch(it -> it.what() == What.ADDED && it.missed())
          .allSatisfy(it -> assertThat(it.late()).isEqualTo(Duration.ofHours(29)));
      assertThat(count(service, tool)).isEqualByComparingTo(tool.trueCount());
      clock.move(Duration.ofMinutes(15));
      assertThat(sync(service, tool).kind()).isEqualTo(RunKind.SYNC);
    }
  }

  @Test
  void what_was_deleted_is_removed_and_between_when_and_when_it_went() {
    Scenario tool = tool(Dialect.REDMINE, Fault.DELETED);
    try (Service service = open()) {
      sync(service, tool);
      clock.move(Duration.ofMinutes(15));
      tool.begin();

      SyncRun run = service.runs().run(tool.name(), Asked.RECONCILE, Trigger.MANUAL);

      List<Difference> found = service.store().differences(run.id(), 9).first();
      assertThat(found).isNotEmpty().allMatch(it -> it.what() == What.REMOVED && !it.marked());
      assertThat(found.get(0).inWords())
          .contains("is gone", "did not bring it", "it was there at 2026-11-21T03:00:00Z");
      assertThat(count(service, tool)).isEqualByComparingTo(tool.trueCount());
    }
  }

  @Test
  void one_that_fails_lets_ordinary_runs_go_on_and_is_tried_again_after_an_hour() {
    Scenario tool = tool(Dialect.REDMINE, Fault.TOTAL_TOO_HIGH);
    try (Service service = open()) {
      sync(service, tool);
      clock.move(Duration.ofHours(25));
      tool.begin();
      assertThat(run(service, tool).inWords()).contains("reconcile failed", "the source says");
      tool.end();
      clock.move(Duration.ofMinutes(15));
      assertThat(sync(service, tool).kind()).isEqualTo(RunKind.SYNC);
      clock.move(Duration.ofMinutes(46));

      assertThat(sync(service, tool).kind()).isEqualTo(RunKind.RECONCILE);
    }
  }

  @Test
  void a_source_that_reads_everything_anyway_has_nothing_to_reconcile() {
    Workspace files = new Workspace(folder);
    files.write("spend/1.csv", "id,name,at,amount,currency\n1,Ads,2026-11-02,5,USD\n");
    Scenario tool = tool(Dialect.JIRA, Fault.NOTHING);
    String sources = workspace.read("config/sources.yaml");
    workspace.write(
        "config/sources.yaml",
        sources
            + "  spend: { connector: csv-records, with: { kind: spend, path: %s } }%n"
                .formatted(folder.resolve("spend")));
    try (Service service = open()) {
      Answer answer = service.runs().trigger("spend", Asked.RECONCILE, Trigger.MANUAL);

      assertThat(answer).isInstanceOf(Answer.Refused.class);
      assertThat(((Answer.Refused) answer).why()).contains("each of its runs reads everything");
      assertThat(tool.name()).isNotEmpty();
    }
  }

  @Test
  void the_command_line_lists_what_was_found() {
    Scenario tool = tool(Dialect.REDMINE, Fault.DELETED);
    assertThat(workspace.run("sync").exit()).isZero();
    tool.begin();

    Said said = workspace.run("reconcile", tool.name());

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out())
        .contains("run 2  reconcile OK", "removed", "is gone: a read of everything");
    assertThat(workspace.run("reconcile", tool.name(), "--json").out())
        .contains("\"differences\":[]");
    assertThat(workspace.run("log").out()).contains("run.found", "is gone");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  private Scenario tool(Dialect dialect, Fault fault) {
    Scenario tool = new Scenario(dialect, fault, 1, clock);
    tool.work(6);
    simulator.add(tool);
    workspace = FaultyTools.workspace(folder, simulator, List.of(tool));
    return tool;
  }

  private static SyncRun sync(Service service, Scenario tool) {
    SyncRun run = run(service, tool);
    assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
    return run;
  }

  private static SyncRun run(Service service, Scenario tool) {
    tool.runBegins();
    return service.runs().run(tool.name(), Trigger.SCHEDULE);
  }

  private static BigDecimal count(Service service, Scenario tool) {
    String id = FaultyTools.id(tool, "count");
    return requireNonNull(
        requireNonNull(service.store().latestReadings(List.of(id)).get(id)).value());
  }

  private Service open() {
    return Service.open(
        Hurried.connectors(Path.of("routes"), clock, waited -> {}),
        new ConfigurationFolder(workspace.config(), name -> null),
        StoreSettings.inFolder(workspace.data()),
        clock,
        run -> {},
        run -> {});
  }
}
