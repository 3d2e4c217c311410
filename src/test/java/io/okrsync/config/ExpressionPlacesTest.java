package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a formula is written, a problem in it is shown where it stands in the file. */
class ExpressionPlacesTest {
  private final Folder folder;

  ExpressionPlacesTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void in_a_plain_text() {
    assertThat(formula("formula: deals_won + wrong")).isEqualTo("line 9, column 30: wrong");
  }

  @Test
  void in_a_plain_text_over_several_lines() {
    assertThat(formula("formula: deals_won\n\n            + deals_lost\n              + wrong"))
        .isEqualTo("line 12, column 17: wrong");
  }

  @Test
  void in_single_quotes() {
    assertThat(formula("formula: 'wrong'")).isEqualTo("line 9, column 19: wrong");
    assertThat(formula("formula: '(''a'' == ''b'' ? 1 : 2) + wrong'"))
        .isEqualTo("line 9, column 46: wrong");
  }

  @Test
  void in_double_quotes_with_escapes() {
    assertThat(formula("formula: \"deals_won \\u002b\\t wrong\""))
        .isEqualTo("line 9, column 38: wrong");
  }

  @Test
  void in_double_quotes_over_several_lines() {
    assertThat(
            formula("formula: \"deals_won \\\n              + deals_lost\n              + wrong\""))
        .isEqualTo("line 11, column 17: wrong");
  }

  @Test
  void in_a_literal_block() {
    assertThat(formula("formula: |\n            deals_won\n              + wrong"))
        .isEqualTo("line 11, column 17: wrong");
  }

  @Test
  void in_a_literal_block_with_an_indent_and_letters_of_two_units() {
    assertThat(formula("formula: |2-\n              (deals_won) // 𝟙\n            + wrong"))
        .isEqualTo("line 11, column 15: wrong");
  }

  @Test
  void at_the_start_of_a_folded_block() {
    assertThat(formula("formula: >\n            deals_won\n            + wrong"))
        .isEqualTo("line 9, column 18: wrong");
  }

  @Test
  void with_windows_line_ends() {
    folder.okrs(
        okrs("formula: |\n            deals_won\n            + wrong").replace("\n", "\r\n"));

    assertThat(folder.problem()).contains("formula, line 11, column 15: undeclared name 'wrong'");
  }

  @Test
  void the_line_and_the_place_in_it_are_shown() {
    folder.okrs(okrs("formula: deals_won + wrong"));

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/okrs/q4.yaml: objectives[0].keyResults[0].formula, line 9, column 30: undeclared name 'wrong'
              formula: deals_won + wrong
              .....................^   known here: deals_won, deals_lost""");
  }

  private static String okrs(String formula) {
    return Folder.OKRS.replace("formula: 100.0 * deals_won / (deals_won + deals_lost)", formula);
  }

  /** The place and name of the first undeclared name. */
  private String formula(String formula) {
    folder.okrs(okrs(formula));
    return folder
        .refused()
        .lines()
        .findFirst()
        .orElse("")
        .replaceAll(".*formula, (line \\d+, column \\d+): undeclared name '(.*)'", "$1: $2");
  }
}
