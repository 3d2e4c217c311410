package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Difference.What;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything is read again at its time, and what the runs before had missed is listed. */
class ReconcileTest {
  @TempDir Path folder;

  @Test
  void once_its_time_has_come_a_run_reads_everything_and_says_how_late_it_noticed() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.VERY_LATE_RECORDS);
        Service service = tool.open()) {
      tool.well(service);
      tool.passes(Duration.ofMinutes(15));
      tool.scenario.end();
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
      tool.passes(Duration.ofHours(24));

      SyncRun run = tool.well(service);

      assertThat(run.kind()).isEqualTo(RunKind.RECONCILE);
      assertThat(service.store().differences(run.id(), 9).first())
          .hasSize(3)
          .allMatch(it -> it.what() == What.ADDED && it.missed())
          .allSatisfy(it -> assertThat(it.late()).isEqualTo(Duration.ofHours(29)));
      tool.isTrue(service);
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
    }
  }

  @Test
  void what_was_deleted_is_removed_and_between_when_and_when_it_went() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.DELETED);
        Service service = tool.open()) {
      tool.well(service);
      tool.passes(Duration.ofMinutes(15));
      tool.scenario.begin();

      SyncRun run = tool.asked(service, Asked.RECONCILE);

      SyncRun first = service.store().runs(tool.name(), 2).get(1);
      assertThat(first.kind()).as("it looks twice").isEqualTo(RunKind.RECONCILE);
      assertThat(service.store().differences(first.id(), 9).all()).isZero();
      List<Difference> found = service.store().differences(run.id(), 9).first();
      assertThat(found).isNotEmpty().allMatch(it -> it.what() == What.REMOVED && !it.marked());
      assertThat(found.get(0).inWords())
          .contains("is gone", "did not bring it", "it was there at 2026-11-21T03:00:00Z");
      tool.isTrue(service);
    }
  }

  @Test
  void one_that_fails_lets_ordinary_runs_go_on_and_is_tried_again_after_an_hour() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.TOTAL_TOO_HIGH);
        Service service = tool.open()) {
      tool.well(service);
      tool.passes(Duration.ofHours(25));
      tool.scenario.begin();
      assertThat(tool.scheduled(service).inWords()).contains("reconcile failed", "the source says");
      tool.scenario.end();
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
      tool.passes(Duration.ofMinutes(46));

      assertThat(tool.well(service).kind()).isEqualTo(RunKind.RECONCILE);
    }
  }

  @Test
  void everything_is_read_again_when_the_last_time_was_by_a_clock_that_was_put_back() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.NOTHING);
        Service service = tool.open()) {
      tool.well(service);
      tool.passes(Duration.ofHours(-25));

      assertThat(tool.well(service).kind()).isEqualTo(RunKind.RECONCILE);
      tool.passes(Duration.ofMinutes(15));
      assertThat(tool.well(service).kind()).isEqualTo(RunKind.SYNC);
    }
  }

  @Test
  void a_source_that_reads_everything_anyway_has_nothing_to_reconcile() {
    try (OneTool tool = new OneTool(folder, Dialect.JIRA, Fault.NOTHING)) {
      Workspace files = tool.workspace;
      files.write("spend/1.csv", "id,name,at,amount,currency\n1,Ads,2026-11-02,5,USD\n");
      files.write(
          "config/sources.yaml",
          files.read("config/sources.yaml")
              + "  spend: { connector: csv-records, with: { kind: spend, path: %s } }%n"
                  .formatted(folder.resolve("spend")));
      try (Service service = tool.open()) {
        Answer answer = service.runs().trigger("spend", Asked.RECONCILE, Trigger.MANUAL);

        assertThat(((Answer.Refused) answer).why()).contains("each of its runs reads everything");
      }
    }
  }

  @Test
  void the_command_line_lists_what_was_found() {
    try (OneTool tool = new OneTool(folder, Dialect.REDMINE, Fault.DELETED)) {
      assertThat(tool.workspace.run("sync").exit()).isZero();
      tool.scenario.begin();

      Said said = tool.workspace.run("reconcile", tool.name());

      assertThat(said.exit()).as(said.all()).isZero();
      assertThat(said.out())
          .contains("run 2  reconcile OK", "removed", "is gone: a read of everything");
      assertThat(tool.workspace.run("reconcile", tool.name(), "--json").out())
          .contains("\"differences\":[]");
      assertThat(tool.workspace.run("log").out()).contains("run.found", "is gone");
      assertThat(tool.workspace.run("verify").exit()).isZero();
    }
  }
}
