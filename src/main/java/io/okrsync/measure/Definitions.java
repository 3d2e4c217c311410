package io.okrsync.measure;

import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names for expressions: "MQL" said once and used everywhere. A definition can be used wherever the
 * names in it are known: over the records of a kind, or over measures in a formula.
 */
public final class Definitions {
  public static final Definitions NONE = of(Map.of(), Map.of(), Set.of());

  private final Map<String, String> texts;
  private final Map<String, Map<String, BigDecimal>> tables;
  private final Set<String> wrong;
  private final List<String> order = new ArrayList<>();
  private final Map<String, List<String>> circles = new LinkedHashMap<>();
  private final Map<RecordKind, Vocabulary<SourceRecord>> byKind = new ConcurrentHashMap<>();

  private Definitions(
      Map<String, String> texts, Map<String, Map<String, BigDecimal>> tables, Set<String> wrong) {
    this.texts = new LinkedHashMap<>(texts);
    this.tables = new LinkedHashMap<>(tables);
    tables.forEach((name, numbers) -> this.texts.put(name, text(numbers)));
    this.wrong = new LinkedHashSet<>(wrong);
    this.texts.keySet().forEach(name -> visit(name, new LinkedHashSet<>()));
  }

  /**
   * Expressions by their names.
   *
   * @param tables numbers by keys, which are lists of keys to records and numbers to formulas
   * @param wrong names that were meant to be defined and are not, which has been reported
   */
  public static Definitions of(
      Map<String, String> texts, Map<String, Map<String, BigDecimal>> tables, Set<String> wrong) {
    return new Definitions(texts, tables, wrong);
  }

  /** Numbers by keys, by the name of the table. */
  public Map<String, Map<String, BigDecimal>> tables() {
    return Collections.unmodifiableMap(tables);
  }

  /** What leads from a definition to itself, by the definition with which it is to be reported. */
  public Map<String, List<String>> circles() {
    return circles;
  }

  public Set<String> names() {
    return Collections.unmodifiableSet(texts.keySet());
  }

  /** The fields of a kind of record, and the definitions that fit them. */
  public Vocabulary<SourceRecord> over(RecordKind kind) {
    return byKind.computeIfAbsent(
        kind, it -> extend(RecordVocabulary.forKind(it), Definitions::looked));
  }

  /**
   * These names and the definitions that fit them.
   *
   * @param lookup how a definition is evaluated there
   */
  public <S> Vocabulary<S> extend(
      Vocabulary<S> names, Function<Expression<S>, Name.Lookup<S>> lookup) {
    Map<String, Name<S>> defined = new LinkedHashMap<>();
    Map<String, String> misfits = new LinkedHashMap<>();
    wrong.forEach(name -> misfits.put(name, ""));
    circles.values().forEach(circle -> circle.forEach(name -> misfits.put(name, "")));
    for (String name : order) {
      if (!misfits.containsKey(name) && !names.names().containsKey(name)) {
        Vocabulary<S> known = names.with(defined, misfits);
        Compiled<Expression<S>> compiled = compile(known, name);
        if (compiled instanceof Compiled.Ready<Expression<S>> ready) {
          defined.put(name, new Name<>(ready.value().type(), lookup.apply(ready.value())));
        } else {
          misfits.put(name, ((Compiled.Refused<?>) compiled).problems().get(0).message());
        }
      }
    }
    return names.with(defined, misfits);
  }

  /** What is wrong with a definition where these names are known; nothing where it fits. */
  public <S> List<ExpressionProblem> problems(String name, Vocabulary<S> extended) {
    return compile(extended, name) instanceof Compiled.Refused<?> refused
        ? refused.problems()
        : List.of();
  }

  /** The definitions on which an expression depends, and their texts, by name. */
  public Map<String, String> behind(String expression) {
    Map<String, String> behind = new TreeMap<>();
    gather(expression, behind);
    return behind;
  }

  /** The same as far as records see it: of a table only its keys. */
  public Map<String, String> behindRecords(String expression) {
    Map<String, String> behind = behind(expression);
    behind.replaceAll(
        (name, text) -> {
          @Nullable Map<String, BigDecimal> table = tables.get(name);
          return table == null ? text : list(table.keySet());
        });
    return behind;
  }

  private void gather(String expression, Map<String, String> to) {
    for (String name : named(expression)) {
      String text = texts.getOrDefault(name, "");
      if (to.put(name, text) == null) {
        gather(text, to);
      }
    }
  }

  private List<String> named(String expression) {
    return texts.isEmpty() || expression.startsWith("{")
        ? List.of()
        : Identifiers.in(expression).stream().filter(texts::containsKey).toList();
  }

  private <S> Compiled<Expression<S>> compile(Vocabulary<S> known, String name) {
    @Nullable Map<String, BigDecimal> table = tables.get(name);
    String text = table == null ? texts.getOrDefault(name, "") : list(table.keySet());
    return known.compile("definitions", text, ValueType.VALUES);
  }

  /** As it is written: {@code {"ann": 3, "bob": 5}}. */
  private static String text(Map<String, BigDecimal> numbers) {
    return numbers.entrySet().stream()
        .map(it -> quoted(it.getKey()) + ": " + it.getValue().toPlainString())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** These texts as an expression. */
  public static String list(Collection<String> texts) {
    return texts.stream().map(Definitions::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private void visit(String name, Set<String> way) {
    if (order.contains(name)) {
      return;
    }
    if (!way.add(name)) {
      List<String> circle = new ArrayList<>(way);
      circle.subList(0, circle.indexOf(name)).clear();
      circles.put(circle.stream().min(this::byPlace).orElse(name), circle);
      return;
    }
    named(texts.getOrDefault(name, "")).forEach(next -> visit(next, new LinkedHashSet<>(way)));
    if (!order.contains(name)) {
      order.add(name);
    }
  }

  private int byPlace(String one, String other) {
    List<String> names = List.copyOf(texts.keySet());
    return Integer.compare(names.indexOf(one), names.indexOf(other));
  }

  private static Name.Lookup<SourceRecord> looked(Expression<SourceRecord> expression) {
    return record -> {
      Outcome outcome = expression.evaluate(record);
      if (outcome instanceof Outcome.Failed failed) {
        throw new EvaluationFailure(failed.reason().name(), failed.reason().text());
      }
      return outcome instanceof Outcome.Known known ? known.value() : null;
    };
  }
}
