package io.okrsync.formula;

import io.okrsync.measure.Compiled;
import io.okrsync.measure.Decimals;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.Exact;
import io.okrsync.measure.Expression;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.ValueType;
import io.okrsync.measure.Vocabulary;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
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
  private final Body body;
  private final Set<Measure> measures = new LinkedHashSet<>();

  private Formula(String text, Body body) {
    this.text = text;
    this.body = body;
    body.measures(measures);
  }

  /**
   * Compiles a formula over these measures, or says all that is wrong with it; the key of the
   * problems is {@code formula}.
   */
  public static Compiled<Formula> compile(String text, Collection<Measure> known) {
    return FormulaVocabulary.of(known, Definitions.NONE).compile(text);
  }

  static Compiled<Formula> compile(String text, Vocabulary<Here> vocabulary) {
    Compiled<Expression<Here>> compiled =
        vocabulary.compile("formula", text, Set.of(ValueType.NUMBER));
    if (compiled instanceof Compiled.Refused<Expression<Here>> refused) {
      return new Compiled.Refused<>(refused.problems());
    }
    Expression<Here> expression = ((Compiled.Ready<Expression<Here>>) compiled).value();
    return new Compiled.Ready<>(new Formula(text, new Body(expression)));
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** The measures it is computed from, in the order in which they are written. */
  public Set<String> measures() {
    return measures.stream()
        .map(it -> it.definition().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The keys of the tables of the configuration that it takes numbers from, by their names. */
  public SortedMap<String, Set<String>> tables() {
    Set<TablePart> tables = new LinkedHashSet<>();
    body.tables(tables);
    SortedMap<String, Set<String>> keys = new TreeMap<>();
    tables.forEach(it -> keys.put(it.name(), it.numbers().keySet()));
    return keys;
  }

  /** Whether its value may be another tomorrow though no record changes. */
  public boolean movesWithTime() {
    return body.movesWithTime();
  }

  /** What must be read to evaluate it in this scope, in the order in which it is written. */
  public Set<MeasureUse> uses(Scope scope) {
    Set<MeasureUse> uses = new LinkedHashSet<>();
    body.uses(scope, uses::add);
    return Collections.unmodifiableSet(uses);
  }

  /**
   * What it comes to in this scope.
   *
   * @param readings one of each of {@link #uses}, and for those that are grouped one of each of
   *     their keys
   */
  public Evaluation evaluate(Scope scope, Map<MeasureUse, Reading> readings) {
    Here here = new Here(scope, readings, null);
    uses(scope).forEach(here::whole);
    Object exact = body.value(here);
    if (exact == null) {
      return new Evaluation.NoValue(body.whyNot(here));
    }
    BigDecimal value = Decimals.rounded(((Exact) exact).value());
    return Decimals.isTooLarge(value)
        ? new Evaluation.NoValue(
            new Reason(Reason.Name.FORMULA_FAILED, "the result is too large a number"))
        : new Evaluation.Value(value);
  }
}
