package io.okrsync.measure;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The part of the rewriting that concerns functions and operators.
 *
 * <ul>
 *   <li>{@code wonAt == null} becomes the name of a flag: to CEL, a value is known or unknown
 *   <li>{@code previous(deals)} becomes one name, by {@link WithinRewriting}
 *   <li>{@code a / b} becomes a call that knows what {@code b} is called
 *   <li>{@code min(a, b, c)} becomes {@code min(min(a, b), c)}
 * </ul>
 */
final class CallRewriting<S> {
  private static final Set<String> FOLDED = Set.of("min", "max");

  private final Vocabulary<S> vocabulary;
  private final Draft<S> draft;
  private final Literals literals;
  private final WithinRewriting<S> withins;
  private final UnaryOperator<CelExpr> rewriteAny;

  CallRewriting(
      Vocabulary<S> vocabulary,
      Draft<S> draft,
      Literals literals,
      WithinRewriting<S> withins,
      UnaryOperator<CelExpr> rewriteAny) {
    this.vocabulary = vocabulary;
    this.draft = draft;
    this.literals = literals;
    this.withins = withins;
    this.rewriteAny = rewriteAny;
  }

  CelExpr rewrite(CelExpr part) {
    CelCall call = part.call();
    String function = call.function();
    if (isEquality(function) && call.args().stream().anyMatch(CallRewriting::isNull)) {
      return comparedWithNull(part);
    }
    if (vocabulary.withins().containsKey(function)) {
      return withins.rewrite(part);
    }
    if (function.equals("_[_]")) {
      return customField(part);
    }
    List<CelExpr> arguments = call.args().stream().map(rewriteAny).toList();
    if (!Hints.isFunction(function)) {
      return unknownFunction(part);
    }
    literals.problem(part).ifPresent(draft::add);
    return known(part, arguments);
  }

  private CelExpr known(CelExpr part, List<CelExpr> arguments) {
    String function = part.call().function();
    if (function.equals("_/_")) {
      return divide(part, arguments);
    }
    if (FOLDED.contains(function) && arguments.size() > 2) {
      return fold(part, arguments);
    }
    return CelExpr.ofCall(
        part.id(), part.call().target().map(rewriteAny), function, ImmutableList.copyOf(arguments));
  }

  private CelExpr comparedWithNull(CelExpr part) {
    if (!vocabulary.asksForUnset()) {
      return draft.refuse(
          part,
          "null cannot be used here: a measure without a value gives its reason instead",
          null);
    }
    List<CelExpr> sides = part.call().args();
    CelExpr field = sides.get(isNull(sides.get(0)) ? 1 : 0);
    if (field.getKind() == Kind.IDENT && !vocabulary.names().containsKey(field.ident().name())) {
      return rewriteAny.apply(field);
    }
    boolean asksIfSet = part.call().function().equals("_!=_");
    CelExpr presence = presence(asksIfSet ? part.id() : draft.newId(part), field);
    if (presence == null) {
      return draft.refuse(part, "only a field can be compared with null", null);
    }
    return asksIfSet
        ? presence
        : CelExpr.ofCall(part.id(), Optional.empty(), "!_", ImmutableList.of(presence));
  }

  private @Nullable CelExpr presence(long id, CelExpr field) {
    if (field.getKind() == Kind.IDENT) {
      String name = field.ident().name();
      Name<S> known = vocabulary.names().get(name);
      return known == null ? null : draft.presence(id, name, known.lookup());
    }
    return CustomPath.of(field, vocabulary)
        .map(path -> draft.presence(id, path.name(), path))
        .orElse(null);
  }

  private CelExpr customField(CelExpr part) {
    return CustomPath.of(part, vocabulary)
        .map(path -> draft.name(part.id(), path.name(), path.asName()))
        .orElseGet(
            () ->
                vocabulary.isOfMeasures()
                    ? draft.refuse(
                        part,
                        "one key cannot be taken alone: " + draft.quoting().quote(part),
                        Hints.ONE_KEY)
                    : draft.refuse(
                        part,
                        "'[' can only take a field of custom, by its name",
                        "write custom['Deal tier']"));
  }

  private CelExpr unknownFunction(CelExpr part) {
    String function = part.call().function();
    return Quoting.isOperator(function)
        ? draft.refuse(
            part, "this operator is not known here: " + draft.quoting().quote(part), null)
        : draft.refuse(
            part, "unknown function '" + function + "'", Hints.forFunction(function, vocabulary));
  }

  private CelExpr divide(CelExpr part, List<CelExpr> arguments) {
    CelExpr divisor = part.call().args().get(1);
    if (literals.isZero(divisor)) {
      return draft.refuse(
          part, "divides by 0", "divide by what may be counted, or leave the division out");
    }
    CelExpr text =
        CelExpr.ofConstant(draft.newId(part), CelConstant.ofValue(draft.quoting().quote(divisor)));
    return CelExpr.ofCall(
        part.id(),
        Optional.empty(),
        Functions.DIVIDE,
        ImmutableList.of(arguments.get(0), arguments.get(1), text));
  }

  private CelExpr fold(CelExpr part, List<CelExpr> arguments) {
    CelExpr folded = arguments.get(0);
    for (CelExpr argument : arguments.subList(1, arguments.size())) {
      long id = argument == arguments.get(arguments.size() - 1) ? part.id() : draft.newId(part);
      folded =
          CelExpr.ofCall(
              id, Optional.empty(), part.call().function(), ImmutableList.of(folded, argument));
      draft.quoting().remember(part.toBuilder().setId(id).build());
    }
    return folded;
  }

  private static boolean isEquality(String function) {
    return function.equals("_==_") || function.equals("_!=_");
  }

  private static boolean isNull(CelExpr part) {
    return part.getKind() == Kind.CONSTANT
        && part.constant().getKind() == CelConstant.Kind.NULL_VALUE;
  }
}
