package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.sync.Trigger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {
  @Test
  void is_one_line_without_characters_that_nobody_sees() {
    assertThat(PersonName.of("  Ani\n\tWijaya\u202E ", "decides")).isEqualTo("Ani Wijaya");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\u200B", "\n"})
  void must_say_somebody(String nobody) {
    assertThatThrownBy(() -> PersonName.of(nobody, "decides"))
        .hasMessage("by must say who decides");
  }

  @Test
  void is_no_text_of_its_own() {
    assertThatThrownBy(() -> PersonName.of("a".repeat(201), "decides"))
        .hasMessage("by has at most 200 characters, but this has 201");
  }

  @ParameterizedTest
  @MethodSource("actors_of_the_service")
  void is_none_of_those_under_which_the_log_tells_what_the_service_does(String actor) {
    assertThatThrownBy(() -> PersonName.of(actor, "decides"))
        .hasMessageStartingWith("by must be the name of a person");
  }

  static Stream<String> actors_of_the_service() {
    return Stream.concat(
        Stream.of(PersonName.CONFIGURATION, PersonName.CLOCK, "Manual"),
        Stream.of(Trigger.values()).map(it -> it.name().toLowerCase(java.util.Locale.ROOT)));
  }
}
