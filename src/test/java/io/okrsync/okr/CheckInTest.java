package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckInTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, 1, RED",
    "2, 2, RED",
    "3, 3, YELLOW",
    "4, 4, GREEN",
    "5, 5, GREEN",
    "red, 1, RED",
    "Yellow, 3, YELLOW",
    "' green ', 5, GREEN"
  })
  void confidence_is_a_number_or_a_colour(String text, int confidence, Light light) {
    assertThat(CheckIn.confidence(text)).isEqualTo(confidence);
    assertThat(sure(confidence).light()).isEqualTo(light);
  }

  @ParameterizedTest
  @CsvSource({
    "4, OFF_TRACK, 'Ani is more sure than the numbers: confidence is green, 4 of 5, the computed"
        + " status is off track.'",
    "4, AT_RISK, 'Ani is more sure than the numbers: confidence is green, 4 of 5, the computed"
        + " status is at risk.'",
    "2, COMPLETE, 'Ani is less sure than the numbers: confidence is red, 2 of 5, the computed"
        + " status is complete.'"
  })
  void disagreement_is_said_in_words(int confidence, Status status, String words) {
    assertThat(sure(confidence).disagreement(status)).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "5, ON_TRACK",
    "4, COMPLETE",
    "3, AT_RISK",
    "1, OFF_TRACK",
    "1, OUTDATED",
    "5, NOT_STARTED"
  })
  void who_agrees_or_has_nothing_to_compare_with_does_not_disagree(int confidence, Status status) {
    assertThat(sure(confidence).disagreement(status)).isEmpty();
  }

  @Test
  void what_is_no_confidence_is_refused() {
    assertThatThrownBy(() -> CheckIn.confidence("amber"))
        .hasMessage("confidence must be 1, 2, 3, 4, 5, red, yellow or green, but is 'amber'");
    assertThatThrownBy(() -> sure(6)).hasMessageContaining("but is 6");
  }

  @Test
  void somebody_must_say_it_and_not_without_end() {
    assertThatThrownBy(() -> new CheckIn("win-rate", NOON, " ", 3, "", ""))
        .hasMessage("by must say who checks in");
    assertThatThrownBy(() -> new CheckIn("win-rate", NOON, "Ani", 3, "x".repeat(2001), ""))
        .hasMessage("wins has at most 2000 characters, but this has 2001");
  }

  @Test
  void control_characters_do_not_get_in() {
    assertThat(new CheckIn("win-rate", NOON, "Ani", 3, "a\n\u001b[2Jb", "").wins())
        .isEqualTo("a [2Jb");
  }

  private static CheckIn sure(int confidence) {
    return new CheckIn("win-rate", NOON, "Ani", confidence, "", "");
  }
}
