package io.okrsync.config;

import io.okrsync.connector.RecordKind;
import io.okrsync.formula.FormulaVocabulary;
import io.okrsync.lint.Level;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Compiled;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.ExpressionProblem;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the measures of {@code measures.yaml} over the records of their sources. */
final class Measures {
  private static final Set<String> MONEY = Set.of("value", "amount");

  private final Context context;
  private final Sources sources;
  private final NamedExpressions definitions;
  private final Rates rates;
  private final Map<String, Measure> measures = new LinkedHashMap<>();
  private final List<Measure> standIns = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();
  private final boolean known;
  private final Set<String> names;

  Measures(Optional<Section> file, Sources sources, Context context) {
    this.context = context;
    this.sources = sources;
    this.definitions = new NamedExpressions(file, context);
    this.rates = new Rates(file, context);
    Optional<Map<String, Section>> given =
        file.flatMap(section -> section.get(MeasureKeys.MEASURES));
    this.known = given.isPresent();
    given.ifPresent(all -> all.forEach(this::add));
    this.names = file.map(section -> section.names(MeasureKeys.MEASURES)).orElse(Set.of());
    names.stream()
        .filter(name -> !measures.containsKey(name))
        .forEach(name -> standIn(name).ifPresent(standIns::add));
    formulas().ifPresent(definitions::check);
  }

  Definitions definitions() {
    return definitions.all();
  }

  Map<String, Measure> all() {
    return measures;
  }

  /** Of all, also of those that have problems. */
  Set<String> names() {
    return names;
  }

  /** The kind of the records that a measure takes; empty while that is not known. */
  Optional<RecordKind> kind(String measure) {
    return Optional.ofNullable(measures.get(measure))
        .flatMap(it -> sources.kind(it.definition().from()));
  }

  /**
   * What formulas may say; they may also name measures that have problems of their own: a formula
   * is not wrong because of them. Empty where the file could not be read.
   */
  Optional<FormulaVocabulary> formulas() {
    List<Measure> named = new ArrayList<>(measures.values());
    named.addAll(standIns);
    return known ? Optional.of(FormulaVocabulary.of(named, definitions.all())) : Optional.empty();
  }

  private void add(String name, Section section) {
    compile(name, section).ifPresent(measure -> measures.put(name, measure));
  }

  private Optional<Measure> compile(String name, Section section) {
    Optional<String> from = section.get(MeasureKeys.FROM);
    if (from.isPresent() && !sources.mayExist(from.get())) {
      context
          .problems()
          .add(
              section.place(MeasureKeys.FROM.name()),
              "unknown source '" + from.get() + "'",
              Names.hint(from.get(), sources.names()));
    }
    Optional<RecordKind> kind = from.flatMap(sources::kind);
    Optional<MeasureDefinition> definition = definition(name, section);
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    if (kind.isEmpty()) {
      wrongForAnyKind(definition.get(), definitions.all())
          .forEach(problem -> report(section, problem));
      return Optional.empty();
    }
    checkMoney(definition.get(), kind.get(), section);
    Compiled<Measure> compiled = Measure.compile(definition.get(), kind.get(), definitions.all());
    boolean allowed = MeasureKeys.NAME.matcher(name).matches();
    problems(compiled).stream()
        .filter(problem -> allowed || !problem.key().equals("name")) // that was reported already
        .forEach(problem -> report(section, problem));
    return compiled instanceof Compiled.Ready<Measure> ready
        ? Optional.of(ready.value())
        : Optional.empty();
  }

  /** Not a problem, since all may be in one currency; but nothing would notice another. */
  private void checkMoney(MeasureDefinition definition, RecordKind kind, Section section) {
    boolean money =
        kind.fields().containsKey("currency") && MONEY.contains(String.valueOf(definition.value()));
    boolean chosen = String.valueOf(definition.where()).contains("currency");
    if (money
        && !chosen
        && definition.aggregate() != Aggregate.DISTINCT
        && definition.currency() == null) {
      Place place = section.place(definition.aggregate().key());
      remarks.add(
          new Remark(
              "currency-missing",
              Level.WARNING,
              place.problem(
                  "takes amounts in whatever currency they are",
                  "add 'currency: currency' and 'in: USD', so that another currency is noticed, or"
                      + " named 'rates' convert it")));
    }
  }

  /** What would be computed otherwise than it may be meant. */
  List<Remark> remarks() {
    return remarks;
  }

  /**
   * What is wrong whatever the source's records are, as far as that can be said while the source
   * has problems: seen from the kind of record that it fits best.
   */
  private static List<ExpressionProblem> wrongForAnyKind(
      MeasureDefinition definition, Definitions definitions) {
    return Arrays.stream(RecordKind.values())
        .map(kind -> problems(Measure.compile(definition, kind, definitions)))
        .min(Comparator.comparingInt(List::size))
        .orElseThrow();
  }

  private static List<ExpressionProblem> problems(Compiled<Measure> compiled) {
    return compiled instanceof Compiled.Refused<Measure> refused ? refused.problems() : List.of();
  }

  /** Empty where so much is missing that the expressions cannot be checked. */
  private Optional<MeasureDefinition> definition(String name, Section section) {
    Optional<Aggregate> aggregate =
        Arrays.stream(Aggregate.values())
            .filter(one -> section.get(MeasureKeys.of(one)).isPresent())
            .findFirst();
    Optional<String> from = section.get(MeasureKeys.FROM);
    String at = text(section, MeasureKeys.AT);
    if (aggregate.isEmpty() || from.isEmpty() || at == null) {
      return Optional.empty();
    }
    Key<Node.Scalar> value = MeasureKeys.VALUES.get(aggregate.get());
    String currency = text(section, MeasureKeys.CURRENCY);
    String in = section.get(MeasureKeys.IN).orElse(null);
    boolean money = currency != null && in != null;
    return Optional.of(
        new MeasureDefinition(
            name,
            from.get(),
            text(section, MeasureKeys.WHERE),
            at,
            aggregate.get(),
            value == null ? null : text(section, value),
            section.get(MeasureKeys.RANK).orElse(null),
            text(section, MeasureKeys.BY),
            money ? currency : null,
            money ? in : null,
            money ? rates.of(section).orElse(null) : null));
  }

  private static @Nullable String text(Section section, Key<Node.Scalar> key) {
    return section.get(key).map(Node.Scalar::text).orElse(null);
  }

  private void report(Section section, ExpressionProblem problem) {
    Node.Entry entry = section.node().entries().get(problem.key());
    Place place =
        entry != null && entry.value() instanceof Node.Scalar scalar
            ? scalar.inside(problem.line(), problem.column())
            : section.node().place();
    context.problems().add(place, problem.message(), problem.hint());
  }

  /**
   * A measure of this name that always compiles, and has keys, as far as formulas are concerned.
   */
  private static Optional<Measure> standIn(String name) {
    MeasureDefinition definition =
        new MeasureDefinition(
            name, name, null, "at", Aggregate.COUNT, null, null, "name", null, null);
    return Measure.compile(definition, RecordKind.POINT) instanceof Compiled.Ready<Measure> ready
        ? Optional.of(ready.value())
        : Optional.empty();
  }
}
