package io.okrsync.okr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {
  @ParameterizedTest
  @CsvSource({
    "0, key results, 0 key results",
    "1, key results, 1 key result",
    "2, key results, 2 key results",
    "1, entries, 1 entry",
    "12, entries, 12 entries",
    "1, record versions, 1 record version"
  })
  void one_is_no_plural(long many, String words, String said) {
    assertThat(Counted.of(many, words)).isEqualTo(said);
  }
}
