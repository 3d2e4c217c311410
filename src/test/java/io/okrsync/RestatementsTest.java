package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes after a cycle has ended changes no history in silence. */
class RestatementsTest {
  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));

  @BeforeAll
  static void a_cycle_that_has_ended() {
    workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    deals.put("1", "won", "200", "anna", Instant.parse("2026-08-02T03:00:00Z"));
    deals.write();
    configure();
    SettableClock clock = new SettableClock("2026-10-01T03:00:00Z");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("2", "won", "3", "budi", Instant.parse("2026-09-02T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }
  }

  @Test
  void each_is_listed_with_its_causes_and_is_a_finding_unless_it_is_tolerated() {
    Workspace.Said all = workspace.run("restatements");
    assertThat(all.exit()).as(all.all()).isEqualTo(Main.FAILED);
    assertThat(all.out())
        .contains(
            "revenue of 2026-Q3: 200 when it was closed at 2026-10-01T03:00:00Z, now 203: +3"
                + " (+1.5%), beyond the tolerance of 0%")
        .contains("+3    2 'Deal 2' of deals")
        .doesNotContain("deals-won");

    Workspace.Said tolerated = workspace.run("restatements", "--tolerance", "1.5");
    assertThat(tolerated.exit()).isZero();
    assertThat(tolerated.out()).contains("now 203").doesNotContain("beyond");
    assertThat(workspace.run("restatements", "--json").out())
        .contains("\"beyond\":true", "\"causes\":[{", "\"late\"");
    assertThat(workspace.run("restatements", "--cycle", "2026-Q4").out())
        .contains("No value has changed since its cycle ended.");
  }

  private static void configure() {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }
        largest: { from: deals, where: status == 'won', at: wonAt, max: value }
        """,
        "");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q3, from: 2026-07-01, to: 2026-09-30, zone: Asia/Jakarta }
        objectives:
          - id: deals
            title: Close more of the right deals
            owner: sales
            keyResults:
              - { id: revenue, title: Bring it to 500, formula: revenue, baseline: 0, target: 500 }
              - { id: deals-won, title: Bring it to 500, formula: largest, baseline: 0, target: 500 }
        """);
  }
}
