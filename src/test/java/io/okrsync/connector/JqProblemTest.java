package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JqProblemTest {
  @Test
  void jq_has_none() {
    assertThat(JqProblem.in(".data[] | select(.a == \"x\") # those only")).isEmpty();
  }

  @Test
  void says_that_a_text_ends_in_the_middle() {
    assertThat(JqProblem.in(".data[")).contains(new JqProblem(1, 6, "it ends in the middle"));
  }

  @Test
  void says_what_was_not_expected_and_where() {
    assertThat(JqProblem.in(".a\n| )")).contains(new JqProblem(2, 3, "unexpected ')'"));
    assertThat(JqProblem.in(".a b")).contains(new JqProblem(1, 4, "unexpected 'b'"));
    assertThat(JqProblem.in(".a ' b")).contains(new JqProblem(1, 4, "unexpected '''"));
  }
}
