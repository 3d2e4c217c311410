package io.okrsync.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochMicrosTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00.000001Z",
        "1969-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:58.5Z",
        "1901-02-03T04:05:06.789012Z",
        "1678-01-01T00:00:00Z",
        "2026-11-02T12:00:00.123456Z",
        "2261-12-31T23:59:59.999999Z"
      })
  void where_the_clock_of_java_counts_as_well_it_is_the_same(Instant at) {
    assertThat(EpochMicros.of(at)).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  @ParameterizedTest
  @CsvSource({
    "0001-01-01T00:00:00Z, -62135596800000000",
    "9999-12-31T23:59:59.999999Z, 253402300799999999",
    "1969-12-31T23:59:59.999999999Z, -1"
  })
  void counts_in_all_years_and_cuts_off_towards_the_past(Instant at, long micros) {
    assertThat(EpochMicros.of(at)).isEqualTo(micros);
  }
}
