package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Milestone;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key results that point to objectives, and milestones. */
class ChildLinksTest {
  private final Folder folder;

  ChildLinksTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_key_result_points_to_an_objective_of_another_file() {
    okrs("q4.yaml", "2026-12-31", "a", "child: b");
    okrs("q4-sales.yaml", "2026-12-31", "b", "formula: deals_won, atLeast: 10");

    KeyResult keyResult = folder.accepted().objectives().get(1).keyResults().get(0);

    assertThat(keyResult.terms().child()).contains("b");
    assertThat(keyResult.unit()).isEqualTo("%");
    assertThat(keyResult.isComputed()).isFalse();
  }

  @Test
  void an_objective_is_counted_in_itself_over_two_files() {
    okrs("a.yaml", "2026-12-31", "a", "child: b");
    okrs("b.yaml", "2026-12-31", "b", "child: c");
    okrs("q4.yaml", "2026-12-31", "c", "child: a");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/a.yaml: objectives[0].keyResults[0].child, line 7, column 50: objective 'a' would be counted in itself: \
            'a' (key result 'a1', config/okrs/a.yaml, line 7) -> 'b' (key result 'b1', config/okrs/b.yaml, line 7) -> 'c' (key result 'c1', config/okrs/q4.yaml, line 7) -> 'a'
              - { id: a1, title: Win forty deals, child: b }
              ...........................................^   take out one 'child' of them\
            """);
  }

  @Test
  void an_objective_points_to_itself() {
    okrs("q4.yaml", "2026-12-31", "a", "child: a");

    assertThat(folder.problem())
        .contains("'a' (key result 'a1', config/okrs/q4.yaml, line 7) -> 'a'");
  }

  @Test
  void there_is_no_such_objective() {
    okrs("q4.yaml", "2026-12-31", "jakarta", "child: jakata");

    assertThat(folder.problem())
        .contains("no objective is called 'jakata'", "did you mean 'jakarta'?");
  }

  @Test
  void an_objective_ends_after_it_is_to_be_graded() {
    okrs("q4.yaml", "2026-10-31", "a", "child: b");
    okrs("year.yaml", "2027-09-30", "b", "formula: deals_won, atLeast: 10");

    assertThat(folder.problem())
        .contains("objective 'b' ends 2027-09-30, after this key result is graded (2026-10-31)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "child: b, target: 3, baseline: 1 | 'child' and 'target' exclude each other",
        "child: b, formula: deals_won | 'formula' and 'child' exclude each other",
        "child: b, atMost: 3 | 'child' and 'atMost' exclude each other",
        "formula: deals_won, doneBy: 2026-11-01, atLeast: 1 | 'doneBy' and 'atLeast' exclude each"
            + " other",
        "formula: deals_won, doneBy: 2027-01-01 | doneBy 2027-01-01 is no day of the cycle,"
            + " 2026-10-01 to 2026-12-31",
        "formula: deals_won | needs one of target, atLeast, atMost, doneBy, child"
      })
  void what_does_not_go_together_is_refused(String said, String problem) {
    okrs("q4.yaml", "2026-12-31", "a", said);
    okrs("b.yaml", "2026-12-31", "b", "formula: deals_won, atLeast: 10");

    assertThat(folder.refused()).contains(problem);
  }

  @Test
  void a_milestone_is_a_goal() {
    okrs("q4.yaml", "2026-12-31", "a", "formula: deals_won, doneBy: 2026-11-01");

    assertThat(folder.accepted().objectives().get(0).keyResults().get(0).goal())
        .isEqualTo(new Milestone(LocalDate.of(2026, 11, 1)));
  }

  @Test
  void initiatives_are_issues() {
    okrs("q4.yaml", "2026-12-31", "a", "formula: deals_won, atLeast: 1, initiatives: deals_lost");
    assertThat(folder.problem())
        .contains("initiatives are issues, but 'deals_lost' takes records of the kind deal");

    okrs("q4.yaml", "2026-12-31", "a", "formula: deals_won, atLeast: 1, initiatives: deals_lots");
    assertThat(folder.problem())
        .contains("no measure is called 'deals_lots'", "did you mean 'deals_lost'?");
  }

  private void okrs(String file, String to, String objective, String keyResult) {
    String cycle = to.equals("2026-12-31") ? "2026-Q4" : "to-" + to;
    folder.file(
        "okrs/" + file,
        """
        cycle: { id: {CYCLE}, from: 2026-10-01, to: {TO} }
        objectives:
          - id: {ID}
            title: Win the customers we are made for
            owner: sales
            keyResults:
              - { id: {ID}1, title: Win forty deals, {SAID} }
        """
            .replace("{CYCLE}", cycle)
            .replace("{TO}", to)
            .replace("{ID}", objective)
            .replace("{SAID}", keyResult));
  }
}
