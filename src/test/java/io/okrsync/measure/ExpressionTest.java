package io.okrsync.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions over a record come to. */
class ExpressionTest {
  /** A won deal. Its owner and lostAt are unset. */
  private static final SourceRecord DEAL =
      Samples.record(
          "7",
          """
          {'title': 'Big Renewal', 'status': 'won', 'value': 1000.50, 'currency': 'USD',
           'createdAt': '2026-09-01T00:00:00Z', 'wonAt': '2026-10-01T12:00:00Z', 'lostAt': null,
           'custom': {'tier': 'gold', 'points': 3, 'Deal size': 1.5, 'urgent': true, 'gone': null,
                      'tags': ['new', 'eu'], 'team': {'name': 'north', 'size': 2}}}
          """);

  private static final SourceRecord ISSUE =
      Samples.record("P-1", "{'labels': ['bug', 'ui'], 'points': 5}");

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          0.1 + 0.2                        => 0.3
          value + 0.1                      => 1000.6
          1 + value                        => 1001.5
          value - 1                        => 999.5
          0.1 - value                      => -1000.4
          value * 2                        => 2001
          2.5 * value                      => 2501.25
          -value                           => -1000.5
          -(-value)                        => 1000.5
          1 / 3                            => 0.3333333333333333333333333333333333
          2 / 3 * 3                        => 2.0000000000000000000000000000000001
          value / 3                        => 333.5
          7 / 2                            => 3.5
          1e3 + 1e-3                       => 1000.001
          0x10                             => 16
          0.12345678901234567890123456789  => 0.12345678901234567890123456789
          9007199254740993.5 + 0           => 9007199254740993.5
          min(value, 5)                    => 5
          min(3, 1.5, 2, 9)                => 1.5
          max(3, 1.5, 2, 9)                => 9
          max(0, value)                    => 1000.5
          abs(-2.5)                        => 2.5
          round(2.5)                       => 3
          round(-2.5)                      => -3
          round(value / 7, 2)              => 142.93
          round(1234.5, 0)                 => 1235
          number('12.50') + 1              => 13.5
          size(title)                      => 11
          size(custom.tags)                => 2
          days(wonAt - createdAt)          => 30.5
          hours(wonAt - createdAt)         => 732
          days(createdAt - wonAt)          => -30.5
          days(duration('12h'))            => 0.5
          workdays(createdAt, wonAt)       => 22.5
          workdays(wonAt, createdAt)       => -22.5
          workdays(wonAt, wonAt)           => 0
          workdays(createdAt, wonAt, 'Asia/Jakarta') => 22.5
          days(duration('1d6h') + duration('90m')) => 1.3125
          status == 'won' ? value : 0      => 1000.5
          status == 'lost' ? value : 0     => 0
          value > 0 ? 1 / value : 0.0      => 0.0009995002498750624687656171914042979
          custom.points + 1                => 4
          custom.points + custom.team.size => 5
          custom['Deal size'] * 2          => 3
          custom.points / custom.team.size => 1.5
          """)
  void numbers_are_exact(String expression, String expected) {
    assertThat(value(expression)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          value == 1000.5                         => true
          value == 1000.50                        => true
          1000.5 == value                         => true
          value == 1000                           => false
          value != 1000                           => true
          value > 1000                            => true
          1000 > value                            => false
          value >= 1000.5                         => true
          1000.5 <= value                         => true
          value < 1000.51                         => true
          0.1 + 0.2 == 0.3                        => true
          1 / 3 == 0                              => false
          value in [1, 1000.5]                    => true
          custom.points == 3                      => true
          3.0 == custom.points                    => true
          custom.points > 2.5                     => true
          2 < custom.points                       => true
          custom.points > custom.team.size        => true
          custom.points in [1, 3.0]               => true
          status == 'won'                         => true
          status != 'won'                         => false
          status in ['won', 'lost']               => true
          status > 'open'                         => true
          title.contains('Renew')                 => true
          title.startsWith('Big')                 => true
          title.endsWith('Big')                   => false
          title.matches('^Big .*al$')             => true
          lower(title) == 'big renewal'           => true
          title + '!' == 'Big Renewal!'           => true
          wonAt > createdAt                       => true
          wonAt - createdAt > duration('30d')     => true
          createdAt + duration('30d') < wonAt     => true
          wonAt >= timestamp('2026-10-01T14:00:00+02:00') => true
          timestamp('2026-10-01', 'Asia/Jakarta') == timestamp('2026-09-30T17:00:00Z') => true
          timestamp('2026-03-29', 'Africa/Cairo') == timestamp('2026-03-28T22:00:00Z') => true
          timestamp('2026-04-24', 'Africa/Cairo') == timestamp('2026-04-23T22:00:00Z') => true
          timestamp('2026-10-25T02:30', 'Europe/Berlin') == timestamp('2026-10-25T00:30:00Z') => true
          timestamp('2026-10-25T03:00', 'Europe/Berlin') == timestamp('2026-10-25T02:00:00Z') => true
          timestamp('2026-03-29T03:00', 'Europe/Berlin') == timestamp('2026-03-29T01:00:00Z') => true
          timestamp('2026-10-01T14:00:00+02:00', 'Asia/Jakarta') == timestamp('2026-10-01T12:00:00Z') => true
          max(createdAt, wonAt) == wonAt          => true
          updatedAt == timestamp('2026-10-01T00:00:00Z') => true
          id == '7'                               => true
          custom.urgent                           => true
          custom.urgent && status == 'won'        => true
          custom.tier == 'gold'                   => true
          'eu' in custom.tags                     => true
          custom.tags.exists(t, t == 'new')       => true
          custom.tags.all(t, size(t) > 2)         => false
          custom.tags.filter(t, size(t) > 2) == ['new'] => true
          custom.tags.map(t, lower(t)) == ['new', 'eu'] => true
          has(custom.tier)                        => true
          has(custom.missing)                     => false
          !has(custom.gone)                       => true
          """)
  void tests_are_true_or_false(String expression, boolean expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          labels.exists(l, l == 'bug')                 => true
          labels.all(l, l == 'bug')                    => false
          labels.exists_one(l, l.startsWith('u'))      => true
          'bug' in labels                              => true
          'chore' in labels                            => false
          size(labels) > 1                             => true
          size(labels.filter(l, l != 'bug')) == 1      => true
          labels == ['bug', 'ui']                      => true
          """)
  void lists_can_be_searched(String expression, boolean expected) {
    assertThat(compiled(RecordKind.ISSUE, expression).evaluate(ISSUE))
        .isEqualTo(new Outcome.Known(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          lostAt == null                          => true
          lostAt != null                          => false
          null == lostAt                          => true
          wonAt != null && status == 'won'        => true
          owner == null || owner == 'ann'         => true
          custom.gone == null                     => true
          custom.missing.deep == null             => true
          custom['Deal size'] != null             => true
          custom != null                          => true
          owner == 'ann' || status == 'won'       => true
          status == 'won' || owner == 'ann'       => true
          owner == 'ann' && status == 'lost'      => false
          lostAt != null ? lostAt > wonAt : false => false
          """)
  void unset_fields_can_be_asked_for_and_do_not_disturb_what_is_decided(
      String expression, boolean expected) {
    assertThat(value(expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          owner                              => owner
          owner == 'ann'                     => owner
          owner != 'ann'                     => owner
          !(owner == 'ann')                  => owner
          owner in ['ann']                   => owner
          'by ' + owner                      => owner
          lower(owner).contains('a')         => owner
          lostAt > wonAt                     => lostAt
          lostAt == wonAt                    => lostAt
          days(lostAt - createdAt)           => lostAt
          workdays(createdAt, lostAt)        => lostAt
          max(lostAt, wonAt)                 => lostAt
          owner == 'ann' && status == 'won'  => owner
          owner == 'ann' || status == 'lost' => owner
          owner == 'ann' ? 1 : 0             => owner
          value > 0 ? lostAt : wonAt         => lostAt
          custom.gone                        => custom.gone
          custom.missing > 3                 => custom.missing
          custom.tier.deep == 'x'            => custom.tier.deep
          custom['No such'] + 1              => custom['No such']
          custom.missing.exists(t, t == 'a') => custom.missing
          expectedCloseAt > lostAt           => expectedCloseAt,lostAt
          """)
  void what_depends_on_an_unset_field_is_unset_and_names_it(String expression, String names) {
    assertThat(compiled(RecordKind.DEAL, expression).evaluate(DEAL))
        .isEqualTo(new Outcome.Unset(List.of(names.split(","))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          value / (value - 1000.5)  => division by nothing: value - 1000.5 is 0
          1 / (custom.points - 3)   => division by nothing: custom.points - 3 is 0
          number(custom.tier) > 3   => formula failed: 'gold' is not a number
          timestamp(custom.tier)    => formula failed: 'gold' is not a time; one looks like 2026-10-01T00:00:00Z
          timestamp(custom.tier, 'Asia/Jakarta') => formula failed: 'gold' is not a time; one looks like 2026-10-01T00:00:00Z
          timestamp(custom.tier, custom.tier) => formula failed: 'gold' is not a time zone; one looks like Asia/Jakarta
          duration(custom.tier)     => formula failed: 'gold' is not a duration; one looks like 30d, 12h, 90m or 1d12h
          workdays(createdAt, wonAt, custom.tier) => formula failed: 'gold' is not a time zone; one looks like Asia/Jakarta
          round(value, value)       => formula failed: round() takes 0 to 10 decimals, not 1000.5
          custom.tier > 3           => formula failed: cannot be computed where custom.tier is text
          custom.points + 'x'       => formula failed: cannot be computed where custom.points is number
          custom.tier && value > 1  => formula failed: cannot be computed where custom.tier is text
          custom.tags * 2           => formula failed: cannot be computed where custom.tags is list of texts
          """)
  void what_cannot_be_computed_says_why(String expression, String reason) {
    Outcome outcome = compiled(RecordKind.DEAL, expression).evaluate(DEAL);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).reason()).hasToString(reason);
  }

  @Test
  void a_number_beyond_all_bounds_fails_instead_of_filling_the_memory() {
    SourceRecord absurd = Samples.record("1", "{'value': 1e999999999}");
    Outcome outcome = compiled(RecordKind.DEAL, "value + 1 > 0").evaluate(absurd);
    assertThat(((Outcome.Failed) outcome).reason().text())
        .isEqualTo("value is too large or too fine a number");
  }

  @Test
  void a_loop_in_a_loop_ends() {
    String numbers = "[1,2,3,4,5,6,7,8,9,10]";
    String nested =
        "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, %1$s.all(e, a + b + c + d + e > 0)))))"
            .formatted(numbers);
    assertThat(compiled(RecordKind.DEAL, nested).evaluate(DEAL)).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void knows_the_names_it_uses_in_the_order_they_are_written() {
    assertThat(compiled(RecordKind.DEAL, "wonAt > createdAt && custom.tier == status").names())
        .containsExactly("wonAt", "createdAt", "custom.tier", "status");
  }

  private static Object value(String expression) {
    Outcome outcome = compiled(RecordKind.DEAL, expression).evaluate(DEAL);
    assertThat(outcome).as(expression).isInstanceOf(Outcome.Known.class);
    return ((Outcome.Known) outcome).value();
  }

  private static Expression<SourceRecord> compiled(RecordKind kind, String expression) {
    return Samples.ready(
        RecordVocabulary.forKind(kind).compile("value", expression, new HashSet<>(ValueType.ALL)));
  }
}
