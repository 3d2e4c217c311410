package io.okrsync.formula;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Compiled;
import io.okrsync.measure.Decimals;
import io.okrsync.measure.Exact;
import io.okrsync.measure.Expression;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Name;
import io.okrsync.measure.Outcome;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.ValueType;
import io.okrsync.measure.Vocabulary;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the value of a key result is, over measures. Compiled once, used by several threads.
 *
 * <p>A measure that has no value is asked for only where the formula needs it: in {@code deals_won
 * > 0 ? days_won / deals_won : 0} nothing depends on {@code days_won} while no deal is won. Where
 * the formula needs such a measure, there is no value but the measure's reason; nothing is ever
 * computed from a part of what is needed.
 */
public final class Formula {
  private final String text;
  private final Expression<Map<MeasureUse, Reading>> expression;
  private final Set<MeasureUse> uses;

  private Formula(
      String text,
      Expression<Map<MeasureUse, Reading>> expression,
      Map<String, MeasureUse> possible) {
    this.text = text;
    this.expression = expression;
    this.uses = new LinkedHashSet<>();
    expression.names().forEach(name -> uses.add(requireNonNull(possible.get(name))));
  }

  /**
   * Compiles a formula over these measures, or says all that is wrong with it; the key of the
   * problems is {@code formula}.
   */
  public static Compiled<Formula> compile(String text, Collection<Measure> known) {
    Map<String, MeasureUse> possible = possibleUses(known);
    Map<String, Name<Map<MeasureUse, Reading>>> names = new LinkedHashMap<>();
    possible.forEach((written, use) -> names.put(written, name(use)));
    Compiled<Expression<Map<MeasureUse, Reading>>> compiled =
        Vocabulary.needed(names).compile("formula", text, Set.of(ValueType.NUMBER));
    if (compiled instanceof Compiled.Refused<Expression<Map<MeasureUse, Reading>>> refused) {
      return new Compiled.Refused<>(refused.problems());
    }
    var ready = (Compiled.Ready<Expression<Map<MeasureUse, Reading>>>) compiled;
    return new Compiled.Ready<>(new Formula(text, ready.value(), possible));
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The measures that must be read to evaluate it, in the order in which it was written. */
  public Set<MeasureUse> uses() {
    return Collections.unmodifiableSet(uses);
  }

  /**
   * What it comes to.
   *
   * @param readings one of each of {@link #uses()}
   */
  public Evaluation evaluate(Map<MeasureUse, Reading> readings) {
    uses.forEach(use -> reading(use, readings));
    Outcome outcome = expression.evaluate(readings);
    if (outcome instanceof Outcome.Unset unset) {
      return new Evaluation.NoValue(reason(unset.names(), readings));
    }
    if (outcome instanceof Outcome.Failed failed) {
      return new Evaluation.NoValue(failed.reason());
    }
    BigDecimal value = Decimals.rounded(((Exact) ((Outcome.Known) outcome).value()).value());
    return Decimals.isTooLarge(value)
        ? new Evaluation.NoValue(
            new Reason(Reason.Name.FORMULA_FAILED, "the result is too large a number"))
        : new Evaluation.Value(value);
  }

  private static Reading reading(MeasureUse use, Map<MeasureUse, Reading> readings) {
    Reading reading = readings.get(use);
    if (reading == null) {
      throw new IllegalArgumentException("no reading was given for " + use);
    }
    return reading;
  }

  /** The reason of the first measure without a value, and the texts of all. */
  private Reason reason(List<String> unset, Map<MeasureUse, Reading> readings) {
    List<Reason> reasons =
        uses.stream()
            .filter(use -> unset.contains(use.toString()))
            .map(use -> reason(use, reading(use, readings)))
            .toList();
    return new Reason(
        reasons.get(0).name(),
        reasons.stream().map(Reason::text).collect(Collectors.joining("; ")));
  }

  private static Reason reason(MeasureUse use, Reading reading) {
    Reason reason = requireNonNull(reading.reason(), "a reading without value has a reason");
    return use.previous()
        ? new Reason(reason.name(), "in the cycle before, " + reason.text())
        : reason;
  }

  private static Map<String, MeasureUse> possibleUses(Collection<Measure> known) {
    Map<String, MeasureUse> uses = new LinkedHashMap<>();
    for (Measure measure : known) {
      for (boolean previous : new boolean[] {false, true}) {
        MeasureUse use = new MeasureUse(measure.definition().name(), previous);
        uses.put(use.toString(), use);
      }
    }
    return uses;
  }

  private static Name<Map<MeasureUse, Reading>> name(MeasureUse use) {
    return new Name<>(
        ValueType.NUMBER,
        readings -> {
          BigDecimal value = reading(use, readings).value();
          return value == null ? null : new Exact(value);
        });
  }
}
