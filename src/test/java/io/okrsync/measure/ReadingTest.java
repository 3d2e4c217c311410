package io.okrsync.measure;

import static io.okrsync.measure.Samples.FOURTH_QUARTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReadingTest {
  private static final MeasureDefinition REVENUE = Samples.money("true", "wonAt", "value");

  @ParameterizedTest
  @CsvSource({
    "COUNT, 4",
    "DISTINCT, 3",
    "SUM, 10",
    "AVERAGE, 2.5",
    "MIN, 1",
    "MAX, 4",
    "MEDIAN, 2.5",
    "LATEST, 3"
  })
  void takes_the_total_that_the_aggregate_asks_for(Aggregate aggregate, BigDecimal expected) {
    Totals totals =
        new Totals(
            4,
            3,
            new BigDecimal("10"),
            new BigDecimal("1"),
            new BigDecimal("4"),
            new BigDecimal("2.5"),
            new BigDecimal("3"),
            0,
            null,
            null,
            new TreeSet<>());
    Reading reading = Reading.of(of(aggregate), FOURTH_QUARTER, totals);
    assertThat(reading.value()).isEqualTo(expected);
    assertThat(reading.records()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource(names = {"COUNT", "DISTINCT", "SUM"})
  void of_nothing_there_are_zero(Aggregate aggregate) {
    assertThat(Reading.of(of(aggregate), FOURTH_QUARTER, Totals.ofNothing()).value())
        .isEqualTo(BigDecimal.ZERO);
  }

  @ParameterizedTest
  @EnumSource(names = {"AVERAGE", "MIN", "MAX", "MEDIAN", "LATEST"})
  void of_nothing_there_is_no_average(Aggregate aggregate) {
    assertThat(Reading.of(of(aggregate), FOURTH_QUARTER, Totals.ofNothing()).reason())
        .hasToString(
            "no records: no record counts for 'measured', and of nothing there is no "
                + aggregate.key());
  }

  @Test
  void rounds_half_even_to_ten_decimals_and_drops_trailing_zeros() {
    assertThat(sumOf("0.30")).isEqualTo(new BigDecimal("0.3"));
    assertThat(sumOf("1200")).isEqualTo(new BigDecimal("1200"));
    assertThat(sumOf("0.00000000005")).isEqualTo(new BigDecimal("0"));
    assertThat(sumOf("0.00000000015")).isEqualTo(new BigDecimal("0.0000000002"));
  }

  @Test
  void names_the_first_record_that_cannot_be_used() {
    Totals totals = totals("10", 2, "17", "value is not set", "USD");
    assertThat(Reading.of(REVENUE, FOURTH_QUARTER, totals).reason())
        .hasToString(
            "missing field: 2 of 5 records that count for 'revenue' cannot be used; the first is"
                + " '17': value is not set");
  }

  @Test
  void refuses_money_that_is_not_in_the_currency_asked_for() {
    Totals totals = totals("10", "EUR", "GBP", "USD");
    assertThat(Reading.of(REVENUE, FOURTH_QUARTER, totals).reason())
        .hasToString(
            "mixed currencies: 'revenue' is in USD, but records that count are in EUR, GBP");
  }

  @Test
  void gives_the_missing_field_before_the_mixed_currencies() {
    Totals totals = totals("10", 1, "17", "value is not set", "EUR");
    Reading reading = Reading.of(REVENUE, FOURTH_QUARTER, totals);
    assertThat(reading.reason()).extracting(Reason::name).isEqualTo(Reason.Name.MISSING_FIELD);
  }

  @Test
  void is_no_value_before_the_source_was_read() {
    assertThat(Reading.neverRead(REVENUE, FOURTH_QUARTER).reason())
        .hasToString("never read: source 'crm' of 'revenue' has not been read completely yet");
  }

  @Test
  void demands_the_total_that_the_aggregate_needs() {
    Totals withoutMedian = totals("10");
    assertThatThrownBy(() -> Reading.of(of(Aggregate.MEDIAN), FOURTH_QUARTER, withoutMedian))
        .hasMessageStartingWith("MEDIAN of 'measured' was not totalled");
  }

  private static @Nullable BigDecimal sumOf(String total) {
    return Reading.of(of(Aggregate.SUM), FOURTH_QUARTER, totals(total)).value();
  }

  private static Totals totals(String sum, String... currencies) {
    return totals(sum, 0, null, null, currencies);
  }

  private static Totals totals(
      String sum,
      long problems,
      @Nullable String record,
      @Nullable String problem,
      String... currencies) {
    return new Totals(
        5,
        0,
        new BigDecimal(sum),
        null,
        null,
        null,
        null,
        problems,
        record,
        problem,
        new TreeSet<>(List.of(currencies)));
  }

  private static MeasureDefinition of(Aggregate aggregate) {
    return Samples.definition(aggregate, null, "wonAt", "value");
  }
}
