package io.okrsync.measure;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names an expression may use, in the order in which messages list them, and the functions that
 * evaluate a part of it elsewhere.
 */
public final class Vocabulary<S> {
  private final Map<String, Name<S>> names;
  private final Map<String, Within<S>> withins;
  private final Map<String, String> misfits;
  private final boolean asksForUnset;

  private Vocabulary(
      Map<String, Name<S>> names,
      Map<String, Within<S>> withins,
      Map<String, String> misfits,
      boolean asksForUnset) {
    this.names = new LinkedHashMap<>(names);
    this.withins = Map.copyOf(withins);
    this.misfits = Map.copyOf(misfits);
    this.asksForUnset = asksForUnset;
  }

  /** Names of which an expression may ask whether they are set: {@code wonAt != null}. */
  public static <S> Vocabulary<S> mayBeUnset(Map<String, Name<S>> names) {
    return new Vocabulary<>(names, Map.of(), Map.of(), true);
  }

  /** Names of which an expression must not ask whether they are set. */
  public static <S> Vocabulary<S> needed(
      Map<String, Name<S>> names, Map<String, Within<S>> withins) {
    return new Vocabulary<>(names, withins, Map.of(), false);
  }

  /**
   * The same with more names.
   *
   * @param misfits names that are known and mean nothing here, each with the reason; one with an
   *     empty reason is wrong wherever it is used, which has been said
   */
  Vocabulary<S> with(Map<String, Name<S>> more, Map<String, String> misfits) {
    Map<String, Name<S>> all = new LinkedHashMap<>(names);
    all.putAll(more);
    return new Vocabulary<>(all, withins, misfits, asksForUnset);
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
    CelAbstractSyntaxTree tree = ast(parsed);
    Quoting quoting = new Quoting(key, text, tree.getSource());
    return check(quoting, tree.getSource(), tree.getExpr(), null, wanted);
  }

  /**
   * Checks a whole expression or what a function is given.
   *
   * @param taker that function; null where it is the whole expression
   */
  Compiled<Expression<S>> check(
      Quoting quoting,
      CelSource source,
      CelExpr part,
      @Nullable String taker,
      Set<ValueType<?>> wanted) {
    Rewriting<S> rewriting = new Rewriting<>(this, quoting, source, part);
    Draft<S> draft = rewriting.draft();
    CelValidationResult checked = Language.get().check(rewriting.rewritten(), draft.declarations());
    TypeProblems problems = new TypeProblems(draft.quoting(), isOfMeasures());
    problems.addAll(draft.problems());
    problems.addIssues(checked.getErrors());
    if (!checked.hasError()) {
      problems.checkResult(ast(checked).getResultType(), wanted, taker, part);
    }
    if (!problems.isEmpty()) {
      return new Compiled.Refused<>(problems.inOrder());
    }
    CelAbstractSyntaxTree tree = ast(checked);
    ValueType<?> type = ValueType.of(tree.getResultType());
    return new Compiled.Ready<>(
        new Expression<>(Language.get().program(tree), type, isName(tree), draft.terms()));
  }

  /** Why a name means nothing here; null where it is not known at all. */
  @Nullable String misfit(String name) {
    return misfits.get(name);
  }

  Map<String, Name<S>> names() {
    return names;
  }

  boolean asksForUnset() {
    return asksForUnset;
  }

  /** For messages. */
  List<String> plainNames() {
    return List.copyOf(names.keySet());
  }

  /** By the name of the function, such as {@code previous}. */
  Map<String, Within<S>> withins() {
    return withins;
  }

  /** Those over records look nowhere else. */
  boolean isOfMeasures() {
    return !withins.isEmpty();
  }

  private static boolean isName(CelAbstractSyntaxTree tree) {
    return tree.getExpr().getKind() == CelExpr.ExprKind.Kind.IDENT;
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
