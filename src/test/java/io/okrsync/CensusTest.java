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
import io.okrsync.sync.Outcome;
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

/**
 * Where deleted records vanish, a list of the ids there are tells which; and is not believed
 * blindly.
 */
class CensusTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Simulator simulator = new Simulator();
  private Workspace workspace = new Workspace(Path.of("target"));

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void once_its_time_has_come_it_follows_a_run_and_removes_what_is_gone() {
    Scenario tool = tool(Dialect.JIRA, Fault.DELETED);
    try (Service service = open()) {
      run(service, tool);
      tool.begin();
      clock.move(Duration.ofMinutes(15));
      assertThat(run(service, tool).kind()).isEqualTo(RunKind.SYNC);
      clock.move(Duration.ofHours(24));

      SyncRun census = run(service, tool);

      assertThat(census.kind()).isEqualTo(RunKind.CENSUS);
      assertThat(census.inWords()).startsWith("census OK").contains("listed", "removed");
      assertThat(service.store().runs(tool.name(), 2).get(1).kind()).isEqualTo(RunKind.SYNC);
      assertThat(count(service, tool)).isEqualByComparingTo(tool.trueCount());
      clock.move(Duration.ofMinutes(15));
      assertThat(run(service, tool).kind()).isEqualTo(RunKind.SYNC);
    }
  }

  @Test
  void what_comes_back_counts_again() {
    Scenario tool = tool(Dialect.JIRA, Fault.UNDELETED);
    try (Service service = open()) {
      run(service, tool);
      tool.begin();
      census(service, tool);
      assertThat(count(service, tool)).isEqualByComparingTo(tool.trueCount());
      clock.move(Duration.ofMinutes(15));
      tool.end();

      SyncRun back = run(service, tool);

      assertThat(service.store().differences(back.id(), 9).first())
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.inWords()).contains("came back"));
      assertThat(count(service, tool)).isEqualByComparingTo(tool.trueCount());
    }
  }

  @Test
  void a_list_that_is_empty_or_has_an_id_twice_removes_nothing() {
    for (Fault fault : List.of(Fault.NO_ROWS, Fault.TWICE)) {
      Scenario tool = tool(Dialect.JIRA, fault);
      try (Service service = open()) {
        run(service, tool);
        BigDecimal before = count(service, tool);
        tool.begin();
        tool.runBegins();

        SyncRun census = census(service, tool);

        assertThat(census.outcome()).as(census.inWords()).isEqualTo(Outcome.FAILED);
        assertThat(census.reason())
            .containsAnyOf("nothing was removed", "nothing was taken as removed");
        assertThat(service.store().differences(census.id(), 9).all()).isZero();
        assertThat(count(service, tool)).isEqualByComparingTo(before);
        tool.end();
        clock.move(Duration.ofMinutes(15));
        assertThat(run(service, tool).inWords()).startsWith("OK");
      }
    }
  }

  @Test
  void a_list_that_breaks_off_removes_nothing_and_goes_on_later() {
    Scenario tool = tool(Dialect.JIRA, Fault.THROTTLED_WITH_SECONDS);
    try (Service service = open()) {
      run(service, tool);
      tool.begin();
      tool.runBegins();
      assertThat(census(service, tool).outcome()).isEqualTo(Outcome.PARTIAL);
      tool.end();
      clock.move(Duration.ofMinutes(6));

      SyncRun after = run(service, tool);

      assertThat(after.kind()).isEqualTo(RunKind.SYNC);
      assertThat(service.store().runs(tool.name(), 2).get(1).inWords())
          .startsWith("census OK")
          .doesNotContain("removed");
    }
  }

  @Test
  void a_source_that_cannot_list_ids_alone_is_told_to_reconcile() {
    Scenario tool = tool(Dialect.REDMINE, Fault.NOTHING);
    try (Service service = open()) {
      run(service, tool);

      Answer answer = service.runs().trigger(tool.name(), Asked.CENSUS, Trigger.MANUAL);

      assertThat(((Answer.Refused) answer).why())
          .contains("cannot list its ids alone", "reconcile");
    }
  }

  @Test
  void the_command_line_says_what_is_gone() {
    Scenario tool = tool(Dialect.JIRA, Fault.DELETED);
    assertThat(workspace.run("sync").exit()).isZero();
    tool.begin();

    Said said = workspace.run("census", tool.name());

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("census OK", "is gone: a census of the ids did not list it");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  private Scenario tool(Dialect dialect, Fault fault) {
    Scenario tool = new Scenario(dialect, fault, 1, clock);
    tool.work(6);
    simulator.add(tool);
    workspace = FaultyTools.workspace(folder.resolve(fault.name()), simulator, List.of(tool));
    return tool;
  }

  private static SyncRun run(Service service, Scenario tool) {
    tool.runBegins();
    SyncRun run = service.runs().run(tool.name(), Trigger.SCHEDULE);
    assertThat(run.outcome().isWell()).as(run.inWords()).isTrue();
    return run;
  }

  private static SyncRun census(Service service, Scenario tool) {
    return service.runs().run(tool.name(), Asked.CENSUS, Trigger.MANUAL);
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
