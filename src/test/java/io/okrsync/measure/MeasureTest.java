package io.okrsync.measure;

import static io.okrsync.measure.Samples.compiled;
import static io.okrsync.measure.Samples.definition;
import static io.okrsync.measure.Samples.money;
import static io.okrsync.measure.Samples.problems;
import static io.okrsync.measure.Samples.record;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
  private static final Instant WON_AT = Instant.parse("2026-10-05T12:00:00Z");
  private static final SourceRecord WON =
      record(
          "7",
          """
          {'status': 'won', 'value': 1200.50, 'currency': 'usd', 'owner': 'ann',
           'createdAt': '2026-09-05T12:00:00Z', 'wonAt': '2026-10-05T12:00:00Z'}
          """);

  @Test
  void a_record_adds_its_value_at_its_time() {
    Measure revenue = compiled(money("status == 'won'", "wonAt", "value"));
    assertThat(revenue.contribution(WON))
        .contains(
            new Contribution(
                revenue.version(), "7", WON_AT, new BigDecimal("1200.5"), null, "USD", null));
  }

  @Test
  void a_count_adds_one() {
    assertThat(contribution(definition(Aggregate.COUNT, null, "wonAt", null)).value())
        .isEqualTo(BigDecimal.ONE);
  }

  @Test
  void a_distinct_adds_what_it_tells_apart() {
    assertThat(contribution(definition(Aggregate.DISTINCT, null, "wonAt", "owner")).item())
        .isEqualTo("ann");
    assertThat(contribution(definition(Aggregate.DISTINCT, null, "wonAt", "value")).item())
        .isEqualTo("1200.5");
    assertThat(contribution(definition(Aggregate.DISTINCT, null, "wonAt", "createdAt")).item())
        .isEqualTo("2026-09-05T12:00:00Z");
  }

  @Test
  void the_value_is_rounded_half_even_to_ten_decimals() {
    assertThat(contribution(definition(Aggregate.SUM, null, "wonAt", "value / 7")).value())
        .isEqualTo(new BigDecimal("171.5"));
    assertThat(contribution(definition(Aggregate.SUM, null, "wonAt", "1 / 3")).value())
        .isEqualTo(new BigDecimal("0.3333333333"));
    assertThat(contribution(definition(Aggregate.SUM, null, "wonAt", "0.00000000025")).value())
        .isEqualTo(new BigDecimal("0.0000000002"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status == 'lost'", "lostAt > createdAt", "value > 1000 && lostAt != null"})
  void a_record_does_not_count_where_the_condition_is_false_or_unset(String where) {
    assertThat(compiled(definition(Aggregate.COUNT, where, "wonAt", null)).contribution(WON))
        .isEmpty();
  }

  @Test
  void a_record_without_a_date_does_not_count() {
    Measure lost = compiled(definition(Aggregate.COUNT, "status == 'won'", "lostAt", null));
    assertThat(lost.contribution(WON)).isEmpty();
  }

  @Test
  void a_removed_record_does_not_count() {
    SourceRecord removed = new SourceRecord(WON.id(), WON.updatedAt(), true, WON.fields());
    assertThat(compiled(definition(Aggregate.COUNT, null, "wonAt", null)).contribution(removed))
        .isEmpty();
  }

  @Test
  void a_record_with_nothing_to_tell_apart_does_not_count() {
    Measure stages = compiled(definition(Aggregate.DISTINCT, null, "wonAt", "stage"));
    assertThat(stages.contribution(WON)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          days(lostAt - createdAt)           => lostAt is not set
          days(closedAt - lostAt)            => closedAt and lostAt is not set
          custom.points                      => custom.points is not set
          value / (value - 1200.5)           => average: division by nothing: value - 1200.5 is 0
          number(owner)                      => average: 'ann' is not a number
          value * 1e27                       => average: the number is too large
          """)
  void a_record_that_counts_without_a_value_is_a_problem(String value, String problem) {
    Contribution contribution = contribution(definition(Aggregate.AVERAGE, null, "wonAt", value));
    assertThat(contribution.problem()).isEqualTo(problem);
    assertThat(contribution.value()).isNull();
    assertThat(contribution.at()).isEqualTo(WON_AT);
  }

  @Test
  void a_custom_field_of_another_type_is_a_problem() {
    SourceRecord odd = record("8", "{'wonAt': '2026-10-05T12:00:00Z', 'custom': {'tier': 'gold'}}");
    assertThat(problemOf(definition(Aggregate.SUM, null, "wonAt", "custom.tier"), odd))
        .contains("sum: text where number is needed");
    assertThat(problemOf(definition(Aggregate.SUM, null, "wonAt", "custom.tier + 1"), odd))
        .contains("sum: cannot be computed where custom.tier is text");
    assertThat(problemOf(definition(Aggregate.COUNT, "custom.tier", "wonAt", null), odd))
        .contains("where: text where yes/no is needed");
    assertThat(problemOf(definition(Aggregate.COUNT, "custom.tier > 3", "wonAt", null), odd))
        .contains("where: cannot be computed where custom.tier is text");
    assertThat(problemOf(definition(Aggregate.COUNT, null, "custom.tier", null), odd))
        .contains("at: text where time is needed");
  }

  /** Such as a CRM's own field: wherever the record were dated, other windows would miss it. */
  @Test
  void a_record_whose_date_cannot_be_computed_is_a_problem_in_every_window() {
    Measure measure = compiled(definition(Aggregate.COUNT, null, "timestamp(custom.day)", null));
    SourceRecord soon =
        record("5", "{'expectedCloseAt': '2027-02-03T00:00:00Z', 'custom': {'day': '2026-10-03'}}");
    Contribution undated = measure.contribution(soon).orElseThrow();
    assertThat(undated.at()).isNull();
    for (int year : new int[] {1970, 2026, 2027, 2300}) {
      Instant from = LocalDate.of(year, 10, 1).atStartOfDay(ZoneOffset.UTC).toInstant();
      Reading reading =
          InMemory.read(measure, new Window(from, from.plusSeconds(1)), List.of(undated));
      assertThat(reading.value()).isNull();
      assertThat(requireNonNull(reading.reason()).toString())
          .isEqualTo(
              "missing field: 1 of 1 records that count for 'measured' cannot be used; the first is"
                  + " '5': at: '2026-10-03' says no zone; give it one, such as timestamp(…,"
                  + " 'Asia/Jakarta')");
    }
  }

  @Test
  void only_a_problem_may_have_no_date() {
    assertThatThrownBy(() -> new Contribution("m@1", "5", null, BigDecimal.ONE, null, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record '5' counts in 'm@1' at no time, and no problem says why");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          {'wonAt': '2026-10-05T12:00:00Z', 'value': 1}                   => currency is not set
          {'wonAt': '2026-10-05T12:00:00Z', 'value': 1, 'currency': ' '}  => currency is empty
          {'wonAt': '2026-10-05T12:00:00Z', 'currency': 'USD'}            => value is not set
          {'wonAt': '2026-10-05T12:00:00Z', 'value': 1e30}                => sum: value is too large or too fine a number
          """)
  void money_without_a_currency_is_a_problem(String fields, String problem) {
    assertThat(problemOf(money("true", "wonAt", "value"), record("9", fields))).contains(problem);
  }

  @Test
  void money_adds_up_to_the_cent_and_mixed_currencies_do_not_add_up() {
    Measure revenue = compiled(money("true", "wonAt", "value"));
    SourceRecord ten = sold("1", "0.1", "USD");
    SourceRecord twenty = sold("2", "0.2", "usd");
    SourceRecord foreign = sold("3", "5", "EUR");
    assertThat(read(revenue, ten, twenty).value()).isEqualTo(new BigDecimal("0.3"));
    assertThat(read(revenue, ten, twenty, foreign).reason())
        .hasToString("mixed currencies: 'revenue' is in USD, but records that count are in EUR");
  }

  @Test
  void all_problems_of_all_expressions_are_told_at_once() {
    MeasureDefinition broken =
        new MeasureDefinition(
            "if",
            "crm",
            "status = 'won'",
            "title",
            Aggregate.SUM,
            "wonAt - createdAt",
            "value",
            "dollars");
    assertThat(problems(Measure.compile(broken, RecordKind.DEAL)))
        .containsExactly(
            new ExpressionProblem(
                "name",
                1,
                1,
                "a formula cannot call a measure 'if'",
                "take letters, digits and _, no digit first, and no word of the language"),
            new ExpressionProblem("in", 1, 1, "'dollars' is not a currency code", "such as USD"),
            new ExpressionProblem("where", 1, 8, "unexpected '='", "write == to compare"),
            new ExpressionProblem("at", 1, 1, "at must be time, but this is text", null),
            new ExpressionProblem(
                "sum",
                1,
                1,
                "sum must be number, but this is duration",
                "write days(…) or hours(…) round it"),
            new ExpressionProblem(
                "currency", 1, 1, "currency must be text, but this is number", null));
  }

  @Test
  void a_condition_is_yes_or_no() {
    MeasureDefinition broken = definition(Aggregate.COUNT, "value + 1", "wonAt", null);
    assertThat(problems(Measure.compile(broken, RecordKind.DEAL)))
        .containsExactly(
            new ExpressionProblem(
                "where",
                1,
                1,
                "where must be yes/no, but this is number",
                "compare it with something, such as status == 'won'"));
  }

  @Test
  void a_value_and_a_currency_stand_where_they_belong() {
    assertThat(messages(definition(Aggregate.COUNT, null, "wonAt", "value")))
        .containsExactly("count takes no value");
    assertThat(messages(definition(Aggregate.SUM, null, "wonAt", null)))
        .containsExactly("sum needs a value");
    assertThat(
            messages(
                new MeasureDefinition(
                    "m", "crm", null, "wonAt", Aggregate.SUM, "value", "currency", null)))
        .containsExactly("currency and in go together");
    assertThat(
            messages(
                new MeasureDefinition(
                    "m", "crm", null, "wonAt", Aggregate.DISTINCT, "owner", "currency", "USD")))
        .containsExactly("distinct has no currency");
  }

  @Test
  void the_version_changes_with_what_is_computed() {
    MeasureDefinition deals = definition(Aggregate.COUNT, "status == 'won'", "wonAt", null);
    assertThat(compiled(deals).version()).matches("measured@[0-9a-f]{12}");
    assertThat(compiled(deals).version()).isEqualTo(compiled(deals).version());
    assertThat(compiled(definition(Aggregate.COUNT, "status == 'lost'", "wonAt", null)).version())
        .isNotEqualTo(compiled(deals).version());
    assertThat(compiled(definition(Aggregate.COUNT, "status == 'won'", "closedAt", null)).version())
        .isNotEqualTo(compiled(deals).version());
  }

  @Test
  void every_kind_of_record_has_its_fields() {
    for (RecordKind kind : RecordKind.values()) {
      MeasureDefinition all =
          definition(Aggregate.COUNT, "id != '' && custom.x == null", "updatedAt", null);
      assertThat(problems(Measure.compile(all, kind))).as(kind.label()).isEmpty();
      kind.fields()
          .keySet()
          .forEach(
              field ->
                  assertThat(
                          problems(
                              Measure.compile(
                                  definition(
                                      Aggregate.COUNT, field + " != null", "updatedAt", null),
                                  kind)))
                      .as(kind.label() + "." + field)
                      .isEmpty());
    }
  }

  @Test
  void several_threads_use_one_measure() throws Exception {
    Measure revenue = compiled(money("value > 0", "wonAt", "value"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> work =
          IntStream.range(0, 400)
              .mapToObj(
                  i ->
                      (Callable<Boolean>)
                          () -> isWorth(i, revenue.contribution(sold("x", "" + i, "USD"))))
              .toList();
      for (Future<Boolean> each : threads.invokeAll(work)) {
        assertThat(each.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isWorth(int amount, Optional<Contribution> contribution) {
    return contribution
        .map(each -> Objects.requireNonNull(each.value()).intValueExact() == amount)
        .orElse(amount == 0);
  }

  private static Contribution contribution(MeasureDefinition definition) {
    return compiled(definition).contribution(WON).orElseThrow();
  }

  private static Optional<String> problemOf(MeasureDefinition definition, SourceRecord record) {
    return compiled(definition).contribution(record).map(Contribution::problem);
  }

  private static List<String> messages(MeasureDefinition definition) {
    return problems(Measure.compile(definition, RecordKind.DEAL)).stream()
        .map(ExpressionProblem::message)
        .toList();
  }

  private static Reading read(Measure measure, SourceRecord... records) {
    List<Contribution> contributions =
        List.of(records).stream().flatMap(each -> measure.contribution(each).stream()).toList();
    return InMemory.read(measure, Samples.FOURTH_QUARTER, contributions);
  }

  private static SourceRecord sold(String id, String value, String currency) {
    return record(
        id,
        "{'wonAt': '2026-10-05T12:00:00Z', 'value': %s, 'currency': '%s'}"
            .formatted(value, currency));
  }
}
