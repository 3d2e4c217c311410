package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next cycle is begun from the last, and what is to be reached in it is left to people. */
class NextCycleTest {
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_cycle_that_came_to_something() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta, tolerance: 2.5% }
        objectives:
          - id: company
            title: "Become the first choice: everywhere"
            owner: Acme
            keyResults:
              - { id: part, title: Sales does its part, child: sales-2026-q4, weight: 3 }
              - { id: losses, title: Lose at most 20 deals, formula: deals_lost, atMost: 20 }
          - id: sales-2026-q4
            title: Win the right customers
            owner: sales
            keyResults:
              - id: win-rate
                title: Raise the win rate to 25%
                formula: "deals_won > 0 ? 100 * deals_won / (deals_won + deals_lost) : 0"
                baseline: 18
                target: 60
                unit: "%"
                pace: [{ by: 2026-10-31, reach: 20 }]
              - { id: growth, title: Grow by 20%, formula: revenue, baseline: measured, target: +20%, ambition: stretch }
              - { id: share, title: Hold 20% of the market, typed: 14d, baseline: 10, target: 20, indicator: lagging }
              - { id: office, title: The office is open, typed: 14d, doneBy: 2026-11-15 }
        """);
    crm.won(1, "200");
    crm.lost(2);
    assertThat(workspace.run("sync").exit()).isZero();
    workspace.run("state", "win-rate", "--learned", "trials help", "--by", "Ani");
    workspace.run("state", "win-rate", "--learned", "calls do not", "--by", "Budi");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void final_values_are_baselines_and_targets_are_open() {
    Workspace.Said said = workspace.run("next-cycle", "2026-Q4");

    assertThat(said.out()).contains("2027-q1.yaml.draft is written", "as DECIDE there (6)");
    assertThat(workspace.read("config/okrs/2027-q1.yaml.draft"))
        .contains(
            "cycle: { id: 2027-Q1, from: 2027-01-01, to: 2027-03-31, zone: Asia/Jakarta, tolerance:"
                + " 2.5% }")
        .contains("  - id: company-2027-q1\n    title: \"Become the first choice: everywhere\"\n")
        .contains("child: sales-2027-q1\n        weight: 3\n")
        .contains("id: win-rate-2027-q1\n")
        .contains("baseline: 50\n        target: DECIDE # was 60\n        unit: \"%\"\n")
        .contains("# pace was: [{ by: 2026-10-31, reach: 20 }]")
        .contains("baseline: measured\n        target: DECIDE # was +20%\n")
        .contains("atMost: DECIDE # was 20\n")
        .contains("baseline: DECIDE # it had no value\n        target: DECIDE # was 20\n")
        .contains("doneBy: DECIDE # was 2026-11-15\n")
        .containsSubsequence(
            "# 2026-Q4: 50 %",
            "score 76%", "by Ani on ", ": trials help", "by Budi on ", ": calls do not");
  }

  @Test
  void it_is_refused_until_everything_is_decided_and_then_is_right() {
    workspace.run("next-cycle", "2026-Q4");
    String draft = workspace.read("config/okrs/2027-q1.yaml.draft");
    assertThat(workspace.run("validate").exit()).isZero();

    workspace.write("config/okrs/2027-q1.yaml", draft);
    assertThat(workspace.run("validate").all()).contains("'DECIDE'", "6 problems");

    workspace.write(
        "config/okrs/2027-q1.yaml",
        draft
            .replace("DECIDE # was 60", "70")
            .replace("DECIDE # was +20%", "+10%")
            .replace("DECIDE # was 2026-11-15", "2027-02-15")
            .replace("DECIDE # it had no value", "10")
            .replace("DECIDE", "15"));
    assertThat(workspace.run("validate").exit()).isZero();
    assertThat(workspace.run("plan").out()).contains("win-rate-2027-q1 would appear");
  }

  @Test
  void nothing_is_written_over() {
    workspace.run("next-cycle", "2026-Q4", "--id", "2027-Q1");
    workspace.write("config/okrs/2027-q1.yaml.draft", "mine");

    Workspace.Said again = workspace.run("next-cycle", "2026-Q4");

    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("is there already; name another file with --to");
    assertThat(workspace.read("config/okrs/2027-q1.yaml.draft")).isEqualTo("mine");
    assertThat(workspace.run("next-cycle", "2026-Q3").err())
        .contains("No objective has the cycle '2026-Q3'; did you mean '2026-Q4'?");
    assertThat(workspace.run("next-cycle", "2026-Q4", "--id", "a/b").err())
        .contains("--id must be");
  }
}
