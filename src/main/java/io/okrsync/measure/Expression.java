package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelUnknownSet;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A compiled expression over subjects of one kind. Safe for use by several threads; what it looks
 * up in a subject is only what it needs for its value.
 *
 * <p>Names may be unset. What depends on an unset name is unset, too; {@code false && unset} is
 * false and {@code true || unset} is true, whatever the name may once hold.
 */
public final class Expression<S> {
  private final CelRuntime.Program program;
  private final ValueType<?> type;
  private final boolean isName;
  private final Map<String, Term<S>> terms;
  private final List<String> names;

  /**
   * What stands behind a name, a literal or a test in the program.
   *
   * @param isName false where it is never unset itself
   */
  record Term<S>(ValueType<?> type, Name.Lookup<S> lookup, boolean isName) {
    static <S> Term<S> of(Name<S> name) {
      return new Term<>(name.type(), name.lookup(), true);
    }

    static <S> Term<S> always(ValueType<?> type, Name.Lookup<S> lookup) {
      return new Term<>(type, lookup, false);
    }
  }

  Expression(
      CelRuntime.Program program, ValueType<?> type, boolean isName, Map<String, Term<S>> terms) {
    this.program = program;
    this.type = type;
    this.isName = isName;
    this.terms = new HashMap<>(terms);
    this.names =
        terms.entrySet().stream()
            .filter(entry -> entry.getValue().isName())
            .map(Map.Entry::getKey)
            .toList();
  }

  /** The names it uses, in the order they are written, each once. */
  public List<String> names() {
    return names;
  }

  /** What it holds. */
  public ValueType<?> type() {
    return type;
  }

  /** Whether it is nothing but one name. */
  public boolean isName() {
    return isName && names.size() == 1;
  }

  /** How a name that it uses is looked up. */
  public Name.Lookup<S> lookup(String name) {
    return requireNonNull(terms.get(name)).lookup();
  }

  /** What it comes to for this subject. */
  public Outcome evaluate(S subject) {
    try {
      Object result = program.eval(name -> find(name, subject));
      return result instanceof CelUnknownSet unset
          ? new Outcome.Unset(unset.unknownExprIds().stream().sorted().map(this::name).toList())
          : new Outcome.Known(result);
    } catch (CelEvaluationException
        | EvaluationFailure
        | ArithmeticException
        | DateTimeException e) {
      return new Outcome.Failed(reason(e, subject));
    }
  }

  private Optional<Object> find(String name, S subject) {
    Term<S> term = terms.get(name);
    if (term == null) {
      return Optional.empty();
    }
    Object value = term.lookup.in(subject);
    return Optional.of(value == null ? CelUnknownSet.create((long) names.indexOf(name)) : value);
  }

  private String name(Long unset) {
    return names.get(unset.intValue());
  }

  private Reason reason(Throwable thrown, S subject) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof EvaluationFailure failure) {
        return failure.reason();
      }
    }
    return new Reason(Reason.Name.FORMULA_FAILED, "cannot be computed" + typesMetIn(subject));
  }

  /** Types are checked when an expression is compiled, except those of custom fields. */
  private String typesMetIn(S subject) {
    String met =
        names.stream()
            .filter(name -> requireNonNull(terms.get(name)).type().equals(ValueType.ANY))
            .map(name -> typeMet(name, subject))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    return met.isEmpty() ? "" : " where " + met;
  }

  private Optional<String> typeMet(String name, S subject) {
    Object value = requireNonNull(terms.get(name)).lookup().in(subject);
    return Optional.ofNullable(value).map(met -> name + " is " + ValueType.wordsFor(met));
  }
}
