package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.formula.Formula;
import io.okrsync.measure.Measure;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsTest {
  private static final String SOURCES =
      Folder.SOURCES
          + """
            jira:
              connector: jira-issues
              with: { baseUrl: "https://jira.test", email: a@jira.test, apiToken: "{{env:CRM_TOKEN}}" }
              every: 15m
          """;

  private final Folder folder;

  DefinitionsTest(@TempDir Path temporary) {
    folder = new Folder(temporary).sources(SOURCES);
  }

  @Test
  void a_name_stands_for_a_condition_a_list_a_number_or_a_formula() {
    measures(
        """
        definitions:
          key_customers: [Acme, 'O"Brien \\ Sons']
          big: value >= threshold
          threshold: 1000
          big_to_key: big && custom.company in key_customers
          win_rate: 100 * deals_won / (deals_won + deals_lost)
          to_beat: win_rate + threshold + size(key_customers)
        measures:
          deals_won:  { from: crm, where: status == 'won' && big_to_key, at: wonAt, count: true }
          deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
        """);
    formula("to_beat - previous(win_rate)");

    Formula formula = Objects.requireNonNull(folder.accepted().formulas().get("win-rate"));
    assertThat(formula.measures()).containsExactly("deals_won", "deals_lost");
  }

  @Test
  void a_number_for_each_key_is_like_a_measure_to_formulas_and_a_list_to_records() {
    measures(
        """
        definitions:
          quota: { ann: 12, bob: 8.5, 'O"Brien \\ Sons': 1, "won": 2 }
          attained: won / quota
        measures:
          won: { from: crm, where: status == 'won' && owner in quota && size(quota) > 1, at: wonAt, count: true, by: owner }
        """);
    formula(
        "100 * size(groups(attained).filter(r, r >= 1)) / size(groups(quota)) + previous(quota)");
    assertThat(folder.accepted().measures()).containsKey("won");

    formula("among(quota, won)");
    assertThat(folder.problem())
        .contains("'quota' has no records of which among() could take some", "take matched(…)");
    formula("among(won, quota)");
    assertThat(folder.problem())
        .contains("'quota' has no records of which among() could take the keys", "owner in quota");
    formula("sum(groups(max(matched(won))))");
    assertThat(folder.problem()).contains("matched() cannot stand in groups()");
  }

  /** Another number makes no other records count; another key does. */
  @Test
  void a_measure_is_another_one_when_the_keys_of_a_table_change() {
    String text =
        """
        definitions: { quota: { ann: 12 } }
        measures:
          won: { from: crm, where: owner in quota, at: wonAt, count: true }
        """;
    formula("won");
    measures(text);
    String version = measure("won").version();

    measures(text.replace("12", "15"));
    assertThat(measure("won").version()).isEqualTo(version);
    measures(text.replace("ann", "bob"));
    assertThat(measure("won").version()).isNotEqualTo(version);
  }

  @Test
  void a_number_for_each_key_must_be_one() {
    measures(
        """
        definitions: { quota: { ann: many }, none: {} }
        measures:
          won: { from: crm, at: wonAt, count: true, by: owner }
        """);
    formula("won");

    assertThat(folder.refused())
        .contains("must be a number such as 18 or 0.25, but is 'many'")
        .contains("must hold a number for each key, such as { ann: 12, bob: 8 }");
  }

  @Test
  void a_definition_may_be_used_by_records_of_several_kinds() {
    measures(
        """
        definitions:
          fresh: createdAt > timestamp('2026-01-01T00:00:00Z')
        measures:
          deals_won:  { from: crm, where: fresh, at: wonAt, count: true }
          deals_lost: { from: jira, where: fresh, at: resolvedAt, count: true }
        """);

    assertThat(folder.accepted().measures()).hasSize(2);
  }

  @Test
  void a_measure_is_another_one_when_a_definition_behind_it_means_something_else() {
    String text =
        """
        definitions: { big: value > least, least: 10, other: 1 }
        measures:
          deals_won:  { from: crm, where: big, at: wonAt, count: true }
          deals_lost: { from: crm, at: lostAt, count: true }
        """;
    measures(text);
    Measure before = measure("deals_won");
    Measure untouched = measure("deals_lost");

    measures(text.replace("least: 10", "least: 11"));
    assertThat(measure("deals_won").version()).isNotEqualTo(before.version());
    assertThat(measure("deals_lost").version()).isEqualTo(untouched.version());
    measures(text.replace("other: 1", "other: 2"));
    assertThat(measure("deals_won").version()).isEqualTo(before.version());
  }

  @Test
  void a_definition_that_does_not_fit_where_it_is_used_is_told_there() {
    measures(
        """
        definitions:
          mql: stage == 'MQL'
        measures:
          deals_won:  { from: jira, where: mql, at: resolvedAt, count: true }
          deals_lost: { from: crm, where: mql, at: lostAt, count: true }
        """);

    assertThat(folder.problem())
        .contains("measures.deals_won.where, line 4, column 36")
        .contains("definition 'mql' does not fit here: undeclared name 'stage'");
  }

  @Test
  void a_mistake_in_a_definition_is_told_once_where_it_stands() {
    measures(
        """
        definitions:
          mql: stgae == 'MQL'
          mql_or_won: mql || status == 'won'
        measures:
          deals_won:  { from: crm, where: mql, at: wonAt, count: true }
          deals_lost: { from: crm, where: mql_or_won, at: lostAt, count: true }
        """);

    assertThat(folder.refused())
        .contains("definitions.mql, line 2, column 8: undeclared name 'stgae'")
        .contains("did you mean 'stage'?");
  }

  @Test
  void definitions_in_a_circle_are_refused_with_the_way_round() {
    measures(
        """
        definitions:
          sql: mql && value > 10
          mql: lead || sql
          lead: customer || mql
          customer: "false"
          free: "1"
        measures:
          deals_won:  { from: crm, where: mql, at: wonAt, count: true }
          deals_lost: { from: crm, at: lostAt, count: true }
        """);

    assertThat(folder.refused())
        .contains("definitions.sql, line 2, column 8: is defined by itself: sql, mql, sql")
        .doesNotContain("undeclared");
  }

  @Test
  void a_name_has_one_meaning() {
    measures(
        """
        definitions:
          deals_won: 1
          status: "'won'"
        measures:
          deals_won:  { from: crm, at: wonAt, count: true }
          deals_lost: { from: crm, where: status == 'lost', at: lostAt, count: true }
        """);

    assertThat(folder.refused())
        .contains("definitions.deals_won, line 2, column 14: 'deals_won' is also the name of a")
        .contains("definitions.status, line 3, column 11: 'status' is also a field of deal records")
        .contains("2 problems");
  }

  @Test
  void a_list_holds_texts() {
    measures(
        """
        definitions: { years: [2025, 2026], none: [] }
        measures:
          deals_won:  { from: crm, where: custom.year in years, at: wonAt, count: true }
          deals_lost: { from: crm, where: custom.year in none, at: lostAt, count: true }
        """);

    assertThat(folder.refused())
        .contains("definitions.years[0], line 1, column 24: must be a text, but is '2025'")
        .contains("definitions.none, line 1, column 37: must be a list with at least one item")
        .doesNotContain("undeclared");
  }

  private void measures(String text) {
    folder.measures(text);
  }

  private void formula(String formula) {
    folder.okrs(Folder.OKRS.replaceAll("formula: .*", "formula: " + formula));
  }

  private Measure measure(String name) {
    return Objects.requireNonNull(folder.accepted().measures().get(name));
  }
}
