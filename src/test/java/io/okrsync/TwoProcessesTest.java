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

  private static Service open(
      Workspace workspace, OwnDatabase database, CompletableFuture<SyncRun> ended) {
    Folders folders = new Folders();
    folders.config = workspace.config();
    folders.data = workspace.data();
    return Service.open(
        folders, database.settings(), name -> null, Main.clock(), run -> {}, ended::complete);
  }
}
