package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.Grades;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Reach;
import io.okrsync.okr.Target;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectivesTest {
  private final Folder folder;

  ObjectivesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_key_result_has_defaults() {
    folder.okrs(Folder.OKRS.replace("        unit: \"%\"\n", ""));

    KeyResult keyResult = keyResult();

    assertThat(keyResult.unit()).isEmpty();
    assertThat(keyResult.weight()).isEqualByComparingTo("1");
    assertThat(keyResult.cycle().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(keyResult.cycle().tolerance()).isZero();
  }

  @Test
  void every_key_can_be_set() {
    folder.okrs(
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta, tolerance: 1.50% }
        objectives:
          - id: close-better-deals
            title: Close more of the right deals
            owner: sales
            keyResults:
              - id: win-rate
                title: Raise the win rate
                formula: deals_won
                baseline: -0.25
                target: 1000000
                unit: deals
                weight: 2.5
        """);
    Cycle cycle =
        new Cycle(
            "2026-Q4",
            LocalDate.of(2026, 10, 1),
            LocalDate.of(2026, 12, 31),
            ZoneId.of("Asia/Jakarta"),
            new BigDecimal("0.015"));

    assertThat(folder.accepted().objectives())
        .containsExactly(
            new Objective(
                "close-better-deals",
                "Close more of the right deals",
                "sales",
                cycle,
                List.of(
                    new KeyResult(
                        "win-rate",
                        "Raise the win rate",
                        "close-better-deals",
                        "deals_won",
                        new BigDecimal("-0.25"),
                        new BigDecimal("1000000"),
                        "deals",
                        new BigDecimal("2.5"),
                        cycle))));
  }

  @Test
  void a_formula_names_an_unknown_measure() {
    change("deals_won / (deals_won", "deals_wonn / (deals_won");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 26: undeclared name 'deals_wonn'
              formula: 100.0 * deals_wonn / (deals_won + deals_lost)
              .................^   did you mean 'deals_won'? known here: deals_won, deals_lost\
            """);
  }

  @Test
  void a_target_equals_its_baseline() {
    change("target: 25", "target: 18.0");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].target, line 11, column 17: target must differ from baseline: both are 18.0
              target: 18.0
              ........^\
            """);
  }

  @Test
  void a_weight_is_nothing() {
    change("unit: \"%\"", "weight: 0");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].weight, line 12, column 17: weight must be greater than 0: 0
              weight: 0
              ........^\
            """);
  }

  @Test
  void grades_have_bounds_of_their_own() {
    change("objectives:", "grades: { good: 0.9, farOff: 0.5, success: 0.95 }\nobjectives:");

    assertThat(keyResult().terms().grades())
        .isEqualTo(
            new Grades(new BigDecimal("0.9"), new BigDecimal("0.5"), new BigDecimal("0.95")));
  }

  @ParameterizedTest
  @CsvSource({
    "good: 0.2, 'good must be more than farOff, 0.3: 0.2'",
    "good: 0.85, 'success must not be less than good, 0.85: 0.8'",
    "success: 1.2, 'success must not be more than 1: 1.2'",
    "farOff: -0.1, 'farOff must not be less than 0: -0.1'"
  })
  void bounds_of_grades_are_in_no_order(String bound, String problem) {
    change("objectives:", "grades: { " + bound + " }\nobjectives:");

    assertThat(folder.problem()).contains("config/okrs/q4.yaml: grades", ", line 2", problem);
  }

  @Test
  void a_cycle_is_reversed() {
    change("to: 2026-12-31", "to: 2026-09-30");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: cycle, line 1, column 1: cycle 2026-Q4 ends (2026-09-30) before it begins (2026-10-01)
              cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-09-30 }
              ^\
            """);
  }

  @Test
  void a_zone_that_is_none_hides_no_reversed_cycle_and_no_wrong_key_result() {
    folder.okrs(
        Folder.OKRS
            .replace("to: 2026-12-31", "to: 2026-09-30, zone: Asia/Jakata")
            .replace("target: 25", "target: 18"));

    assertThat(folder.refused())
        .contains("must be a time zone")
        .contains("cycle 2026-Q4 ends (2026-09-30) before it begins (2026-10-01)")
        .contains("target");
  }

  @Test
  void a_date_does_not_exist() {
    change("to: 2026-12-31", "to: 2026-11-31");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: cycle.to, line 1, column 45: must be a date such as 2026-10-01, but is '2026-11-31'
              cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-11-31 }
              ............................................^\
            """);
  }

  @Test
  void an_id_is_used_twice_in_different_files() {
    folder.file("okrs/q4-copy.yaml", Folder.OKRS);

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/okrs/q4.yaml: objectives[0].id, line 3, column 9: another objective has the id 'close-better-deals': config/okrs/q4-copy.yaml, line 3
                 - id: close-better-deals
                 ......^
            2. config/okrs/q4.yaml: objectives[0].keyResults[0].id, line 7, column 13: another key result has the id 'win-rate': config/okrs/q4-copy.yaml, line 7
                 - id: win-rate
                 ......^

            2 problems; nothing was changed
            """);
  }

  @Test
  void an_id_that_is_used_twice_hides_no_other_problem() {
    folder.file(
        "okrs/q4-copy.yaml",
        Folder.OKRS
            .replace("100.0 * deals_won", "100.0 * deals_wonn")
            .replace("target: 25", "target: 18\n        weigth: 2"));

    assertThat(folder.refused())
        .contains(
            "another objective has the id",
            "another key result has the id",
            "undeclared name 'deals_wonn'",
            "target must differ from baseline",
            "unknown key 'weigth'");
  }

  @Test
  void an_id_that_is_none_hides_no_other_problem() {
    folder.okrs(
        Folder.OKRS
            .replace("win-rate", "win rate")
            .replace("100.0 * deals_won", "100.0 * deals_wonn")
            .replace("target: 25", "target: 18"));

    assertThat(folder.refused())
        .contains(
            "must be an id of letters",
            "undeclared name 'deals_wonn'",
            "target must differ from baseline");
  }

  @Test
  void a_cycle_differs_between_files() {
    folder.file(
        "okrs/q4-more.yaml",
        Folder.OKRS
            .replace("close-better-deals", "other")
            .replace("win-rate", "another")
            .replace("2026-12-31", "2026-12-30"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: cycle, line 1, column 1: cycle 2026-Q4 is another one in another file: 2026-10-01 to 2026-12-30, UTC, with a tolerance of 0%
              cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
              ^\
            """);
  }

  @Test
  void there_are_no_key_results() {
    folder.okrs(
        Folder.OKRS.substring(0, Folder.OKRS.indexOf("      - id: win-rate")) + "      []\n");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults, line 6, column 5: must be a list with at least one item
              keyResults:
              ^\
            """);
  }

  @Test
  void a_key_has_no_value() {
    change("owner: sales", "owner:");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].owner, line 5, column 11: has no value; it must be a text
              owner:
              ......^\
            """);
  }

  @Test
  void a_text_looks_like_a_number() {
    change("title: Close more of the right deals", "title: 2026");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].title, line 4, column 12: must be a text, but is '2026'
              title: 2026
              .......^   write it in quotes: "2026\"\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'18'  | '18' | digits and a point; no quotes, no unit, no separators",
        "1_000 | '1_000' | digits and a point; no quotes, no unit, no separators",
        "18%   | '18%' | digits and a point; no quotes, no unit, no separators",
        "\"1,5\" | '1,5' | digits and a point; no quotes, no unit, no separators",
        "eighteen | 'eighteen' | digits and a point; no quotes, no unit, no separators",
        "true  | 'true' | digits and a point; no quotes, no unit, no separators",
      },
      quoteCharacter = '`')
  void a_number_is_written_in_another_way(String written, String shown, String hint) {
    change("baseline: 18", "baseline: " + written);

    assertThat(folder.problem())
        .contains(
            "baseline, line 10, column 19: must be a number such as 18 or 0.25, or measured, but is"
                + " "
                + shown)
        .endsWith(hint);
  }

  @ParameterizedTest
  @CsvSource({"0x12", "1e3", ".5", "+7", ".inf", ".nan", "007"})
  void a_number_is_not_a_plain_decimal(String written) {
    change("baseline: 18", "baseline: " + written);

    assertThat(folder.problem())
        .contains("must be a number such as 18 or 0.25, but is '" + written + "'");
  }

  @ParameterizedTest
  @CsvSource({"1e5, 100000", "1.5E+3, 1500", "25e-2, 0.25", ".5, 0.5", "007, 7"})
  void a_number_that_is_no_plain_decimal_is_told_as_one(String written, String plain) {
    change("target: 25", "target: " + written);

    assertThat(folder.problem())
        .contains("target, line 11, column 17", "but is '" + written + "'")
        .endsWith("   write it as " + plain);
  }

  @ParameterizedTest
  @CsvSource({"1e999999999", "1e18", "0x12", ".inf"})
  void a_number_that_cannot_be_written_plainly_gets_no_advice(String written) {
    change("target: 25", "target: " + written);

    assertThat(folder.problem()).contains("but is '" + written + "'").doesNotContain("write it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "+7 | but is '+7' | a part of the baseline (+7%) or more of the unit (+7 points)",
        "20% | but is '20%' | digits and a point",
        "+20 percent | +3 points, but is '+20 percent' | digits and a point",
        "+0% | it is 0 | +0%"
      })
  void a_target_is_not_clear(String written, String said, String hint) {
    change("target: 25", "target: " + written);

    assertThat(folder.problem()).contains(said).contains(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18 | target: 25 | atMost: 3 | 'target' and 'atMost' exclude each other",
        "measured | atLeast: 9 | atMost: 10 | 'baseline' needs 'target' beside it",
        "0 | target: +20% | weight: 2 | target +20% of a baseline of 0 is no change"
      },
      quoteCharacter = '`')
  void a_goal_is_not_one_goal(String baseline, String one, String other, String said) {
    change(
        "baseline: 18\n        target: 25",
        "baseline: "
            + baseline
            + "\n        "
            + one
            + (one.equals(other) ? "" : "\n        " + other));

    assertThat(folder.problem()).contains(said);
  }

  @Test
  void nothing_is_asked_of_a_value() {
    change("baseline: 18\n        target: 25\n        ", "");

    assertThat(folder.problem()).contains("needs one of target, atLeast, atMost");
  }

  @Test
  void a_limit_has_its_edges_in_order() {
    change("baseline: 18\n        target: 25", "atLeast: 9\n        atMost: 3");

    assertThat(folder.problem()).contains(".atMost, line 11", "3 is less than 9");
  }

  @Test
  void a_goal_may_be_measured_or_a_limit() {
    change("baseline: 18\n        target: 25", "baseline: measured\n        target: -15%");
    assertThat(keyResult().goal()).isEqualTo(new Reach(null, Target.change("-15%")));

    change("baseline: 18\n        target: 25", "atLeast: 40\n        atMost: 60");
    assertThat(keyResult().goal()).isEqualTo(new Limit(new BigDecimal("40"), new BigDecimal("60")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{ by: 2026-11-30, reach: 20 }, { by: 2026-10-31, reach: 22 }] | 2026-10-31 does not come"
            + " after 2026-11-30",
        "[{ by: 2027-01-15, reach: 20 }] | 2027-01-15, which is no day of the cycle",
        "[{ by: soon, reach: 20 }] | must be a date such as 2026-10-01"
      })
  void a_pace_cannot_be_kept(String pace, String said) {
    change("unit: \"%\"", "pace: " + pace);

    assertThat(folder.problem()).contains(".pace", said);
  }

  @Test
  void a_limit_has_no_pace() {
    change(
        "baseline: 18\n        target: 25",
        "atMost: 3\n        pace: [{ by: 2026-11-30, reach: 2 }]");

    assertThat(folder.problem()).contains("pace needs a target");
  }

  @Test
  void a_number_could_mean_thousands() {
    change("baseline: 18", "baseline: 10.000");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].baseline, line 10, column 19: must be a number such as 18 or 0.25, but is '10.000'
              baseline: 10.000
              ..........^   write 10, or 10000 if a thousand is meant\
            """);
  }

  private void change(String from, String to) {
    assertThat(Folder.OKRS).contains(from);
    folder.okrs(Folder.OKRS.replace(from, to));
  }

  private KeyResult keyResult() {
    return folder.accepted().objectives().get(0).keyResults().get(0);
  }
}
