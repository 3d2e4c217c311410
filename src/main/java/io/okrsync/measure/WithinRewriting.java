package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the rewriting that concerns functions such as {@code previous(deals_won)}: what they
 * are given is compiled on its own, and the whole call becomes one name.
 */
final class WithinRewriting<S> {
  private final Vocabulary<S> vocabulary;
  private final Draft<S> draft;
  private final CelSource source;

  WithinRewriting(Vocabulary<S> vocabulary, Draft<S> draft, CelSource source) {
    this.vocabulary = vocabulary;
    this.draft = draft;
    this.source = source;
  }

  CelExpr rewrite(CelExpr part) {
    CelCall call = part.call();
    Within<S> within = requireNonNull(vocabulary.withins().get(call.function()));
    int takes = within.expressions() + (within.takesText() ? 1 : 0);
    if (call.target().isPresent() || call.args().size() != takes) {
      return draft.refuse(
          part, "this is called otherwise: " + draft.quoting().quote(part), usage(within));
    }
    @Nullable String text = within.takesText() ? text(call.args().get(takes - 1)) : null;
    if (within.takesText() && (text == null || isWrong(call.args().get(takes - 1), within, text))) {
      return text == null
          ? draft.refuse(
              call.args().get(takes - 1), "a text in quotes must stand here", usage(within))
          : draft.refused(part);
    }
    List<Expression<S>> inner = new ArrayList<>();
    for (CelExpr argument : call.args().subList(0, within.expressions())) {
      Expression<S> compiled = compiled(call.function(), argument);
      if (compiled == null) {
        return draft.refused(part);
      }
      inner.add(compiled);
    }
    return named(part, within, inner, text);
  }

  private CelExpr named(
      CelExpr part, Within<S> within, List<Expression<S>> inner, @Nullable String text) {
    String written = draft.quoting().written(part);
    Compiled<Name<S>> name = within.name(written, inner, text);
    if (name instanceof Compiled.Refused<Name<S>> refused) {
      ExpressionProblem problem = refused.problems().get(0);
      return draft.refuse(part, problem.message(), problem.hint());
    }
    return draft.name(part.id(), written, ((Compiled.Ready<Name<S>>) name).value());
  }

  private @Nullable Expression<S> compiled(String function, CelExpr argument) {
    Compiled<Expression<S>> compiled =
        vocabulary.check(draft.quoting(), source, argument, function, Within.TAKES);
    if (compiled instanceof Compiled.Refused<Expression<S>> refused) {
      refused.problems().forEach(draft::add);
      return null;
    }
    return ((Compiled.Ready<Expression<S>>) compiled).value();
  }

  private boolean isWrong(CelExpr argument, Within<S> within, String text) {
    return within
        .problem(text)
        .map(problem -> problem.split("\t", 2))
        .map(problem -> draft.refuse(argument, problem[0], problem[1]))
        .isPresent();
  }

  private static @Nullable String text(CelExpr argument) {
    return argument.getKind() == Kind.CONSTANT
            && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? argument.constant().stringValue()
        : null;
  }

  private static String usage(Within<?> within) {
    return "write it such as " + within.usage();
  }
}
