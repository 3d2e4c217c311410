package io.okrsync.measure;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import io.okrsync.measure.Expression.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rewriting gathers: the names the new tree uses, new places in it, and problems. */
final class Draft<S> {
  private final Quoting quoting;
  private final CelSource.Builder source;
  private final Map<String, Term<S>> terms = new LinkedHashMap<>();
  private final List<ExpressionProblem> problems = new ArrayList<>();
  private long lastId;

  Draft(Quoting quoting, CelSource source) {
    this.quoting = quoting;
    this.source = source.toBuilder();
    this.lastId =
        source.getPositionsMap().keySet().stream().mapToLong(id -> id).max().orElse(0)
            + 1_000_000; // macros use ids that have no place
  }

  Quoting quoting() {
    return quoting;
  }

  Map<String, Term<S>> terms() {
    return terms;
  }

  List<ExpressionProblem> problems() {
    return problems;
  }

  void add(ExpressionProblem problem) {
    problems.add(problem);
  }

  List<CelVarDecl> declarations() {
    return terms.entrySet().stream()
        .map(term -> CelVarDecl.newVarDeclaration(term.getKey(), term.getValue().type().cel()))
        .toList();
  }

  CelAbstractSyntaxTree tree(CelExpr expression) {
    return CelAbstractSyntaxTree.newParsedAst(expression, source.build());
  }

  CelExpr term(long id, String name, Term<S> term) {
    terms.put(name, term);
    return CelExpr.ofIdent(id, name);
  }

  CelExpr name(long id, String name, Name<S> known) {
    return term(id, name, Term.of(known));
  }

  /** Whether the name is set: yes or no, never unset itself. */
  CelExpr presence(long id, String name, Name.Lookup<S> lookup) {
    return term(
        id, name + " != null", Term.always(ValueType.FLAG, subject -> lookup.in(subject) != null));
  }

  /** Notes the problem and goes on with something that fits everywhere. */
  CelExpr refuse(CelExpr part, String message, @Nullable String hint) {
    problems.add(quoting.problem(part, message, hint));
    return refused(part);
  }

  /** Something that fits everywhere, in place of a part whose problem is noted. */
  CelExpr refused(CelExpr part) {
    return term(part.id(), "refused", Term.always(ValueType.ANY, subject -> false));
  }

  /** An id for a part that was not written, at the place of one that was. */
  long newId(CelExpr place) {
    lastId++;
    source.addPositions(lastId, quoting.offset(place.id()));
    return lastId;
  }
}
