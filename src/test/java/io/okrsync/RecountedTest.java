package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value to which other records came as well has not moved, and the log does not say it has. */
class RecountedTest {
  private final Path folder;
  private final Workspace workspace;

  RecountedTest(@TempDir Path folder) {
    this.folder = folder;
    this.workspace = new Workspace(folder);
  }

  @Test
  void the_log_says_recounted_and_explain_names_the_records() throws Exception {
    Path file = folder.resolve("deals.csv");
    DealFile deals = new DealFile(file);
    DealFile.configure(
        workspace,
        file,
        """
        won: { from: deals, where: status == 'won', at: wonAt, count: true }
        all: { from: deals, at: wonAt, count: true }
        """,
        """
        - id: win-rate
          title: Win 60% of what was offered
          formula: 100.0 * won / all
          baseline: 0
          target: 60
          unit: "%"
        """);
    Instant won = Instant.parse("2026-11-02T03:00:00Z");
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    deals.put("1", "won", "10", "anna", won);
    deals.put("2", "open", "10", "budi", won);
    deals.write();
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("3", "won", "10", "anna", won);
      deals.put("4", "open", "10", "budi", won);
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }

    assertThat(workspace.run("log", "--action", "key-result.recounted").out())
        .contains("win-rate", "50 as before, by run 2; sealed ")
        .doesNotContain("from ");
    assertThat(workspace.run("log", "--action", "key-result.moved").out())
        .contains("from nothing to 50, by run 1")
        .doesNotContain("run 2");
    assertThat(workspace.run("explain", "win-rate", "--from", "2026-11-21T03:30:00Z").out())
        .contains(": 0\n", "3 'Deal 3' of deals", "4 'Deal 4' of deals");
    assertThat(workspace.run("verify").exit()).isZero();
    assertThat(Pack.exported(workspace, folder.resolve("pack.zip")).findings()).isEmpty();
  }
}
