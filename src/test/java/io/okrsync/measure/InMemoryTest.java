package io.okrsync.measure;

import static io.okrsync.measure.Samples.FOURTH_QUARTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InMemoryTest {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
  private static final Measure KEYS = Samples.keyed("keys", "owner");

  @ParameterizedTest
  @CsvSource({"COUNT, 4", "SUM, 20", "AVERAGE, 5", "MIN, 1", "MAX, 13", "MEDIAN, 3", "LATEST, 13"})
  void aggregates_the_values_in_the_window(Aggregate aggregate, BigDecimal expected) {
    Measure measure = measure(aggregate);
    List<Contribution> all =
        List.of(
            worth(measure, "1", NOON, "1"),
            worth(measure, "2", NOON.plusSeconds(1), "2"),
            worth(measure, "3", NOON.minusSeconds(1), "4"),
            worth(measure, "4", NOON.plusSeconds(2), "13"),
            worth(measure, "5", FOURTH_QUARTER.to(), "1000"));
    assertThat(InMemory.read(measure, FOURTH_QUARTER, all).value()).isEqualTo(expected);
  }

  @Test
  void the_window_holds_its_first_instant_and_not_its_last() {
    Measure measure = measure(Aggregate.SUM);
    List<Contribution> all =
        List.of(
            worth(measure, "a", FOURTH_QUARTER.from(), "1"),
            worth(measure, "b", FOURTH_QUARTER.from().minusNanos(1000), "10"),
            worth(measure, "c", FOURTH_QUARTER.to().minusNanos(1000), "100"),
            worth(measure, "d", FOURTH_QUARTER.to(), "1000"));
    assertThat(InMemory.read(measure, FOURTH_QUARTER, all).value())
        .isEqualTo(new BigDecimal("101"));
  }

  @Test
  void of_equal_dates_the_greater_id_is_the_latest() {
    Measure measure = measure(Aggregate.LATEST);
    List<Contribution> all =
        List.of(worth(measure, "b", NOON, "7"), worth(measure, "a", NOON, "8"));
    assertThat(InMemory.read(measure, FOURTH_QUARTER, all).value()).isEqualTo(new BigDecimal("7"));
  }

  @Test
  void counts_each_different_item_once() {
    Measure measure = measure(Aggregate.DISTINCT);
    List<Contribution> all =
        List.of(item(measure, "1", "ann"), item(measure, "2", "bob"), item(measure, "3", "ann"));
    Reading reading = InMemory.read(measure, FOURTH_QUARTER, all);
    assertThat(reading.value()).isEqualTo(new BigDecimal("2"));
    assertThat(reading.records()).isEqualTo(3);
  }

  @Test
  void one_record_with_a_problem_withholds_the_value() {
    Measure measure = measure(Aggregate.SUM);
    List<Contribution> all =
        List.of(
            worth(measure, "1", NOON, "1"),
            broken(measure, "3", "value is not set"),
            broken(measure, "2", "currency is empty"));
    assertThat(InMemory.read(measure, FOURTH_QUARTER, all).reason())
        .hasToString(
            "missing field: 2 of 3 records that count for 'measured' cannot be used; the first is"
                + " '2': currency is empty");
  }

  @Test
  void leaves_out_contributions_of_another_measure() {
    Measure measure = measure(Aggregate.COUNT);
    List<Contribution> all = List.of(worth(measure(Aggregate.SUM), "1", NOON, "1"));
    assertThat(InMemory.read(measure, FOURTH_QUARTER, all).value()).isEqualTo(BigDecimal.ZERO);
  }

  /** It may have any key, also one of these; left out, it would make a wrong number look right. */
  @ParameterizedTest
  @CsvSource({
    "COUNT, , lower(custom.team), wonAt",
    "DISTINCT, lower(custom.team), , wonAt",
    "COUNT, , lower(custom.team), timestamp(owner)",
    "DISTINCT, owner, , timestamp(owner)"
  })
  void a_record_whose_key_or_date_cannot_be_told_withholds_the_value_of_some_keys_too(
      Aggregate aggregate, @Nullable String value, @Nullable String by, String at) {
    Measure measure =
        Samples.compiled(
            new MeasureDefinition(
                "measured", "crm", null, at, aggregate, value, null, by, null, null));
    String fields = "{'owner': 'ann', 'wonAt': '2026-10-05T12:00:00Z', 'custom': {'team': 5}}";
    List<Contribution> all =
        List.of(
            measure.contribution(Samples.record("5", fields)).orElseThrow(),
            new Contribution(
                KEYS.version(), "5", NOON, BigDecimal.ONE, "ann", "ann", null, null, null));
    Selection owners = new Selection(KEYS, FOURTH_QUARTER, List.of());
    Selection among =
        new Selection(measure, FOURTH_QUARTER, List.of(new Selection.Among(owners, true)));
    assertThat(requireNonNull(InMemory.read(among, all).reason()).name())
        .isEqualTo(Reason.Name.MISSING_FIELD);
  }

  private static Measure measure(Aggregate aggregate) {
    String value = aggregate == Aggregate.COUNT ? null : "value";
    return Samples.compiled(Samples.definition(aggregate, null, "wonAt", value));
  }

  private static Contribution worth(Measure measure, String id, Instant at, String value) {
    return new Contribution(measure.version(), id, at, new BigDecimal(value), null, null, null);
  }

  private static Contribution item(Measure measure, String id, String item) {
    return new Contribution(measure.version(), id, NOON, BigDecimal.ONE, item, null, null);
  }

  private static Contribution broken(Measure measure, String id, String problem) {
    return new Contribution(measure.version(), id, NOON, null, null, null, problem);
  }
}
