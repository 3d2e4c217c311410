package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run 7 of this source is at work in another process",
        "run 7 of this source was ended in another process",
        "run 7 of this source was still at work",
        "run 7 is held: too much; release or discard it"
      })
  void what_we_say_of_another_run_is_linked(String text) {
    assertThat(Reason.of(text).run()).isEqualTo(7);
  }
}
