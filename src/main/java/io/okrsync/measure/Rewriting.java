package io.okrsync.measure;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.okrsync.measure.Expression.Term;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what CEL parsed into what CEL can check and evaluate with our types. Each part keeps its
 * place, so that problems point at what was written.
 *
 * <ul>
 *   <li>number literals become names of exact decimals: CEL would make doubles of them
 *   <li>{@code wonAt == null} becomes the name of a flag: to CEL a name is known or unknown
 *   <li>{@code custom.tier} and {@code previous(deals)} become single names
 *   <li>{@code a / b} becomes a call that knows what {@code b} is called
 *   <li>{@code min(a, b, c)} becomes {@code min(min(a, b), c)}
 * </ul>
 */
final class Rewriting<S> {
  private static final Set<String> FOLDED = Set.of("min", "max");

  private final Vocabulary<S> vocabulary;
  private final Quoting quoting;
  private final CelSource.Builder source;
  private final Map<String, Term<S>> terms = new LinkedHashMap<>();
  private final List<ExpressionProblem> problems = new ArrayList<>();
  private final Set<String> itemNames = new HashSet<>();
  private final Literals literals;
  private final CelAbstractSyntaxTree rewritten;
  private long lastId;

  Rewriting(Vocabulary<S> vocabulary, String key, String text, CelAbstractSyntaxTree parsed) {
    this.vocabulary = vocabulary;
    this.quoting = new Quoting(key, text, parsed.getSource());
    this.literals = new Literals(quoting);
    this.source = parsed.getSource().toBuilder();
    this.lastId =
        parsed.getSource().getPositionsMap().keySet().stream().mapToLong(id -> id).max().orElse(0)
            + 1_000_000; // macros use ids that have no place
    CelExpr expression = rewrite(parsed.getExpr());
    this.rewritten = CelAbstractSyntaxTree.newParsedAst(expression, source.build());
  }

  CelAbstractSyntaxTree rewritten() {
    return rewritten;
  }

  Map<String, Term<S>> terms() {
    return terms;
  }

  List<ExpressionProblem> problems() {
    return problems;
  }

  Quoting quoting() {
    return quoting;
  }

  List<CelVarDecl> declarations() {
    return terms.entrySet().stream()
        .map(term -> CelVarDecl.newVarDeclaration(term.getKey(), term.getValue().type().cel()))
        .toList();
  }

  private CelExpr rewrite(CelExpr part) {
    quoting.remember(part);
    return switch (part.getKind()) {
      case CONSTANT -> constant(part);
      case IDENT -> name(part, part.ident().name());
      case SELECT -> select(part);
      case CALL -> call(part);
      case LIST -> list(part);
      case COMPREHENSION -> comprehension(part);
      default -> refuse(part, "'{' cannot be used: there are no maps in an expression", null);
    };
  }

  private CelExpr constant(CelExpr part) {
    CelConstant constant = part.constant();
    return switch (constant.getKind()) {
      case STRING_VALUE, BOOLEAN_VALUE -> part;
      case INT64_VALUE, DOUBLE_VALUE -> number(part);
      case NULL_VALUE ->
          refuse(
              part,
              "null is no value; it can only be compared with",
              vocabulary.asksForUnset() ? "write wonAt == null or wonAt != null" : null);
      default ->
          refuse(
              part,
              "only numbers such as 1000 and 0.5 and texts such as 'won' can be written",
              null);
    };
  }

  private CelExpr number(CelExpr part) {
    BigDecimal number = literals.number(part);
    if (!Decimals.inRange(number)) {
      return refuse(part, "the number is too large or too fine", null);
    }
    Exact exact = new Exact(number);
    return term(part.id(), exact.toString(), Term.always(ValueType.NUMBER, subject -> exact));
  }

  private CelExpr name(CelExpr part, String name) {
    if (itemNames.contains(name)) {
      return part;
    }
    Name<S> known = vocabulary.names().get(name);
    if (known == null) {
      return refuse(part, "undeclared name '" + name + "'", Hints.forName(name, vocabulary));
    }
    if (known.type() == ValueType.CUSTOM) {
      return refuse(
          part,
          "'%s' alone is no value".formatted(name),
          "write %s.tier or %s['Deal tier'] for one of its fields".formatted(name, name));
    }
    return term(part.id(), name, Term.of(known));
  }

  private CelExpr select(CelExpr part) {
    Optional<CustomPath<S>> path = customPath(part);
    if (path.isPresent()) {
      return part.select().testOnly()
          ? presence(part.id(), path.get().name(), path.get())
          : term(part.id(), path.get().name(), Term.of(path.get().asName()));
    }
    CelExpr operand = part.select().operand();
    if (operand.getKind() == Kind.IDENT && !isKnown(operand.ident().name())) {
      return refuse(
          operand,
          "undeclared name '" + operand.ident().name() + "'",
          Hints.forOwner(operand.ident().name(), part.select().field(), vocabulary));
    }
    return part.toBuilder()
        .setSelect(part.select().toBuilder().setOperand(rewrite(operand)).build())
        .build();
  }

  private CelExpr call(CelExpr part) {
    CelCall call = part.call();
    String function = call.function();
    if (isEquality(function) && call.args().stream().anyMatch(Rewriting::isNull)) {
      return comparedWithNull(part);
    }
    if (vocabulary.nameFunctions().contains(function)) {
      return nameFunction(part);
    }
    if (function.equals("_[_]")) {
      return customPath(part)
          .map(path -> term(part.id(), path.name(), Term.of(path.asName())))
          .orElseGet(
              () ->
                  refuse(
                      part,
                      "'[' can only take a field of custom, by its name",
                      "write custom['Deal tier']"));
    }
    if (!Hints.isFunction(function)) {
      return unknownFunction(part);
    }
    literals.problem(part).ifPresent(problems::add);
    List<CelExpr> arguments = call.args().stream().map(this::rewrite).toList();
    if (function.equals("_/_")) {
      return divide(part, arguments);
    }
    if (FOLDED.contains(function) && arguments.size() > 2) {
      return fold(part, arguments);
    }
    return CelExpr.ofCall(
        part.id(), call.target().map(this::rewrite), function, ImmutableList.copyOf(arguments));
  }

  private CelExpr list(CelExpr part) {
    List<CelExpr> elements = part.list().elements().stream().map(this::rewrite).toList();
    return CelExpr.ofList(part.id(), ImmutableList.copyOf(elements), ImmutableList.of());
  }

  private CelExpr comprehension(CelExpr part) {
    CelComprehension comprehension = part.comprehension();
    String item = comprehension.iterVar();
    if (isKnown(item)) {
      return refuse(
          part, "'%s' is already known here".formatted(item), "take another name for one item");
    }
    CelExpr range = rewrite(comprehension.iterRange());
    List<String> added = List.of(item, comprehension.accuVar());
    itemNames.addAll(added);
    CelComprehension rewrittenComprehension =
        comprehension.toBuilder()
            .setIterRange(range)
            .setAccuInit(rewrite(comprehension.accuInit()))
            .setLoopCondition(rewrite(comprehension.loopCondition()))
            .setLoopStep(rewrite(comprehension.loopStep()))
            .setResult(rewrite(comprehension.result()))
            .build();
    itemNames.remove(item);
    return part.toBuilder().setComprehension(rewrittenComprehension).build();
  }

  private CelExpr comparedWithNull(CelExpr part) {
    if (!vocabulary.asksForUnset()) {
      return refuse(
          part,
          "null cannot be used here: a measure without a value gives its reason instead",
          null);
    }
    CelExpr other = part.call().args().get(isNull(part.call().args().get(0)) ? 1 : 0);
    if (other.getKind() == Kind.IDENT && !isKnown(other.ident().name())) {
      return rewrite(other);
    }
    boolean isSet = part.call().function().equals("_!=_");
    CelExpr presence = presence(isSet ? part.id() : newPlace(part), other);
    if (presence == null) {
      return refuse(part, "only a field can be compared with null", null);
    }
    return isSet
        ? presence
        : CelExpr.ofCall(part.id(), Optional.empty(), "!_", ImmutableList.of(presence));
  }

  private @Nullable CelExpr presence(long id, CelExpr field) {
    if (field.getKind() == Kind.IDENT) {
      String name = field.ident().name();
      Name<S> known = vocabulary.names().get(name);
      return known == null ? null : presence(id, name, known.lookup());
    }
    return customPath(field).map(path -> presence(id, path.name(), path)).orElse(null);
  }

  /** Such as {@code previous(deals_won)}. */
  private CelExpr nameFunction(CelExpr part) {
    String function = part.call().function();
    List<CelExpr> arguments = part.call().args();
    if (arguments.size() != 1 || arguments.get(0).getKind() != Kind.IDENT) {
      String given = String.join(", ", arguments.stream().map(quoting::quote).toList());
      return refuse(
          part,
          "%s() takes the name of one measure, not '%s'".formatted(function, given),
          "write %s(%s)".formatted(function, vocabulary.plainNames().get(0)));
    }
    String argument = arguments.get(0).ident().name();
    Name<S> known = vocabulary.names().get(function + "(" + argument + ")");
    if (known == null) {
      return refuse(
          arguments.get(0),
          "undeclared name '" + argument + "'",
          Hints.forName(argument, vocabulary));
    }
    String name = function + "(" + argument + ")";
    return term(part.id(), name, Term.of(known));
  }

  private CelExpr unknownFunction(CelExpr part) {
    part.call().args().forEach(this::rewrite);
    String function = part.call().function();
    return Quoting.isOperator(function)
        ? refuse(part, "this operator is not known here: " + quoting.quote(part), null)
        : refuse(
            part, "unknown function '" + function + "'", Hints.forFunction(function, vocabulary));
  }

  private CelExpr divide(CelExpr part, List<CelExpr> arguments) {
    CelExpr written = part.call().args().get(1);
    if (written.getKind() == Kind.CONSTANT && quoting.quote(written).matches("-?0(\\.0+)?")) {
      return refuse(part, "divides by 0", null);
    }
    CelExpr divisor =
        CelExpr.ofConstant(newPlace(part), CelConstant.ofValue(quoting.quote(written)));
    return CelExpr.ofCall(
        part.id(),
        Optional.empty(),
        Functions.DIVIDE,
        ImmutableList.of(arguments.get(0), arguments.get(1), divisor));
  }

  private CelExpr fold(CelExpr part, List<CelExpr> arguments) {
    CelExpr folded = arguments.get(0);
    for (int i = 1; i < arguments.size(); i++) {
      boolean last = i == arguments.size() - 1;
      CelExpr call =
          CelExpr.ofCall(
              last ? part.id() : newPlace(part),
              Optional.empty(),
              part.call().function(),
              ImmutableList.of(folded, arguments.get(i)));
      quoting.remember(part.toBuilder().setId(call.id()).build());
      folded = call;
    }
    return folded;
  }

  private CelExpr presence(long id, String name, Name.Lookup<S> lookup) {
    return term(
        id, name + " != null", Term.always(ValueType.FLAG, subject -> lookup.in(subject) != null));
  }

  private CelExpr term(long id, String name, Term<S> term) {
    terms.put(name, term);
    return CelExpr.ofIdent(id, name);
  }

  /** Notes the problem and goes on with something that fits everywhere. */
  private CelExpr refuse(CelExpr part, String message, @Nullable String hint) {
    problems.add(quoting.problem(part, message, hint));
    return term(part.id(), "refused", Term.always(ValueType.ANY, subject -> false));
  }

  private Optional<CustomPath<S>> customPath(CelExpr part) {
    return CustomPath.of(part, vocabulary);
  }

  private boolean isKnown(String name) {
    return itemNames.contains(name) || vocabulary.names().containsKey(name);
  }

  private long newPlace(CelExpr part) {
    lastId++;
    source.addPositions(lastId, quoting.offset(part.id()));
    return lastId;
  }

  private static boolean isEquality(String function) {
    return function.equals("_==_") || function.equals("_!=_");
  }

  private static boolean isNull(CelExpr part) {
    return part.getKind() == Kind.CONSTANT
        && part.constant().getKind() == CelConstant.Kind.NULL_VALUE;
  }
}
