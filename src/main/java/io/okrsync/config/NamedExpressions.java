package io.okrsync.config;

import io.okrsync.connector.RecordKind;
import io.okrsync.formula.FormulaVocabulary;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.ExpressionProblem;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The {@code definitions} of {@code measures.yaml}. */
final class NamedExpressions {
  private final Context context;
  private final Map<String, DefinitionText.Defined> defined = new LinkedHashMap<>();
  private final Definitions definitions;

  NamedExpressions(Optional<Section> file, Context context) {
    this.context = context;
    Set<String> wrong = new LinkedHashSet<>();
    file.map(section -> section.names(MeasureKeys.DEFINITIONS)).ifPresent(wrong::addAll);
    Map<String, DefinitionText.Defined> given =
        file.flatMap(section -> section.get(MeasureKeys.DEFINITIONS)).orElse(Map.of());
    Set<String> measures =
        file.map(section -> section.names(MeasureKeys.MEASURES)).orElse(Set.of());
    given.forEach((name, one) -> add(name, one, measures));
    wrong.removeAll(defined.keySet());
    Map<String, String> texts = new LinkedHashMap<>();
    Map<String, Map<String, BigDecimal>> tables = new LinkedHashMap<>();
    defined.forEach(
        (name, one) -> {
          if (one.table().isEmpty()) {
            texts.put(name, one.text());
          } else {
            tables.put(name, one.table());
          }
        });
    this.definitions = Definitions.of(texts, tables, wrong);
    definitions.circles().forEach(this::circle);
  }

  Definitions all() {
    return definitions;
  }

  /**
   * Reports definitions that fit neither measures nor any kind of record, as seen from where they
   * fit best.
   */
  void check(FormulaVocabulary formulas) {
    Set<String> circular = new LinkedHashSet<>();
    definitions.circles().values().forEach(circular::addAll);
    defined.forEach(
        (name, one) -> {
          if (!circular.contains(name)) {
            fewest(name, formulas).forEach(problem -> report(one, problem));
          }
        });
  }

  private void report(DefinitionText.Defined one, ExpressionProblem problem) {
    Place place = one.inside(problem.line(), problem.column());
    context.problems().add(place, problem.message(), problem.hint());
  }

  /** Where it fits best. What is wrong with another that it names is reported there. */
  private List<ExpressionProblem> fewest(String name, FormulaVocabulary formulas) {
    return Stream.concat(
            Arrays.stream(RecordKind.values())
                .map(kind -> definitions.problems(name, definitions.over(kind))),
            Stream.of(formulas.problems(name)))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow()
        .stream()
        .filter(problem -> !problem.message().startsWith("definition '"))
        .toList();
  }

  private void add(String name, DefinitionText.Defined one, Set<String> measures) {
    if (measures.contains(name)) {
      context.problem(one.node(), "'%s' is also the name of a measure".formatted(name));
      return;
    }
    Optional<RecordKind> fields =
        Arrays.stream(RecordKind.values())
            .filter(kind -> kind.fields().containsKey(name) || name.equals("id"))
            .findFirst();
    if (fields.isPresent()) {
      context.problem(
          one.node(),
          "'%s' is also a field of %s records".formatted(name, fields.get().label()),
          "take another name");
      return;
    }
    defined.put(name, one);
  }

  private void circle(String name, List<String> circle) {
    DefinitionText.Defined one = defined.get(name);
    if (one != null) {
      context.problem(
          one.node(),
          "is defined by itself: %s, %s".formatted(String.join(", ", circle), circle.get(0)),
          "each name must stand for something that does not need the name");
    }
  }
}
