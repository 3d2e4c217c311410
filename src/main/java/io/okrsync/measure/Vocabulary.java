package io.okrsync.measure;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names an expression may use, in the order in which messages list them. A name may have the
 * shape {@code previous(deals_won)}: then {@code previous} is known as a function that takes only
 * such a name.
 */
public final class Vocabulary<S> {
  private final Map<String, Name<S>> names;
  private final Set<String> nameFunctions;
  private final boolean asksForUnset;

  private Vocabulary(Map<String, Name<S>> names, boolean asksForUnset) {
    this.names = new LinkedHashMap<>(names);
    this.nameFunctions =
        names.keySet().stream()
            .filter(name -> name.contains("("))
            .map(name -> name.substring(0, name.indexOf('(')))
            .collect(Collectors.toSet());
    this.asksForUnset = asksForUnset;
  }

  /** Names of which an expression may ask whether they are set: {@code wonAt != null}. */
  public static <S> Vocabulary<S> mayBeUnset(Map<String, Name<S>> names) {
    return new Vocabulary<>(names, true);
  }

  /** Names of which an expression must not ask whether they are set. */
  public static <S> Vocabulary<S> needed(Map<String, Name<S>> names) {
    return new Vocabulary<>(names, false);
  }

  /**
   * Compiles an expression, or says all that is wrong with it.
   *
   * @param key the key that holds the expression, for the problems
   * @param wanted the types its value may have; {@link ValueType#ANY} means that it is seen only
   *     when a record is there, and is always allowed
   */
  public Compiled<Expression<S>> compile(String key, String text, Set<ValueType<?>> wanted) {
    if (text.isBlank()) {
      return refused(new ExpressionProblem(key, 1, 1, "the expression is empty", null));
    }
    if (text.codePointCount(0, text.length()) > Language.LONGEST) {
      return refused(
          new ExpressionProblem(
              key,
              1,
              1,
              "the expression is longer than " + Language.LONGEST + " characters",
              null));
    }
    CelValidationResult parsed = Language.get().parse(text);
    if (parsed.hasError()) {
      return refused(SyntaxProblem.first(key, text, parsed.getErrors()));
    }
    return check(key, text, ast(parsed), wanted);
  }

  private Compiled<Expression<S>> check(
      String key, String text, CelAbstractSyntaxTree parsed, Set<ValueType<?>> wanted) {
    Rewriting<S> rewriting = new Rewriting<>(this, key, text, parsed);
    Draft<S> draft = rewriting.draft();
    CelValidationResult checked = Language.get().check(rewriting.rewritten(), draft.declarations());
    TypeProblems problems = new TypeProblems(draft.quoting());
    problems.addAll(draft.problems());
    problems.addIssues(checked.getErrors());
    if (!checked.hasError()) {
      problems.checkResult(ast(checked).getResultType(), wanted);
    }
    return problems.isEmpty()
        ? new Compiled.Ready<>(
            new Expression<>(Language.get().program(ast(checked)), draft.terms()))
        : new Compiled.Refused<>(problems.inOrder());
  }

  Map<String, Name<S>> names() {
    return names;
  }

  boolean asksForUnset() {
    return asksForUnset;
  }

  /** The names that can stand alone, for messages. */
  List<String> plainNames() {
    return names.keySet().stream().filter(name -> !name.contains("(")).toList();
  }

  /** The functions that take only a name, such as {@code previous}. */
  Set<String> nameFunctions() {
    return nameFunctions;
  }

  private static CelAbstractSyntaxTree ast(CelValidationResult result) {
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new IllegalStateException("asked for the tree of an expression with errors", e);
    }
  }

  private static <T> Compiled<T> refused(ExpressionProblem problem) {
    return new Compiled.Refused<>(List.of(problem));
  }
}
