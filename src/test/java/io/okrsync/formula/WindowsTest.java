package io.okrsync.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Samples;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which windows a formula reads its measures. */
class WindowsTest {
  private static final List<Measure> KNOWN =
      Stream.of("won", "lost").map(Samples::counting).toList();
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");

  private final Scope quarter = quarter("2026-11-12T09:00:00Z");

  /** On 12 November 2026, a Thursday, in the fourth quarter. */
  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          won                                     => won 2026-10-01..2027-01-01
          to_date(won)                            => to_date(won) 2026-10-01..2026-11-12
          ever(won)                               => ever(won) 0001-01-01..2027-01-01
          to_date(ever(won))                      => to_date(ever(won)) 0001-01-01..2026-11-12
          ever(to_date(won))                      => ever(to_date(won)) 0001-01-01..2026-11-12
          previous(won)                           => previous(won) 2026-07-01..2026-10-01
          previous(previous(won))                 => previous(previous(won)) 2026-04-01..2026-07-01
          previous(ever(won))                     => previous(ever(won)) 0001-01-01..2026-10-01
          ever(previous(won))                     => ever(previous(won)) 0001-01-01..2026-10-01
          previous(to_date(won))                  => previous(to_date(won)) 2026-07-01..2026-08-12
          to_date(previous(won))                  => to_date(previous(won)) 2026-08-20..2026-10-01
          year_ago(won)                           => year_ago(won) 2025-10-01..2026-01-01
          year_ago(to_date(won))                  => year_ago(to_date(won)) 2025-10-01..2025-11-12
          last(won, '30d')                        => last(won, '30d') 2026-10-13..2026-11-12
          last(won, '30 days')                    => last(won, '30 days') 2026-10-13..2026-11-12
          last(won, 'week')                       => last(won, 'week') 2026-11-02..2026-11-09
          last(won, '2 months')                   => last(won, '2 months') 2026-09-01..2026-11-01
          last(won, 'quarter')                    => last(won, 'quarter') 2026-07-01..2026-10-01
          last(won, 'year')                       => last(won, 'year') 2025-01-01..2026-01-01
          last(previous(won), '30d')              => last(previous(won), '30d') 2026-09-13..2026-10-13
          previous(last(won, '30d'))              => previous(last(won, '30d')) 2026-07-13..2026-08-12
          sum(each(won, 'month'))                 => each(won, 'month')[2026-10-01] 2026-10-01..2026-11-01
          sum(each(won, 'quarter'))               =>
          sum(each(won, 'week'))                  => each(won, 'week')[2026-10-05] 2026-10-05..2026-10-12, each(won, 'week')[2026-10-12] 2026-10-12..2026-10-19, each(won, 'week')[2026-10-19] 2026-10-19..2026-10-26, each(won, 'week')[2026-10-26] 2026-10-26..2026-11-02, each(won, 'week')[2026-11-02] 2026-11-02..2026-11-09
          sum(each(won - previous(won), 'month')) => each(won, 'month')[2026-10-01] 2026-10-01..2026-11-01, each(previous(won), 'month')[2026-10-01] 2026-09-01..2026-10-01
          sum(each(ever(won), 'month'))           => each(ever(won), 'month')[2026-10-01] 0001-01-01..2026-11-01
          previous(sum(each(won, 'month')))       => previous(each(won, 'month')[2026-07-01]) 2026-07-01..2026-08-01
          previous(100 * won / (won + lost))      => previous(won) 2026-07-01..2026-10-01, previous(lost) 2026-07-01..2026-10-01
          """)
  void a_window_is_made_of_whole_days(String formula, String expected) {
    assertThat(windows(formula, quarter)).isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void a_cycle_that_has_ended_stays_as_it_was_at_its_end() {
    Scope later = quarter("2027-03-09T00:00:00Z");
    assertThat(windows("to_date(won)", later)).isEqualTo("to_date(won) 2026-10-01..2027-01-01");
    assertThat(windows("last(won, '7d')", later))
        .isEqualTo("last(won, '7d') 2026-12-25..2027-01-01");
    assertThat(windows("previous(to_date(won))", later))
        .isEqualTo("previous(to_date(won)) 2026-07-01..2026-10-01");
    assertThat(windows("sum(each(won, 'month'))", later)).contains("2026-12-01..2027-01-01");
  }

  @Test
  void a_cycle_that_has_not_begun_has_no_day_that_is_over() {
    Scope before = quarter("2026-09-30T16:59:59Z");
    assertThat(windows("to_date(won)", before)).isEmpty();
    assertThat(windows("previous(to_date(won))", before)).isEmpty();
    assertThat(windows("sum(each(won, 'day'))", before)).isEmpty();
    assertThat(evaluate("to_date(won)", before))
        .isEqualTo(
            new Evaluation.NoValue(
                new Reason(
                    Reason.Name.NOT_YET, "no day of to_date(won), from 2026-10-01 on, is over")));
    assertThat(evaluate("average(each(won, 'day'))", before))
        .isEqualTo(
            new Evaluation.NoValue(
                new Reason(
                    Reason.Name.NO_RECORDS,
                    "average() of an empty list: no period of it is over yet, or no key"
                        + " has what is asked for")));
  }

  @Test
  void the_first_day_is_over_at_midnight_of_the_zone() {
    assertThat(windows("to_date(won)", quarter("2026-10-01T16:59:59.999999Z"))).isEmpty();
    assertThat(windows("to_date(won)", quarter("2026-10-01T17:00:00Z")))
        .isEqualTo("to_date(won) 2026-10-01..2026-10-02");
  }

  @Test
  void a_day_on_which_the_clock_changes_is_one_day() {
    Scope scope =
        Scope.of(
            LocalDate.of(2026, 10, 1),
            LocalDate.of(2026, 12, 31),
            ZoneId.of("Europe/Berlin"),
            Instant.parse("2026-10-27T12:00:00Z"));
    assertThat(compiled("last(won, '2d')").uses(scope))
        .singleElement()
        .extracting(use -> use.window().from() + " " + use.window().to())
        .isEqualTo("2026-10-24T22:00:00Z 2026-10-26T23:00:00Z");
  }

  @Test
  void a_cycle_of_days_that_are_no_months_is_preceded_by_as_many_days() {
    Scope fortnight =
        Scope.of(
            LocalDate.of(2026, 3, 9),
            LocalDate.of(2026, 3, 22),
            JAKARTA,
            Instant.parse("2026-03-12T00:00:00Z"));
    assertThat(windows("previous(won)", fortnight))
        .isEqualTo("previous(won) 2026-02-23..2026-03-09");
    assertThat(windows("previous(to_date(won))", fortnight))
        .isEqualTo("previous(to_date(won)) 2026-02-23..2026-02-26");
  }

  @Test
  void numbers_of_periods_are_taken_together() {
    assertThat(evaluate("average(each(won, 'week'))", quarter)).isEqualTo(value("3"));
    assertThat(evaluate("min(each(won, 'week'))", quarter)).isEqualTo(value("1"));
    assertThat(evaluate("max(each(won, 'week'))", quarter)).isEqualTo(value("5"));
    assertThat(evaluate("median(each(won, 'week'))", quarter)).isEqualTo(value("3"));
    assertThat(evaluate("percentile(each(won, 'week'), 80)", quarter)).isEqualTo(value("4"));
    assertThat(evaluate("percentile(each(won, 'week'), 81)", quarter)).isEqualTo(value("5"));
    assertThat(evaluate("size(each(won, 'week'))", quarter)).isEqualTo(value("5"));
    assertThat(evaluate("100 * average(each(won >= 4 ? 1 : 0, 'week'))", quarter))
        .isEqualTo(value("40"));
    assertThat(evaluate("size(each(won, 'week').filter(n, n >= 4))", quarter))
        .isEqualTo(value("2"));
    assertThat(evaluate("each(won, 'week').all(n, n >= 1) ? 1 : 0", quarter)).isEqualTo(value("1"));
  }

  @Test
  void one_period_without_a_value_withholds_the_whole() {
    assertThat(evaluate("sum(each(1 / (won - 2), 'week'))", quarter))
        .isEqualTo(
            new Evaluation.NoValue(new Reason(Reason.Name.DIVISION_BY_NOTHING, "won - 2 is 0")));
  }

  @Test
  void only_what_ends_with_a_day_moves_with_time() {
    assertThat(compiled("won + previous(ever(lost))").movesWithTime()).isFalse();
    assertThat(compiled("won + previous(to_date(lost))").movesWithTime()).isTrue();
    assertThat(compiled("last(won, '7d')").movesWithTime()).isTrue();
    assertThat(compiled("previous(sum(each(won, 'day')))").movesWithTime()).isTrue();
  }

  private static Scope quarter(String now) {
    return Scope.of(
        LocalDate.of(2026, 10, 1), LocalDate.of(2026, 12, 31), JAKARTA, Instant.parse(now));
  }

  private static Formula compiled(String formula) {
    return Samples.ready(Formula.compile(formula, KNOWN));
  }

  private static String windows(String formula, Scope scope) {
    return compiled(formula).uses(scope).stream()
        .map(
            use ->
                "%s %s..%s"
                    .formatted(use, day(use.window().from(), scope), day(use.window().to(), scope)))
        .collect(Collectors.joining(", "));
  }

  private static LocalDate day(Instant start, Scope scope) {
    LocalDate day = start.atZone(scope.zone()).toLocalDate();
    assertThat(day.getYear() == 1 ? start : day.atStartOfDay(scope.zone()).toInstant())
        .isEqualTo(start);
    return day;
  }

  /** Each measure counts one more in each window: 1, 2, 3 ... */
  private static Evaluation evaluate(String formula, Scope scope) {
    Formula compiled = compiled(formula);
    int[] count = {0};
    return compiled.evaluate(
        scope,
        compiled.uses(scope).stream()
            .collect(
                Collectors.toMap(
                    use -> use,
                    use ->
                        new Reading(
                            use.written(),
                            use.window(),
                            1,
                            BigDecimal.valueOf(++count[0]),
                            null))));
  }

  private static Evaluation value(String value) {
    return new Evaluation.Value(new BigDecimal(value));
  }
}
