package io.okrsync.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.measure.Aggregate;
import io.okrsync.measure.MeasureDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
  private final Folder folder;

  MeasuresTest(@TempDir Path temporary) {
    folder = new Folder(temporary);
  }

  @Test
  void a_measure_has_defaults() {
    measure("m: { from: crm, at: createdAt, count: true }");

    assertThat(definition("m"))
        .isEqualTo(
            new MeasureDefinition(
                "m", "crm", null, "createdAt", Aggregate.COUNT, null, null, null));
  }

  @Test
  void every_key_can_be_set() {
    measure(
        "m: { from: crm, where: status == 'won', at: wonAt, sum: value, currency: currency, in: USD"
            + " }");

    assertThat(definition("m"))
        .isEqualTo(
            new MeasureDefinition(
                "m", "crm", "status == 'won'", "wonAt", Aggregate.SUM, "value", "currency", "USD"));
  }

  @ParameterizedTest
  @CsvSource({
    "sum, value, SUM",
    "average, value, AVERAGE",
    "min, value, MIN",
    "max, value, MAX",
    "median, days(wonAt - createdAt), MEDIAN",
    "latest, value, LATEST",
    "distinct, owner, DISTINCT"
  })
  void every_aggregate_has_its_key(String key, String expression, Aggregate aggregate) {
    measure("m: { from: crm, at: wonAt, %s: %s }".formatted(key, expression));

    assertThat(definition("m").aggregate()).isEqualTo(aggregate);
    assertThat(definition("m").value()).isEqualTo(expression);
  }

  @Test
  void the_source_is_unknown() {
    measure("m: { from: crmm, at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.from, line 4, column 14: unknown source 'crmm'
              m: { from: crmm, at: wonAt, count: true }
              ...........^   did you mean 'crm'? known here: crm\
            """);
  }

  @Test
  void an_unknown_connector_hides_no_wrong_expression() {
    folder.sources(Folder.SOURCES.replace("pipedrive-deals", "pipedrive-deal"));
    measure("m: { from: crm, where: stauts == 'won', at: wonAt, count: true }");

    assertThat(folder.refused())
        .contains("unknown connector 'pipedrive-deal'")
        .contains("measures.m.where, line 4, column 26")
        .contains("did you mean 'status'?");
  }

  @Test
  void no_aggregate_is_given() {
    measure("m: { from: crm, at: wonAt }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m, line 4, column 3: needs one of count, distinct, sum, average, min, max, median, percentile, latest
              m: { from: crm, at: wonAt }
              ^\
            """);
  }

  @Test
  void two_aggregates_are_given() {
    measure("m: { from: crm, at: wonAt, count: true, sum: value }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.sum, line 4, column 48: 'count' and 'sum' exclude each other; keep one
              m: { from: crm, at: wonAt, count: true, sum: value }
              .............................................^\
            """);
  }

  @Test
  void a_count_is_not_true() {
    measure("m: { from: crm, at: wonAt, count: false }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.count, line 4, column 37: must be true, but is 'false'
              m: { from: crm, at: wonAt, count: false }
              ..................................^\
            """);
  }

  @Test
  void a_currency_stands_alone() {
    measure("m: { from: crm, at: wonAt, sum: value, currency: currency }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.currency, line 4, column 52: 'currency' needs 'in' beside it
              m: { from: crm, at: wonAt, sum: value, currency: currency }
              .................................................^   in: USD\
            """);
  }

  @Test
  void a_currency_code_is_none() {
    measure("m: { from: crm, at: wonAt, sum: value, currency: currency, in: dollars }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.in, line 4, column 66: must be a currency code such as USD, but is 'dollars'
              m: { from: crm, at: wonAt, sum: value, currency: currency, in: dollars }
              ...............................................................^\
            """);
  }

  @Test
  void a_name_cannot_be_used_in_a_formula() {
    measure("deals-won: { from: crm, at: wonAt, count: true }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.deals-won, line 4, column 3: the name 'deals-won' is not allowed
              deals-won: { from: crm, at: wonAt, count: true }
              ^   lower case letters, digits and _, at most 60, as formulas use it\
            """);
  }

  @Test
  void an_expression_is_a_number() {
    measure("m: { from: crm, at: wonAt, sum: 1 }");

    assertThat(folder.problem())
        .isEqualTo(
            """
            config/measures.yaml: measures.m.sum, line 4, column 35: must be a text, but is '1'
              m: { from: crm, at: wonAt, sum: 1 }
              ................................^   write it in quotes: "1\"\
            """);
  }

  @Test
  void several_expressions_of_a_measure_are_wrong() {
    measure("m: { from: crm, where: status == 1, at: wonat, sum: title }");

    assertThat(folder.refused())
        .isEqualTo(
            """
            1. config/measures.yaml: measures.m.where, line 4, column 33: cannot compare text with number: status == 1
                 m: { from: crm, where: status == 1, at: wonat, sum: title }
                 ..............................^
            2. config/measures.yaml: measures.m.at, line 4, column 43: undeclared name 'wonat'
                 m: { from: crm, where: status == 1, at: wonat, sum: title }
                 ........................................^   did you mean 'wonAt'? known here: id, updatedAt, url, title, status, currency, stage, pipeline, owner, value, createdAt, closedAt, wonAt, lostAt, expectedCloseAt, custom
            3. config/measures.yaml: measures.m.sum, line 4, column 55: sum must be number, but this is text
                 m: { from: crm, where: status == 1, at: wonat, sum: title }
                 ....................................................^

            3 problems; nothing was changed
            """);
  }

  @Test
  void a_wrong_measure_does_not_make_its_formulas_wrong() {
    folder.measures(Folder.MEASURES.replace("at: wonAt", "at: wonat"));

    assertThat(folder.problem()).contains("undeclared name 'wonat'");
  }

  @Test
  void a_wrong_source_does_not_make_its_measures_wrong() {
    folder.sources(Folder.SOURCES.replace("every: 15m", "every: never"));

    assertThat(folder.problem()).contains("must be a duration");
  }

  @Test
  void an_unknown_source_does_not_take_the_keys_of_its_measures() {
    folder.measures(
        Folder.MEASURES.replace("deals_won:  { from: crm,", "deals_won: { from: cmr, by: owner,"));
    folder.okrs(
        Folder.OKRS.replace(
            "100.0 * deals_won / (deals_won + deals_lost)", "max(groups(deals_won))"));

    assertThat(folder.problem()).contains("unknown source 'cmr'");
  }

  @Test
  void who_looks_for_a_window_in_a_measure_is_sent_to_the_formula() {
    measure("m: { from: crm, at: wonAt, count: true, last: 30d }");

    assertThat(folder.problem())
        .contains("unknown key 'last'", "a formula says in which days: last(deals_won, '30d')");
  }

  @Test
  void a_measure_that_nobody_uses_is_fine() {
    measure("unused: { from: crm, at: wonAt, count: true }");

    assertThat(folder.accepted().measures()).containsKey("unused");
  }

  private void measure(String line) {
    folder.measures(Folder.MEASURES + "  " + line + "\n");
  }

  private MeasureDefinition definition(String name) {
    return requireNonNull(folder.accepted().measures().get(name)).definition();
  }

  @Test
  void a_name_that_is_not_allowed_hides_no_other_problem() {
    folder.measures(
        Folder.MEASURES
            + "  deals-open: { from: crm, where: statsu == 'open', at: wonAtt, count: true }\n");

    assertThat(folder.refused())
        .contains(
            "the name 'deals-open' is not allowed",
            "undeclared name 'statsu'",
            "undeclared name 'wonAtt'");
  }
}
