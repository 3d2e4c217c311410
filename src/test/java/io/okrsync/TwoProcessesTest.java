package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Postgres.OwnDatabase;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer;
import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command beside a running service on one PostgreSQL: each as if in a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoProcessesTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void a_run_is_left_to_the_process_that_reads_for_it_and_taken_up_when_that_is_gone()
      throws Exception {
    OwnDatabase database = Postgres.emptyDatabase();
    Workspace workspace = new Workspace(folder).withCrm(crm.url());
    crm.won(1, "100");
    crm.gate = new CountDownLatch(1);
    CompletableFuture<SyncRun> ended = new CompletableFuture<>();
    try (Service service = open(workspace, database, ended);
        Service command = open(workspace, database, new CompletableFuture<>())) {
      assertThat(service.runs().trigger("crm", Trigger.MANUAL)).isEqualTo(new Answer.Started(1));

      try (Service later = open(workspace, database, new CompletableFuture<>())) {
        assertThat(later.store().run(1))
            .get()
            .extracting(SyncRun::outcome)
            .isEqualTo(Outcome.RUNNING);
      }
      SyncRun skipped = command.runs().run("crm", Trigger.MANUAL);
      assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(skipped.reason()).isEqualTo("run 1 of this source is at work in another process");
      assertThat(command.runs().trigger("crm", Trigger.MANUAL))
          .isEqualTo(new Answer.AlreadyRunning(1));

      crm.gate.countDown();
      assertThat(ended.get(60, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.OK);
      assertThat(command.runs().run("crm", Trigger.MANUAL).outcome()).isEqualTo(Outcome.OK);
    }
  }

  @Test
  void what_another_process_published_by_files_of_before_is_read_again() {
    OwnDatabase database = Postgres.emptyDatabase();
    Workspace before = new Workspace(folder.resolve("before")).withCrm(crm.url());
    Workspace after = new Workspace(folder.resolve("after")).withCrm(crm.url());
    before.okrs("1.0 * deals_won");
    after.okrs("1.0 * large_deals");
    after.write(
        "config/measures.yaml",
        after.read("config/measures.yaml")
            + "  large_deals: { from: crm, where: status == 'won' && value > 50, at: wonAt, count:"
            + " true }\n");
    crm.won(1, "10");
    crm.won(2, "100");
    try (Service old = open(before, database, new CompletableFuture<>());
        Service service = open(after, database, new CompletableFuture<>())) {
      old.runs().run("crm", Trigger.MANUAL);
      service.runs().run("crm", Trigger.MANUAL);
      assertThat(value(service)).isEqualTo("1");
      crm.won(3, "30");
      old.runs().run("crm", Trigger.MANUAL);
      assertThat(value(service)).isEqualTo("3");
      assertThat(old.lookAtTheDay()).isFalse();

      assertThat(service.lookAtTheDay()).isTrue();
      assertThat(value(service)).isEqualTo("1");
      assertThat(service.lookAtTheDay()).isFalse();
    }
  }

  private static String value(Service service) {
    return String.valueOf(service.store().history("win-rate", 1).get(0).value());
  }

  private static Service open(
      Workspace workspace, OwnDatabase database, CompletableFuture<SyncRun> ended) {
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.data = workspace.data();
    return Service.open(
        folders, database.settings(), name -> null, Main.clock(), run -> {}, ended::complete);
  }
}
