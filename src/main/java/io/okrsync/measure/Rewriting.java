package io.okrsync.measure;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.okrsync.measure.Expression.Term;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what CEL parsed into what CEL can check and evaluate with our types. Each part keeps its
 * place, so that problems point at what was written.
 *
 * <ul>
 *   <li>number literals become names of exact decimals: CEL would make doubles of them
 *   <li>{@code custom.tier} becomes one name, so that it is unset where it is missing
 *   <li>calls are rewritten by {@link CallRewriting}
 * </ul>
 */
final class Rewriting<S> {
  private final Vocabulary<S> vocabulary;
  private final Draft<S> draft;
  private final Literals literals;
  private final CallRewriting<S> calls;
  private final Set<String> itemNames = new HashSet<>();
  private final CelAbstractSyntaxTree rewritten;

  Rewriting(Vocabulary<S> vocabulary, Quoting quoting, CelSource source, CelExpr parsed) {
    this.vocabulary = vocabulary;
    this.draft = new Draft<>(quoting, source);
    this.literals = new Literals(quoting);
    WithinRewriting<S> withins = new WithinRewriting<>(vocabulary, draft, source);
    this.calls = new CallRewriting<>(vocabulary, draft, literals, withins, this::rewrite);
    this.rewritten = draft.tree(rewrite(parsed));
  }

  CelAbstractSyntaxTree rewritten() {
    return rewritten;
  }

  Draft<S> draft() {
    return draft;
  }

  private CelExpr rewrite(CelExpr part) {
    draft.quoting().remember(part);
    return switch (part.getKind()) {
      case CONSTANT -> constant(part);
      case IDENT -> name(part, part.ident().name());
      case SELECT -> select(part);
      case CALL -> calls.rewrite(part);
      case LIST -> list(part);
      case COMPREHENSION -> comprehension(part);
      default -> draft.refuse(part, "'{' cannot be used: there are no maps in an expression", null);
    };
  }

  private CelExpr constant(CelExpr part) {
    CelConstant constant = part.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE, BOOLEAN_VALUE -> part;
      case INT64_VALUE, DOUBLE_VALUE -> number(part);
      case NULL_VALUE ->
          draft.refuse(
              part,
              "null is no value; it can only be compared with",
              vocabulary.asksForUnset() ? "write wonAt == null or wonAt != null" : null);
      default ->
          draft.refuse(
              part,
              "only numbers such as 1000 and 0.5 and texts such as 'won' can be written",
              null);
    };
  }

  private CelExpr number(CelExpr part) {
    BigDecimal number = literals.number(part);
    if (!Decimals.inRange(number)) {
      return draft.refuse(part, "the number is too large or too fine", null);
    }
    Exact exact = new Exact(number);
    return draft.term(part.id(), exact.toString(), Term.always(ValueType.NUMBER, subject -> exact));
  }

  private CelExpr name(CelExpr part, String name) {
    if (itemNames.contains(name)) {
      return part;
    }
    Name<S> known = vocabulary.names().get(name);
    @Nullable String misfit = vocabulary.misfit(name);
    if (misfit != null) {
      return misfit.isEmpty()
          ? draft.refused(part)
          : draft.refuse(
              part, "definition '%s' does not fit here: %s".formatted(name, misfit), null);
    }
    if (known == null) {
      return draft.refuse(part, "undeclared name '" + name + "'", Hints.forName(name, vocabulary));
    }
    if (known.type().equals(ValueType.CUSTOM)) {
      return draft.refuse(
          part,
          "'%s' alone is no value".formatted(name),
          "write %s.tier or %s['Deal tier'] for one of its fields".formatted(name, name));
    }
    return draft.name(part.id(), name, known);
  }

  private CelExpr select(CelExpr part) {
    Optional<CustomPath<S>> found = CustomPath.of(part, vocabulary);
    if (found.isPresent()) {
      CustomPath<S> path = found.get();
      return part.select().testOnly()
          ? draft.presence(part.id(), path.name(), path)
          : draft.name(part.id(), path.name(), path.asName());
    }
    CelExpr owner = part.select().operand();
    if (owner.getKind() == Kind.IDENT && !isKnown(owner.ident().name())) {
      return draft.refuse(
          owner,
          "undeclared name '" + owner.ident().name() + "'",
          Hints.forOwner(owner.ident().name(), part.select().field(), vocabulary));
    }
    return CelExpr.ofSelect(
        part.id(), rewrite(owner), part.select().field(), part.select().testOnly());
  }

  private CelExpr list(CelExpr part) {
    List<CelExpr> elements = part.list().elements().stream().map(this::rewrite).toList();
    return CelExpr.ofList(part.id(), ImmutableList.copyOf(elements), ImmutableList.of());
  }

  /** What CEL makes of {@code exists}, {@code all}, {@code filter} and {@code map}. */
  private CelExpr comprehension(CelExpr part) {
    CelComprehension loop = part.comprehension();
    String item = loop.iterVar();
    if (isKnown(item)) {
      return draft.refuse(
          part, "'%s' is already known here".formatted(item), "take another name for one item");
    }
    CelExpr range = rewrite(loop.iterRange());
    itemNames.add(item);
    itemNames.add(loop.accuVar());
    CelComprehension rewrittenLoop =
        loop.toBuilder()
            .setIterRange(range)
            .setAccuInit(rewrite(loop.accuInit()))
            .setLoopCondition(rewrite(loop.loopCondition()))
            .setLoopStep(rewrite(loop.loopStep()))
            .setResult(rewrite(loop.result()))
            .build();
    itemNames.remove(item);
    return part.toBuilder().setComprehension(rewrittenLoop).build();
  }

  private boolean isKnown(String name) {
    return itemNames.contains(name) || vocabulary.names().containsKey(name);
  }
}
