package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an admin gets wrong most often, and all that is said of it: the file, the line, the column,
 * the nearest name, and what to do.
 */
class TwelveMistakesTest {
  private final Folder folder;

  TwelveMistakesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void one_a_line_is_indented_wrongly() {
    folder.okrs(Folder.OKRS.replace("        formula:", "       formula:"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 9, column 8: is indented otherwise than the lines before it
              formula: 100.0 * deals_won / (deals_won + deals_lost)
              ^   keys of one mapping begin in the same column, and what belongs to a key stands further in\
            """);
  }

  @Test
  void two_a_field_is_misspelt() {
    measure("{ from: crm, where: statsu == 'won', at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.where, line 4, column 26: undeclared name 'statsu'
              m: { from: crm, where: statsu == 'won', at: wonAt, count: true }
              .......................^   did you mean 'status'? known here: id, updatedAt, url, title, status, currency, stage, pipeline, owner, value, createdAt, closedAt, wonAt, lostAt, expectedCloseAt, custom\
            """);
  }

  @Test
  void three_a_number_is_compared_with_a_text() {
    measure("{ from: crm, where: value > '1000', at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.where, line 4, column 32: cannot compare number with text: value > '1000'
              m: { from: crm, where: value > '1000', at: wonAt, count: true }
              .............................^   write the number without quotes\
            """);
  }

  @Test
  void four_a_source_is_not_there() {
    measure("{ from: cmr, at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.from, line 4, column 14: unknown source 'cmr'
              m: { from: cmr, at: wonAt, count: true }
              ...........^   did you mean 'crm'? known here: crm\
            """);
  }

  @Test
  void five_nothing_says_when_or_in_which_days() {
    measure("{ from: crm, where: status == 'won', count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m, line 4, column 3: needs the key 'at'
              m: { from: crm, where: status == 'won', count: true }
              ^   such as at: wonAt\
            """);

    folder.measures(Folder.MEASURES);
    formula("last(deals_won)");
    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 18: this is called otherwise: last(deals_won)
              formula: last(deals_won)
              .........^   write it such as last(deals_won, '30d')\
            """);
  }

  @Test
  void six_money_has_no_currency() {
    measure("{ from: crm, at: wonAt, sum: value, currency: currency }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.currency, line 4, column 52: 'currency' needs 'in' beside it
              m: { from: crm, at: wonAt, sum: value, currency: currency }
              .................................................^   in: USD\
            """);

    measure("{ from: crm, at: wonAt, sum: value }");
    assertThat(remarks())
        .contains(
            """
            warning (currency-missing): config/measures.yaml: measures.m.sum, line 4, column 35: takes amounts in whatever currency they are
              m: { from: crm, at: wonAt, sum: value }
              ................................^   add 'currency: currency' and 'in: USD', so that another currency is noticed, or named 'rates' convert it\
            """);

    measure("{ from: crm, where: currency == 'USD', at: wonAt, sum: value }");
    assertThat(remarks()).doesNotContain("currency-missing");
  }

  @Test
  void seven_something_is_divided_by_nothing() {
    formula("100.0 * deals_won / 0");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 36: divides by 0
              formula: 100.0 * deals_won / 0
              ...........................^   divide by what may be counted, or leave the division out\
            """);
  }

  @Test
  void eight_a_measure_is_misspelt_or_a_field_taken_for_one() {
    formula("deals_won / (deals_won + deals_lsot)");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 43: undeclared name 'deals_lsot'
              formula: deals_won / (deals_won + deals_lsot)
              ..................................^   did you mean 'deals_lost'? known here: deals_won, deals_lost\
            """);

    formula("value / deals_won");
    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 18: undeclared name 'value'
              formula: value / deals_won
              .........^   known here: deals_won, deals_lost; a formula computes with measures, which select records by their fields\
            """);
  }

  @Test
  void nine_an_id_is_used_twice() {
    folder.okrs(Folder.OKRS + Folder.OKRS.substring(Folder.OKRS.indexOf("      - id: win-rate")));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[1].id, line 13, column 13: another key result has the id 'win-rate': config/okrs/q4.yaml, line 7
              - id: win-rate
              ......^\
            """);
  }

  @Test
  void ten_a_time_or_a_zone_is_written_as_people_say_it() {
    measure("{ from: crm, where: wonAt >= timestamp('2026-10-01'), at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.where, line 4, column 45: '2026-10-01' says no zone; give it one, such as timestamp(…, 'Asia/Jakarta')
              m: { from: crm, where: wonAt >= timestamp('2026-10-01'), at: wonAt, count: true }
              ..........................................^\
            """);

    folder.measures(Folder.MEASURES);
    folder.okrs(Folder.OKRS.replace("to: 2026-12-31 }", "to: 2026-12-31, zone: WIB }"));
    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: cycle.zone, line 1, column 63: must be a time zone such as Asia/Jakarta, but is 'WIB'
              cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: WIB }
              ..............................................................^   write Asia/Jakarta\
            """);
  }

  @Test
  void eleven_a_percentage_may_be_a_share_or_points() {
    folder.okrs(Folder.OKRS.replace("target: 25", "target: 25%"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].target, line 11, column 17: must be a number such as 18 or 0.25, or a change such as +20%, -15% or +3 points, but is '25%'
              target: 25%
              ........^   digits and a point; no quotes, no unit, no separators\
            """);

    folder.okrs(Folder.OKRS.replace("target: 25", "target: +5%"));
    assertThat(remarks())
        .contains(
            """
            note (key-result-points-or-percent): config/okrs/q4.yaml: objectives[0].keyResults[0].target, line 11, column 17: is a share of the baseline, so it comes to 18.9%; points would be +5 points
              target: +5%
              ........^   From 20%, 'by 5%' may end at 21% or at 25%: say points, or from where to where.\
            """);
  }

  @Test
  void twelve_a_secret_is_written_in_clear() {
    folder.sources(Folder.SOURCES.replace("\"{{env:CRM_TOKEN}}\"", "canary-41"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml: sources.crm.with.apiToken, line 5, column 17: is a secret, and a secret must not stand in a file that is kept and shown
              write "{{env:CRM_API_TOKEN}}" and set that variable, or "{{file:PATH}}"\
            """);
  }

  /** What is said of two that are as frequent, for they come of YAML and not of us. */
  @Test
  void and_a_text_that_needs_quotes_or_settings_that_stand_too_far_left() {
    folder.okrs(Folder.OKRS.replace("unit: \"%\"", "unit: %"));
    assertThat(folder.problem())
        .contains("line 12, column 15", "a text that begins with this character needs quotes");

    folder.okrs(Folder.OKRS);
    folder.sources(Folder.SOURCES.replace("      apiToken", "    apiToken"));
    assertThat(folder.refused())
        .contains(
            "sources.crm.with, line 4, column 10: must be names of settings, each with a value\n"
                + "     they stand in the lines below it, further in than 'with'");
  }

  @Test
  void and_a_comma_a_colon_or_a_text_without_quotes_in_braces() {
    measure("{ from: crm, at: max(wonAt, createdAt), count: true }");
    assertThat(folder.refused())
        .contains("measures.m.at, line 4, column 32: the expression is unfinished")
        .contains("line 4, column 34: unknown key 'createdAt)'")
        .contains(
            "in { } a comma ends the text before it, unless that stands in quotes, such as at:"
                + " \"max(wonAt, createdAt)\"");

    measure("{ from: crm, at: wonAt == null ? createdAt : wonAt, count: true }");
    assertThat(folder.problem())
        .endsWith(
            "   in { } an expression with ': ' or a comma in it needs quotes, such as at:"
                + " \"max(wonAt, createdAt)\"");

    measure("{ from: crm, where: status == won, at: wonAt, count: true }");
    assertThat(folder.problem())
        .contains("undeclared name 'won'", "a text stands in quotes: 'won'");
  }

  /** It would be published as a number of days since 1970. */
  @Test
  void and_a_time_taken_for_a_number() {
    measure("{ from: crm, at: wonAt, min: wonAt }");
    formula("m");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 18: formula must be number, but this is time of a measure
              formula: m
              .........^   a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on\
            """);
  }

  private void measure(String text) {
    folder.measures(Folder.MEASURES + "  m: " + text + "\n");
  }

  private void formula(String text) {
    folder.okrs(Folder.OKRS.replace("100.0 * deals_won / (deals_won + deals_lost)", text));
  }

  private String remarks() {
    return ((Loaded.Accepted) folder.load())
        .remarks().stream()
            .map(it -> it.toString().replace(folder.path.toString(), "config"))
            .collect(Collectors.joining("\n"));
  }
}
