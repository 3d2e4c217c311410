package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            config/okrs/q4.yaml, line 12, column 15: is not valid YAML: found unexpected end of stream, while scanning a quoted scalar
              unit: "%
              ......^\
            """);
  }

  @Test
  void a_colon_within_a_text() {
    folder.okrs(Folder.OKRS.replace("title: Close", "title: Sales: close"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml, line 4, column 17: is not valid YAML: mapping values are not allowed here
              title: Sales: close more of the right deals
              ............^   keys of one mapping begin in the same column; a text with ': ' in it needs quotes\
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
                 ...........^
            2. config/measures.yaml: measures.deals_lost, line 3, column 15: anchors (&) and aliases (*) are not used here; write the value out
                 deals_lost: *won
                 ............^

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
              ..........^\
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
}
