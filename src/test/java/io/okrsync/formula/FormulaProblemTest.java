package io.okrsync.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.RecordKind;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Compiled;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin reads about the usual mistakes in formulas over keys and times, in full. */
class FormulaProblemTest {
  private static final Scope QUARTER =
      Scope.of(
          LocalDate.of(2026, 10, 1),
          LocalDate.of(2026, 12, 31),
          ZoneOffset.UTC,
          Instant.parse("2026-11-12T09:00:00Z"));

  private static final FormulaVocabulary KNOWN =
      FormulaVocabulary.of(
          List.of(
              Samples.keyed("won", "owner"),
              Samples.counting("lost"),
              timed("first_on", Aggregate.MIN, "owner"),
              timed("last_on", Aggregate.MAX, "owner"),
              timed("decided_on", Aggregate.LATEST, null)),
          Definitions.of(Map.of(), Map.of("quota", Map.of("ann", BigDecimal.TEN)), Set.of()));

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '"',
      textBlock =
          """
          first_on                         => 1:1 formula must be number, but this is time of a measure (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          first_on + 1                     => 1:10 cannot add number to time of a measure: first_on + 1 (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          first_on - 30                    => 1:10 cannot subtract number from time of a measure: first_on - 30 (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          first_on + last_on               => 1:10 cannot add time of a measure to time of a measure: first_on + last_on (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          2 * first_on                     => 1:3 cannot multiply number by time of a measure: 2 * first_on (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          first_on > 20                    => 1:10 cannot compare time of a measure with number: first_on > 20 (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          won + previous(first_on)         => 1:5 cannot add time of a measure to number: won + previous(first_on) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          first_on > last_on               => 1:1 formula must be number, but this is yes/no (write … ? 1 : 0)
          max(groups(first_on))            => 1:1 max() cannot take list of times of a measure: max(groups(first_on)) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          average(each(first_on, 'month')) => 1:1 average() cannot take list of times of a measure: average(each(first_on, 'month')) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          max(first_on, 3)                 => 1:1 max() cannot take time of a measure, number: max(first_on, 3) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          won > 3 ? first_on : last_on     => 1:1 formula must be number, but this is time of a measure (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          round(ever(decided_on))          => 1:1 round() cannot take time of a measure: round(ever(decided_on)) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          matched(won, quota)              => 1:1 this is called otherwise: matched(won, quota) (write it such as matched(won / quota) or matched(ever(paid_on) - trial_on))
          groups(won, first_on)            => 1:1 this is called otherwise: groups(won, first_on) (write it such as groups(deals_won))
          matched(5)                       => 1:1 no measure is in it, so it has no keys: matched(5) (write it such as matched(won / quota) or matched(ever(paid_on) - trial_on))
          groups(1 + 2)                    => 1:1 no measure is in it, so it has no keys: groups(1 + 2) (write it such as groups(deals_won))
          size(quota)                      => 1:1 size() cannot take number: size(quota) (size(groups(…)) tells how many keys there are)
          quota['ann']                     => 1:6 one key cannot be taken alone: quota['ann'] (for one key take a measure with where: owner == 'ann', and a number in a definition of its own)
          quota.ann                        => 1:6 number has no fields: quota.ann (for one key take a measure with where: owner == 'ann', and a number in a definition of its own)
          among(won, quota)                => 1:1 'quota' has no records of which among() could take the keys: among(won, quota) (write where: owner in quota in the measure, or take matched(…) for the keys that both have)
          among(quota, won)                => 1:1 'quota' has no records of which among() could take some (take matched(…) for the keys that both have)
          among(won, previous(quota))      => 1:1 'quota' has no records of which among() could take the keys: among(won, previous(quota)) (write where: owner in quota in the measure, or take matched(…) for the keys that both have)
          among(won)                       => 1:1 this is called otherwise: among(won) (write it such as among(revenue, previous(ever(customers))))
          groups(lost)                     => 1:1 'lost' has no keys (give it a 'by' in measures.yaml, such as by: owner)
          size(won)                        => 1:1 size() cannot take number: size(won) (size(groups(…)) tells how many keys there are)
          size(matched(won > 3))           => 1:18 matched() takes a number, not yes/no: won > 3 (write … ? 1 : 0)
          matched(won)                     => 1:1 formula must be number, but this is list of numbers (take one number of it: sum(…), average(…), min(…), max(…) or size(…))
          percentile(won, 90)              => 1:1 percentile() cannot take number, number: percentile(won, 90) (write it such as percentile(each(deals_won, 'day'), 90))
          percentile(groups(won))          => 1:1 percentile() cannot take list of numbers: percentile(groups(won)) (write it such as percentile(each(deals_won, 'day'), 90))
          each(won, month)                 => 1:11 a text in quotes must stand here (write it such as each(deals_won, 'month'))
          last(won, 30)                    => 1:11 a text in quotes must stand here (write it such as last(deals_won, '30d'))
          last(won, 30d)                   => 1:13 unexpected 'd' (a length of time stands in quotes, such as '30d')
          each(5, 'month')                 => 1:1 formula must be number, but this is list of numbers (take one number of it: sum(…), average(…), min(…), max(…) or size(…))
          days(first_on, last_on)          => 1:1 days() cannot take time of a measure, time of a measure: days(first_on, last_on) (a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on)
          days(last_on - first_on)         => 1:1 days() cannot take number: days(last_on - first_on) (the difference of two measures of times is a number of days already)
          groups(won)[0]                   => 1:12 one key cannot be taken alone: groups(won)[0] (for one key take a measure with where: owner == 'ann', and a number in a definition of its own)
          groups(won).ann                  => 1:12 list of numbers has no fields: groups(won).ann (for one key take a measure with where: owner == 'ann', and a number in a definition of its own)
          won['ann']                       => 1:4 one key cannot be taken alone: won['ann'] (for one key take a measure with where: owner == 'ann', and a number in a definition of its own)
          """)
  void mistakes_of_keys_and_times(String formula, String expected) {
    assertThat(problems(formula)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "last_on - first_on",
        "ever(last_on) - previous(first_on)",
        "first_on > previous(last_on) ? 1 : 0",
        "max(first_on, decided_on) - min(first_on, decided_on)",
        "size(groups(first_on))",
        "size(matched(among(first_on, previous(last_on))).filter(t, t < decided_on))",
        "sum(matched(won / quota))"
      })
  void a_time_may_be_subtracted_compared_and_counted(String formula) {
    assertThat(problems(formula)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"groups, 1000", "matched, 1000", "groups, 1001", "matched, 1001"})
  void more_keys_than_can_be_kept_are_a_reason_and_never_a_part_of_them(String function, int keys) {
    Formula formula = Samples.ready(KNOWN.compile("size(%s(won))".formatted(function)));
    Map<MeasureUse, Reading> readings = new HashMap<>();
    for (MeasureUse use : formula.uses(QUARTER)) {
      readings.put(use, new Reading("won", use.window(), keys, BigDecimal.valueOf(keys), null));
      for (int i = 0; i < keys; i++) {
        readings.put(use.of("k" + i), new Reading("won", use.window(), 1, BigDecimal.ONE, null));
      }
    }
    assertThat(formula.evaluate(QUARTER, readings))
        .isEqualTo(
            keys <= 1000
                ? new Evaluation.Value(BigDecimal.valueOf(1000))
                : new Evaluation.NoValue(
                    new Reason(
                        Reason.Name.FORMULA_FAILED,
                        function
                            + "(…) has 1001 keys, and 1000 are the most: each is kept as evidence"
                            + " of the value; take fewer by a where or among(…)")));
  }

  @Test
  void a_key_without_a_number_is_named_with_the_one_that_may_be_meant() {
    assertThat(oneSale("max(groups(won / quota))", "amn"))
        .isEqualTo(
            "formula failed: 'quota' has no number for 'amn' (is 'ann' meant for it?); give it one,"
                + " or take matched(…)");
    assertThat(oneSale("max(groups(won / quota))", ""))
        .isEqualTo(
            "formula failed: 'quota' can have no number for records without a key; leave them out"
                + " by a where such as owner != null, or take matched(…)");
    assertThat(oneSale("max(matched(won / quota))", "amn"))
        .isEqualTo(
            "no records: max() of an empty list: no period of it is over yet, or no key has what is"
                + " asked for");
  }

  private static String oneSale(String text, String key) {
    Formula formula = Samples.ready(KNOWN.compile(text));
    Map<MeasureUse, Reading> readings = new HashMap<>();
    for (MeasureUse use : formula.uses(QUARTER)) {
      Reading one = new Reading("won", use.window(), 1, BigDecimal.ONE, null);
      readings.put(use, one);
      readings.put(use.of(key), one);
    }
    return ((Evaluation.NoValue) formula.evaluate(QUARTER, readings)).reason().toString();
  }

  private static String problems(String formula) {
    Compiled<Formula> compiled = KNOWN.compile(formula);
    return Samples.problems(compiled).stream()
        .map(
            it ->
                "%d:%d %s%s"
                    .formatted(
                        it.line(),
                        it.column(),
                        it.message(),
                        it.hint() == null ? "" : " (" + it.hint() + ")"))
        .collect(Collectors.joining("\n"));
  }

  private static Measure timed(String name, Aggregate aggregate, @Nullable String by) {
    return Samples.ready(
        Measure.compile(
            new MeasureDefinition(
                name, "crm", null, "wonAt", aggregate, "wonAt", null, by, null, null),
            RecordKind.DEAL));
  }
}
