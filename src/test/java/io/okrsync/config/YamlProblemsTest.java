package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about files that are not the YAML they should be. */
class YamlProblemsTest {
  private final Folder folder;

  YamlProblemsTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_tab_that_indents() {
    folder.measures("measures:\n\tdeals_won: { from: crm, at: wonAt, count: true }\n");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml, line 2, column 1: a tab cannot indent YAML; use spaces
              deals_won: { from: crm, at: wonAt, count: true }
              ^\
            """);
  }

  @Test
  void a_quote_that_does_not_end() {
    folder.okrs(Folder.OKRS.replace("unit: \"%\"", "unit: \"%"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 12, column 15: the quote that opens here is never closed
              unit: "%
              ......^   close it where the text ends\
            """);
  }

  @Test
  void a_colon_within_a_text() {
    folder.okrs(Folder.OKRS.replace("title: Close", "title: Sales: close"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 4, column 17: a colon with a space after it cannot stand in a text without quotes
              title: Sales: close more of the right deals
              ............^   write such as title: "Sales: win more"\
            """);
  }

  @Test
  void a_key_that_is_given_twice() {
    folder.okrs(Folder.OKRS.replace("baseline: 18\n", "baseline: 18\n        baseline: 19\n"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].baseline, line 11, column 9: is given twice; the first is in line 10
              baseline: 19
              ^\
            """);
  }

  @Test
  void two_sources_of_the_same_name() {
    folder.sources(Folder.SOURCES + "  crm: { connector: pipedrive-deals }\n");

    assertThat(folder.problem())
        .isEqualTo(
            "config/sources.yaml: sources.crm, line 7, column 3: is given twice; the first is in"
                + " line 2");
  }

  @Test
  void a_reference_without_quotes() {
    folder.sources(Folder.SOURCES.replace("\"{{env:CRM_TOKEN}}\"", "{{env:CRM_TOKEN}}"));

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/sources.yaml: sources.crm.with.apiToken, line 5, column 18: a name is expected here
                 a reference needs quotes: "{{env:NAME}}"

            1 problem; nothing was changed
            """);
  }

  @Test
  void an_anchor_and_an_alias() {
    folder.measures(
        """
        measures:
          deals_won: &won { from: crm, where: status == 'won', at: wonAt, count: true }
          deals_lost: *won
        """);

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/measures.yaml: measures.deals_won, line 2, column 14: anchors (&) and aliases (*) are not used here; write the value out
                 deals_won: &won { from: crm, where: status == 'won', at: wonAt, count: true }
                 ...........^   a text that begins with this character needs quotes
            2. config/measures.yaml: measures.deals_lost, line 3, column 15: anchors (&) and aliases (*) are not used here; write the value out
                 deals_lost: *won
                 ............^   a text that begins with this character needs quotes

            2 problems; nothing was changed
            """);
  }

  @Test
  void aliases_that_would_grow_without_end() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append(
          "a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
    }
    folder.measures(bomb.toString());

    assertThat(folder.refused())
        .contains("anchors (&) and aliases (*) are not used here; write the value out");
  }

  @Test
  void a_list_in_a_list_without_end() {
    folder.measures("measures: " + "[".repeat(50_000) + "]".repeat(50_000));

    assertThat(folder.refused()).contains("is nested deeper than 20 levels");
  }

  @Test
  void a_tag() {
    folder.okrs(Folder.OKRS.replace("baseline: 18", "baseline: !!int 18"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].baseline, line 10, column 19: tags (!) are not used here; write the value alone
              baseline: !!int 18
              ..........^   a text that begins with this character needs quotes\
            """);
  }

  @Test
  void a_second_document() {
    folder.okrs(Folder.OKRS + "---\n" + Folder.OKRS);

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 13, column 1: a second document begins here; there may be one in a file
              ---
              ^\
            """);
  }

  @Test
  void a_text_where_keys_should_be() {
    folder.measures("measures");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml, line 1, column 1: must be a mapping with definitions, rates, measures
              measures
              ^\
            """);
  }

  @Test
  void a_character_that_must_not_be_there() {
    folder.measures(Folder.MEASURES + "# \u0007\n");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml, line 4, column 3: is not valid YAML: it holds a character that must not be there
              #
              ..^\
            """);
  }

  @Test
  void a_tab_before_a_value() {
    change("owner: sales", "owner:\t@sales");

    assertThat(folder.problem())
        .startsWith("config/okrs/q4.yaml, line 5, column 11: a tab cannot stand here; use spaces");
  }

  @ParameterizedTest
  @CsvSource({"owner sales, owner sales", "owner:sales, owner:sales", "owner, owner"})
  void a_colon_or_its_space_is_missing(String written, String shown) {
    change("owner: sales", written);

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 5, column 5: a colon and a space are missing in this line
              %s
              ^   write them after the key, such as every: 15m; further lines of a text stand further in than its key\
            """
                .formatted(shown));
  }

  @Test
  void a_colon_is_missing_where_more_stands_below() {
    folder.measures(Folder.MEASURES.replace("measures:", "measures"));

    assertThat(folder.problem())
        .startsWith(
            "config/measures.yaml, line 1, column 1: a colon and a space are missing in this line");
  }

  @Test
  void a_line_is_indented_further_than_it_may_be() {
    change("    owner: sales", "      owner: sales");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 5, column 7: is indented further than it may be
              owner: sales
              ^   keys of one mapping begin in the same column; a text with ': ' in it needs quotes\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@sales", "%", "`sales`", "*", "**sales**", "& sons", "> 5", "| all"})
  void a_text_begins_with_a_character_of_yaml(String written) {
    change("owner: sales", "owner: " + written);

    String first = written.substring(0, 1);
    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 5, column 12: a text without quotes cannot begin with %s
              owner: %s
              .......^   a text that begins with this character needs quotes, such as "%s…"\
            """
                .formatted(first, written, first));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ id: 2026-Q4, from: 2026-10-01 | { | }",
        "[ 2026-Q4, 2026-10-01 | [ | ]",
      })
  void a_bracket_that_does_not_end(String written, String open, String close) {
    folder.okrs(Folder.OKRS.replaceFirst("\\{.*}", Matcher.quoteReplacement(written)));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 1, column 8: the %s that opens here is never closed
              cycle: %s
              .......^   write %s where it ends\
            """
                .formatted(open, written, close));
  }

  @Test
  void a_bracket_that_is_closed_by_another_or_closes_nothing() {
    folder.okrs(Folder.OKRS.replace("2026-12-31 }", "2026-12-31 ]"));
    assertThat(folder.problem())
        .contains("line 1, column 56: a comma or } is expected here")
        .endsWith("   it belongs to the { of line 1, column 8");

    folder.okrs(Folder.OKRS.replace("2026-12-31 }", "2026-12-31 } }"));
    assertThat(folder.problem())
        .contains("line 1, column 58: this } closes nothing")
        .endsWith("   take it away, or open it before");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'it's ours' | 5, column 16",
        "\"sales\" and more | 5, column 20",
        "\"sales | 12, column 16"
      })
  void a_text_that_has_ended_with_its_quote(String written, String where) {
    change("owner: sales", "owner: " + written);

    assertThat(folder.problem())
        .contains("line " + where + ": the text before this has ended with its quote")
        .contains("a quote is missing, here or in a line above");
  }

  @Test
  void a_backslash_in_quotes_does_not_show_what_comes_after_it() {
    folder.sources(Folder.SOURCES.replace("{{env:CRM_TOKEN}}", "t0p\\Usecret"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/sources.yaml, line 5, column 23: a \\ within "…" and the character after it stand for another one
              put the text into '…', or write each \\ twice\
            """);
  }

  @Test
  void what_is_rare_is_told_in_the_words_of_the_parser() {
    folder.measures("%YAML 1.2\n" + Folder.MEASURES);

    assertThat(folder.problem()).contains("is not valid YAML: expected '<document start>'");
  }

  private void change(String from, String to) {
    folder.okrs(Folder.OKRS.replace(from, to));
  }
}
