package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AxesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18 | 25 | 18, 20, 22, 24, 26",
        "0 | 1500000 | 0, 500000, 1000000, 1500000",
        "-3 | 3 | -4, -2, 0, 2, 4",
        "0.1 | 0.3 | 0.1, 0.15, 0.2, 0.25, 0.3",
      })
  void values_are_round_and_hold_all_there_is(double least, double most, String ticks) {
    ValueAxis axis = ValueAxis.over(DoubleStream.of(least, most));

    assertThat(axis.ticks())
        .map(BigDecimal::stripTrailingZeros)
        .map(BigDecimal::toPlainString)
        .containsExactly(ticks.split(", "));
    assertThat(axis.low()).isLessThanOrEqualTo(least);
    assertThat(axis.high()).isGreaterThanOrEqualTo(most);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 5, -7.3, 1e9})
  void one_value_alone_gets_room_on_both_sides(double value) {
    ValueAxis axis = ValueAxis.over(DoubleStream.of(value, value));

    assertThat(axis.low()).isLessThanOrEqualTo(value);
    assertThat(axis.high()).isGreaterThanOrEqualTo(value).isGreaterThan(axis.low());
  }

  @Test
  void a_quarter_is_marked_by_its_months() {
    TimeAxis axis =
        new TimeAxis(SampleSite.CYCLE.start(), SampleSite.CYCLE.end(), SampleSite.CYCLE.zone());

    assertThat(axis.ticks())
        .extracting(TimeAxis.Tick::label)
        .containsExactly("1 Oct", "1 Nov", "1 Dec");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 90, 600, 4000, 90_000, 600_000, 8_000_000, 40_000_000})
  void any_length_of_time_has_few_marks_inside_of_it(long seconds) {
    Instant from = Instant.parse("2026-10-25T00:07:13Z");
    TimeAxis axis = new TimeAxis(from, from.plusSeconds(seconds), SampleSite.JAKARTA);

    assertThat(axis.ticks()).hasSizeLessThanOrEqualTo(5);
    assertThat(axis.ticks())
        .allSatisfy(
            tick ->
                assertThat(Duration.between(from, tick.at()))
                    .isBetween(Duration.ZERO, Duration.ofSeconds(seconds)));
  }
}
