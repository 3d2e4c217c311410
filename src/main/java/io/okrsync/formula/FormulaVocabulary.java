package io.okrsync.formula;

import io.okrsync.measure.Compiled;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.ExpressionProblem;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Name;
import io.okrsync.measure.ValueType;
import io.okrsync.measure.Vocabulary;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What formulas may say: measures, definitions over measures, and functions that look elsewhere.
 */
public final class FormulaVocabulary {
  private final Vocabulary<Here> vocabulary;
  private final Definitions definitions;

  private FormulaVocabulary(Vocabulary<Here> vocabulary, Definitions definitions) {
    this.vocabulary = vocabulary;
    this.definitions = definitions;
  }

  public static FormulaVocabulary of(Collection<Measure> measures, Definitions definitions) {
    Map<String, Name<Here>> names = new LinkedHashMap<>();
    for (Measure measure : measures) {
      String name = measure.definition().name();
      names.put(name, new Name<>(measure.type(), new MeasurePart(measure)));
    }
    definitions
        .tables()
        .forEach(
            (name, numbers) ->
                names.put(name, new Name<>(ValueType.NUMBER, new TablePart(name, numbers))));
    Vocabulary<Here> measured = Vocabulary.needed(names, Elsewhere.functions());
    return new FormulaVocabulary(
        definitions.extend(measured, expression -> new DefinedPart(new Body(expression))),
        definitions);
  }

  /** A formula, or all that is wrong with it; the key of the problems is {@code formula}. */
  public Compiled<Formula> compile(String text) {
    return Formula.compile(text, vocabulary);
  }

  /** What is wrong with a definition if it is one over measures; nothing where it is. */
  public List<ExpressionProblem> problems(String definition) {
    return definitions.problems(definition, vocabulary);
  }
}
