package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JqProblemTest {
  @Test
  void jq_has_none() {
    assertThat(in(".data[] | select(.a == \"x\") # those only")).isEmpty();
  }

  @Test
  void says_that_a_text_ends_in_the_middle() {
    assertThat(in(".data[")).contains(new JqProblem(1, 6, "it ends in the middle"));
  }

  @Test
  void says_what_was_not_expected_and_where() {
    assertThat(in(".a\n| )")).contains(new JqProblem(2, 3, "unexpected ')'"));
    assertThat(in(".a b")).contains(new JqProblem(1, 4, "unexpected 'b'"));
    assertThat(in(".a ' b")).contains(new JqProblem(1, 4, "unexpected '''"));
  }

  @Test
  void says_which_function_there_is_not_and_where() {
    assertThat(in(".a\n| if .b then ascii_down else . end"))
        .contains(new JqProblem(2, 14, "there is no function ascii_down"));
    assertThat(in("{a: [.b | test(1; 2; 3; 4)]}"))
        .contains(new JqProblem(1, 11, "there is no function test/4"));
    assertThat(in("\"x\\(.a | upcase)\""))
        .contains(new JqProblem(1, 10, "there is no function upcase"));
  }

  @Test
  void knows_the_functions_of_jq_of_the_program_and_of_the_settings() {
    assertThat(in("def twice(f; $n): f | f | . * $n; map(twice(. + 1; 2)) | ids | env | not"))
        .isEmpty();
    assertThat(in("reduce .[] as {a: $x} (0; . + $x) | label $out | ., break $out")).isEmpty();
  }

  private static Optional<JqProblem> in(String text) {
    return JqProblem.in(text, List.of("ids"));
  }
}
