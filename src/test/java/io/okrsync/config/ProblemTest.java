package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProblemTest {
  @Test
  void says_where_and_what_and_shows_the_line_with_a_mark() {
    assertThat(problem(5, 23, "known here: open, closed", "    formula: open - clsoed"))
        .hasToString(
            """
            config/okrs/q4.yaml: objectives[0].formula, line 5, column 23: undeclared name 'clsoed'
              formula: open - clsoed
              ..................^   known here: open, closed""");
  }

  @Test
  void about_a_whole_file_it_has_no_line() {
    assertThat(new Problem("config/sources.yaml", "", 0, 0, "does not exist", null, null))
        .hasToString("config/sources.yaml: does not exist");
  }

  @Test
  void shows_the_part_of_a_long_line_that_matters() {
    String line = "a".repeat(200) + "X" + "b".repeat(200);
    List<String> lines = problem(1, 201, null, line).toString().lines().toList();

    assertThat(lines.get(1)).hasSizeLessThan(130).startsWith("  …aaa").endsWith("bbb…");
    assertThat(lines.get(1).indexOf('X')).isEqualTo(lines.get(2).indexOf('^'));
  }

  @Test
  void nothing_in_it_can_change_the_terminal() {
    assertThat(problem(1, 1, "\u001B[31m", "\u202Etxt\u0007").toString())
        .doesNotContain("\u001B", "\u202E", "\u0007");
  }

  @Test
  void problems_are_numbered_and_counted() {
    Problem problem = problem(2, 3, "x", null);

    assertThat(Problems.text(List.of(problem, problem)))
        .isEqualTo(
            """
            1. config/okrs/q4.yaml: objectives[0].formula, line 2, column 3: undeclared name 'clsoed'
                 x
            2. config/okrs/q4.yaml: objectives[0].formula, line 2, column 3: undeclared name 'clsoed'
                 x

            2 problems; nothing was changed
            """);
  }

  private static Problem problem(
      int line, int column, @Nullable String hint, @Nullable String excerpt) {
    return new Problem(
        "config/okrs/q4.yaml",
        "objectives[0].formula",
        line,
        column,
        "undeclared name 'clsoed'",
        hint,
        excerpt);
  }
}
