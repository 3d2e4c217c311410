package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "14.00 | 14",
        "22.7 | 22.7",
        "22.6789 | 22.68",
        "0.98765 | 0.988",
        "0.0012345 | 0.00123",
        "1284499.75 | 1,284,500",
        "12900000 | 12.9 M",
        "-12900000 | −12.9 M",
        "1250000000 | 1.25 B",
        "-3.5 | −3.5",
        "1E+3 | 1,000",
      })
  void are_grouped_and_have_no_more_digits_than_say_something(BigDecimal number, String text) {
    assertThat(Figures.readable(number)).isEqualTo(text);
  }

  @Test
  void keep_all_digits_where_exactness_is_asked_for() {
    assertThat(Figures.exactWithUnit(new BigDecimal("1284499.7501"), "USD"))
        .isEqualTo("1,284,499.7501 USD");
  }

  @ParameterizedTest
  @CsvSource({"25, %, 25%", "400000, USD, '400,000 USD'", "7, '', 7"})
  void stand_before_their_unit(BigDecimal number, String unit, String text) {
    assertThat(Figures.withUnit(number, unit)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.999, 99%", "1, 100%", "1.128, 112%", "-0.256, −26%", "0, 0%"})
  void say_100_per_cent_only_when_all_is_done(BigDecimal share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 17, +3",
    "-0.4, 22.7, −0.4",
    "-0.4347826087, 21.7391304348, −0.43",
    "-0.004, 21.7391304348, −0.004",
    "127808.75, 640120.75, '+127,809'",
    "0.25, 640120.75, +0.25",
    "30000, 12930000, +0.03 M",
    "-12000000, 3000000, −12 M",
    "-22.7, 0.000012, −22.7",
    "-3, 0, −3"
  })
  void tell_a_move_by_its_sign_and_as_finely_as_the_value(
      BigDecimal move, BigDecimal value, String text) {
    assertThat(Figures.signed(move, value)).isEqualTo(text);
  }
}
