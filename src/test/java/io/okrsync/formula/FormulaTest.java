package io.okrsync.formula;

import static io.okrsync.measure.Samples.FOURTH_QUARTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.measure.Compiled;
import io.okrsync.measure.ExpressionProblem;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Samples;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {
  private static final List<Measure> KNOWN =
      Stream.concat(
              Stream.of("deals_won", "deals_lost", "revenue", "cycle_days").map(Samples::counting),
              Stream.of(Samples.keyed("by_owner", "owner")))
          .toList();

  private static final Scope QUARTER =
      Scope.of(
          LocalDate.of(2026, 10, 1),
          LocalDate.of(2026, 12, 31),
          ZoneOffset.UTC,
          Instant.parse("2026-11-12T09:00:00Z"));

  /** By what the formula calls it. */
  private final Map<String, Reading> given = new HashMap<>();

  FormulaTest() {
    given("deals_won", "30");
    given("deals_lost", "90");
    given("revenue", "1200.50");
    given("previous(deals_won)", "24");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          deals_won                                               => 30
          100.0 * deals_won / (deals_won + deals_lost)            => 25
          deals_won / deals_lost                                  => 0.3333333333
          revenue / deals_won                                     => 40.0166666667
          deals_won - previous(deals_won)                         => 6
          100 * (deals_won - previous(deals_won)) / previous(deals_won) => 25
          deals_lost > 0 ? deals_won / deals_lost : 0             => 0.3333333333
          deals_lost > 100 ? deals_won / deals_lost : 0           => 0
          deals_won > 20 && revenue > 1000 ? 1 : 0                => 1
          min(deals_won, deals_lost, 25.5)                        => 25.5
          max(deals_won, deals_lost)                              => 90
          round(revenue, 0)                                       => 1201
          -deals_won                                              => -30
          1 / 3 + 2 / 3                                           => 1
          0.1 + 0.2                                               => 0.3
          1200000                                                 => 1200000
          0.00000000005                                           => 0
          """)
  void combines_readings(String formula, BigDecimal expected) {
    assertThat(evaluate(formula)).isEqualTo(new Evaluation.Value(expected));
  }

  @Test
  void knows_what_must_be_read() {
    Formula formula = compiled("revenue / deals_won - previous(revenue) + deals_won");
    assertThat(formula.uses(QUARTER))
        .extracting(MeasureUse::toString)
        .containsExactly("revenue", "deals_won", "previous(revenue)");
    assertThat(formula.measures()).containsExactly("revenue", "deals_won");
    assertThat(compiled("deals_won  +  1").text()).isEqualTo("deals_won  +  1");
  }

  @Test
  void a_division_by_nothing_names_the_divisor() {
    given("deals_won", "0");
    given("deals_lost", "0");
    assertThat(reason("100.0 * deals_won / (deals_won + deals_lost)"))
        .hasToString("division by nothing: deals_won + deals_lost is 0");
    assertThat(reason("revenue / deals_won")).hasToString("division by nothing: deals_won is 0");
    assertThat(reason("revenue / previous(deals_lost)"))
        .hasToString("division by nothing: previous(deals_lost) is 0");
  }

  @Test
  void a_measure_without_a_value_withholds_the_value() {
    missing("cycle_days", Reason.Name.NO_RECORDS, "no record counts for 'cycle_days'");
    assertThat(reason("deals_won + cycle_days"))
        .isEqualTo(new Reason(Reason.Name.NO_RECORDS, "no record counts for 'cycle_days'"));
    assertThat(reason("max(deals_won, cycle_days)"))
        .isEqualTo(new Reason(Reason.Name.NO_RECORDS, "no record counts for 'cycle_days'"));
  }

  @Test
  void several_measures_without_a_value_are_all_named_the_first_gives_the_name() {
    missing("revenue", Reason.Name.MIXED_CURRENCIES, "'revenue' is in USD and EUR");
    missing("deals_won", Reason.Name.NEVER_READ, "'crm' has not been read");
    assertThat(reason("revenue / deals_won"))
        .hasToString("mixed currencies: 'revenue' is in USD and EUR; 'crm' has not been read");
  }

  @Test
  void a_reason_of_the_cycle_before_says_so() {
    missing("previous(deals_won)", Reason.Name.NEVER_READ, "'crm' has not been read");
    assertThat(reason("deals_won - previous(deals_won)"))
        .hasToString(
            "never read: in previous(deals_won), 2026-07-01 to 2026-09-30, 'crm' has not been"
                + " read");
  }

  @Test
  void a_measure_without_a_value_does_not_matter_where_nothing_depends_on_it() {
    missing("cycle_days", Reason.Name.NO_RECORDS, "no record counts for 'cycle_days'");
    given("deals_won", "0");
    assertThat(evaluate("deals_won > 0 ? cycle_days : 0"))
        .isEqualTo(new Evaluation.Value(BigDecimal.ZERO));
    given("deals_won", "1");
    assertThat(evaluate("deals_won > 0 ? cycle_days : 0")).isInstanceOf(Evaluation.NoValue.class);
  }

  @Test
  void a_result_that_cannot_be_stored_is_a_reason() {
    given("revenue", "9".repeat(28));
    assertThat(reason("revenue * 10"))
        .hasToString("formula failed: the result is too large a number");
    assertThat(reason("round(revenue, deals_won)"))
        .hasToString("formula failed: round() takes 0 to 10 decimals, not 30");
  }

  @Test
  void every_measure_used_must_be_given() {
    Formula formula = compiled("deals_won + 1");
    assertThatThrownBy(() -> formula.evaluate(QUARTER, Map.of()))
        .hasMessage("no reading was given for deals_won");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          deals_own + 1               => 1:1 undeclared name 'deals_own' (did you mean 'deals_won'? known here: deals_won, deals_lost, revenue, cycle_days, by_owner)
          open - clsoed               => 1:1 undeclared name 'open' (known here: deals_won, deals_lost, revenue, cycle_days, by_owner); 1:8 undeclared name 'clsoed' (known here: deals_won, deals_lost, revenue, cycle_days, by_owner)
          previous()                  => 1:1 this is called otherwise: previous() (write it such as previous(deals_won))
          previous(revenue, 1)        => 1:1 this is called otherwise: previous(revenue, 1) (write it such as previous(deals_won))
          previous(revenue > 1)       => 1:18 previous() takes a number, not yes/no: revenue > 1 (write … ? 1 : 0)
          1 + previous(2 * revenu)    => 1:18 undeclared name 'revenu' (did you mean 'revenue'? known here: deals_won, deals_lost, revenue, cycle_days, by_owner)
          last(revenue)               => 1:1 this is called otherwise: last(revenue) (write it such as last(deals_won, '30d'))
          last(revenue, 30)           => 1:15 a text in quotes must stand here (write it such as last(deals_won, '30d'))
          last(revenue, '30 m')       => 1:15 '30 m' is no number of periods (write '30d', '2 weeks', '3 months', 'quarter' or 'year')
          each(revenue, 'mnth')       => 1:15 'mnth' is no period of a calendar (did you mean 'month'? write one of day, week, month, quarter, year)
          each(revenue, 'month')      => 1:1 formula must be number, but this is list of numbers (take one number of it: sum(…), average(…), min(…), max(…) or size(…))
          groups(revenue)             => 1:1 'revenue' has no keys (give it a 'by' in measures.yaml, such as by: owner)
          max(groups(max(groups(by_owner)))) => 1:5 groups() cannot stand in groups(): groups(max(groups(by_owner))) (take the inner one apart)
          among(by_owner, revenue)    => 1:1 'revenue' has no keys (give it a 'by' in measures.yaml, such as by: owner)
          among(by_owner, by_owner + 1) => 1:1 among() takes its keys from the records of one measure: among(by_owner, by_owner + 1) (write it such as among(revenue, previous(ever(customers))))
          sum(revenue)                => 1:1 sum() cannot take number: sum(revenue) (write it such as sum(each(deals_won, 'month')))
          1 + previous(revenu)        => 1:14 undeclared name 'revenu' (did you mean 'revenue'? known here: deals_won, deals_lost, revenue, cycle_days, by_owner)
          deals_won > 1               => 1:1 formula must be number, but this is yes/no (write … ? 1 : 0)
          'ten'                       => 1:1 formula must be number, but this is text
          deals_won > 1 ? 1 : 'none'  => 1:15 both sides of ':' must be alike, not number and text: (deals_won > 1) ? 1 : 'none'
          deals_won != null ? 1 : 0   => 1:11 null cannot be used here: a measure without a value gives its reason instead
          deals_won /                 => 1:12 the expression is unfinished
          deals_won / 0               => 1:11 divides by 0 (divide by what may be counted, or leave the division out)
          deals_won.previous()        => 1:11 this is called otherwise: deals_won.previous() (write it such as previous(deals_won))
          """)
  void tells_what_is_wrong_with_a_formula(String formula, String expected) {
    assertThat(String.join("; ", problems(formula))).isEqualTo(expected);
  }

  @Test
  void without_measures_there_is_only_arithmetic() {
    assertThat(Samples.ready(Formula.compile("1 + 1", List.of())).evaluate(QUARTER, Map.of()))
        .isEqualTo(new Evaluation.Value(new BigDecimal("2")));
    assertThat(Samples.problems(Formula.compile("1 + x", List.of())))
        .containsExactly(
            new ExpressionProblem(
                "formula", 1, 5, "undeclared name 'x'", "no names are known here"));
  }

  private void given(String use, String value) {
    given.put(use, new Reading(use, FOURTH_QUARTER, 1, new BigDecimal(value), null));
  }

  private void missing(String use, Reason.Name name, String text) {
    given.put(use, new Reading(use, FOURTH_QUARTER, 0, null, new Reason(name, text)));
  }

  /** What was not given is 0. */
  private Reading reading(MeasureUse use) {
    return given.getOrDefault(
        use.written(), new Reading(use.written(), use.window(), 0, BigDecimal.ZERO, null));
  }

  private Evaluation evaluate(String formula) {
    Formula compiled = compiled(formula);
    return compiled.evaluate(
        QUARTER,
        compiled.uses(QUARTER).stream().collect(Collectors.toMap(use -> use, this::reading)));
  }

  private Reason reason(String formula) {
    Evaluation evaluation = evaluate(formula);
    assertThat(evaluation).isInstanceOf(Evaluation.NoValue.class);
    return ((Evaluation.NoValue) evaluation).reason();
  }

  private static Formula compiled(String formula) {
    return Samples.ready(Formula.compile(formula, KNOWN));
  }

  private static List<String> problems(String formula) {
    Compiled<Formula> compiled = Formula.compile(formula, KNOWN);
    return Samples.problems(compiled).stream()
        .map(
            problem ->
                "%d:%d %s%s"
                    .formatted(
                        problem.line(),
                        problem.column(),
                        problem.message(),
                        problem.hint() == null ? "" : " (" + problem.hint() + ")"))
        .toList();
  }
}
