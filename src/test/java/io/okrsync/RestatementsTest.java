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
    deals.put("3", "lost", "150", "anna", Instant.parse("2026-07-02T03:00:00Z"));
    deals.write();
    configure();
    SettableClock clock = new SettableClock("2026-10-01T03:00:00Z");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("3", "lost", "151.5", "anna", Instant.parse("2026-07-02T03:00:00Z"));
      deals.put("2", "won", "3", "budi", Instant.parse("2026-09-02T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }
  }

  @Test
  void each_is_listed_with_its_causes_and_is_a_finding_unless_its_cycle_tolerates_it() {
    Workspace.Said all = workspace.run("restatements");
    assertThat(all.exit()).as(all.all()).isEqualTo(Main.FAILED);
    assertThat(all.out())
        .contains(
            "revenue of 2026-Q3: 200 when it was closed at 2026-10-01T03:00:00Z, now 203: +3"
                + " (+1.5%), and 1% is tolerated: a finding")
        .contains("+3    2 'Deal 2' of deals")
        .contains(
            "deals-won of 2026-07: 150 when", "now 151.5: +1.5 (+1%), and 1.5% is tolerated\n")
        .doesNotContain("largest");
    assertThat(workspace.run("restatements", "--json").out())
        .contains("{\"items\":[{", "\"beyond\":true", "\"beyond\":false", "\"cause\":\"late\"");
  }

  @Test
  void a_day_of_the_log_means_all_of_it_in_utc() {
    assertThat(workspace.run("log", "--from", "2026-10-01", "--to", "2026-10-01").out())
        .contains("run.published", "2026-10-01T03:00:00Z");
    assertThat(workspace.run("log", "--from", "2026-10-02", "--source", "deals").out()).isEmpty();
    assertThat(workspace.run("log", "--to", "2026-09-30").out()).isEmpty();
    Workspace.Said turned = workspace.run("log", "--from", "2026-10-02", "--to", "2026-09-30");
    assertThat(turned.exit()).isEqualTo(Main.REFUSED);
    assertThat(turned.err()).contains("from must not be after to");
    Workspace.Said both = workspace.run("log", "--key-result", "revenue", "--source", "deals");
    assertThat(both.exit()).isEqualTo(Main.REFUSED);
    assertThat(both.err()).contains("only one of the two can be asked for");
  }

  @Test
  void those_of_one_cycle_can_be_asked_for() {
    Workspace.Said tolerated = workspace.run("restatements", "--cycle", "2026-07");
    assertThat(tolerated.exit()).as(tolerated.all()).isZero();
    assertThat(tolerated.out()).contains("deals-won of 2026-07").doesNotContain("revenue of");
    Workspace.Said unknown = workspace.run("restatements", "--cycle", "2026-Q33");
    assertThat(unknown.exit()).isEqualTo(Main.REFUSED);
    assertThat(unknown.err())
        .contains("no configuration has a cycle '2026-Q33'; did you mean '2026-Q3'?");
  }

  @Test
  void an_explanation_of_what_is_read_since_says_that_the_final_value_stays() {
    assertThat(workspace.run("explain", "revenue").out())
        .containsPattern(
            "The final value of revenue is 200, of reading \\d+ at 2026-10-01T03:00:00Z, and");
    assertThat(workspace.run("explain", "revenue", "--to", "2026-09-30T12:00:00Z").all())
        .doesNotContain("final");
  }

  @Test
  void one_beyond_the_tolerance_is_the_same_finding_of_the_ledger_and_of_a_pack() {
    Path pack = folder.resolve("pack.zip");
    assertThat(workspace.run("export", "evidence", "--to", pack.toString()).exit()).isZero();
    String words =
        "key result revenue: was 200 when 2026-Q3 was closed, and is 203: +3 (+1.5%), and 1% is"
            + " tolerated";
    assertThat(workspace.run("verify", pack.toString()).out()).contains(words);
    assertThat(Pack.verifier(pack).out()).contains(words);
    Workspace.Said said = workspace.run("verify");
    assertThat(said.exit()).isEqualTo(Main.FAILED);
    assertThat(said.out())
        .contains(
            "key result revenue: was 200 when 2026-Q3 was closed at 2026-10-01T03:00:00Z, and is"
                + " 203: +3 (+1.5%), and 1% is tolerated; 'restatements' says by what")
        .contains(": 1 finding.");
  }

  private static void configure() {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }
        july:    { from: deals, where: status == 'lost', at: wonAt, sum: value }
        largest: { from: deals, where: status == 'won', at: wonAt, max: value }
        """,
        "");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q3, from: 2026-07-01, to: 2026-09-30, zone: Asia/Jakarta, tolerance: 1% }
        objectives:
          - id: deals
            title: Close more of the right deals
            owner: sales
            keyResults:
              - { id: revenue, title: Bring it to 500, formula: revenue, baseline: 0, target: 500 }
              - { id: largest, title: Bring it to 500, formula: largest, baseline: 0, target: 500 }
              - id: deals-won
                title: Bring it to 500
                formula: july
                baseline: 0
                target: 500
                cycle: { id: 2026-07, from: 2026-07-01, to: 2026-07-31, zone: Asia/Jakarta, tolerance: 1.5% }
        """);
  }
}
