package io.okrsync.measure;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the types of an expression, in our words. */
final class TypeProblems {
  private static final Pattern NO_OVERLOAD =
      Pattern.compile(
          "found no matching overload for '(.+?)' applied to '(?:(.+?)\\.)?\\((.*)\\)'"
              + "(?: \\((candidates).*)?",
          Pattern.DOTALL);
  private static final Pattern NO_FIELDS =
      Pattern.compile("type '(.+)' does not support field selection");

  private static final String DIFFERENCE =
      "a time is no number; take the difference of two, in days, such as ever(paid_on) - trial_on";

  private final Quoting quoting;
  private final boolean ofMeasures;
  private final List<ExpressionProblem> problems = new ArrayList<>();

  /**
   * @param ofMeasures whether the expression is over measures, and not over records
   */
  TypeProblems(Quoting quoting, boolean ofMeasures) {
    this.quoting = quoting;
    this.ofMeasures = ofMeasures;
  }

  void addAll(List<ExpressionProblem> more) {
    problems.addAll(more);
  }

  void addIssues(List<CelIssue> issues) {
    issues.stream()
        .filter(issue -> !issue.getMessage().contains("*error*")) // follows from another problem
        .forEach(this::add);
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<ExpressionProblem> inOrder() {
    return problems.stream()
        .sorted(
            Comparator.comparingInt(ExpressionProblem::line)
                .thenComparingInt(ExpressionProblem::column))
        .toList();
  }

  /**
   * Whether the type is one that is wanted.
   *
   * @param taker the function that is given this part; null where it is the whole expression
   */
  void checkResult(CelType found, Set<ValueType<?>> wanted, @Nullable String taker, CelExpr part) {
    boolean fits =
        found.equals(ValueType.ANY.cel())
            || wanted.stream().anyMatch(type -> type.cel().equals(found));
    if (!fits) {
      String words =
          wanted.stream()
              .filter(type -> !type.equals(ValueType.MOMENT)) // mostly it is a number
              .map(ValueType::words)
              .collect(Collectors.joining(" or "));
      String is = ValueType.wordsFor(CelTypes.format(found));
      @Nullable String hint = hintForResult(found, wanted);
      problems.add(
          taker == null
              ? new ExpressionProblem(
                  quoting.key(),
                  1,
                  1,
                  "%s must be %s, but this is %s".formatted(quoting.key(), words, is),
                  hint)
              : quoting.problem(
                  part,
                  "%s() takes a %s, not %s: %s".formatted(taker, words, is, quoting.quote(part)),
                  hint));
    }
  }

  private static @Nullable String hintForResult(CelType found, Set<ValueType<?>> wanted) {
    boolean isDuration = found.equals(ValueType.DURATION.cel());
    if (isDuration && wanted.contains(ValueType.NUMBER)) {
      return "write days(…) or hours(…) round it";
    }
    if (found.equals(ValueType.NUMBERS.cel()) && wanted.contains(ValueType.NUMBER)) {
      return "take one number of it: sum(…), average(…), min(…), max(…) or size(…)";
    }
    if (found.equals(ValueType.MOMENT.cel())) {
      return DIFFERENCE;
    }
    if (found.equals(ValueType.FLAG.cel()) && wanted.contains(ValueType.NUMBER)) {
      return "write … ? 1 : 0";
    }
    return wanted.contains(ValueType.FLAG)
        ? "compare it with something, such as status == 'won'"
        : null;
  }

  private void add(CelIssue issue) {
    CelExpr part = quoting.part(issue.getExprId());
    if (part == null) {
      problems.add(
          new ExpressionProblem(
              quoting.key(),
              Math.max(1, issue.getSourceLocation().getLine()),
              Math.max(0, issue.getSourceLocation().getColumn()) + 1,
              "the types do not fit here",
              null));
      return;
    }
    Matcher noOverload = NO_OVERLOAD.matcher(issue.getMessage());
    Matcher noFields = NO_FIELDS.matcher(issue.getMessage());
    if (noOverload.matches()) {
      boolean otherwiseCalled = noOverload.group(4) == null;
      problems.add(
          otherwiseCalled
              ? quoting.problem(
                  part, "this is called otherwise: " + quoting.quote(part), usage(part))
              : mismatch(part, types(noOverload.group(2), noOverload.group(3))));
    } else if (noFields.matches()) {
      problems.add(
          quoting.problem(
              part,
              "%s has no fields: %s"
                  .formatted(ValueType.wordsFor(noFields.group(1)), quoting.quote(part)),
              ofMeasures ? Hints.ONE_KEY : null));
    } else {
      problems.add(quoting.problem(part, "the types do not fit: " + quoting.quote(part), null));
    }
  }

  private ExpressionProblem mismatch(CelExpr part, List<String> types) {
    String function = Quoting.isCall(part) ? part.call().function() : "";
    if (function.equals("_&&_") || function.equals("_||_")) {
      return noCondition(part, types);
    }
    String a = types.isEmpty() ? "nothing" : types.get(0);
    String b = types.size() < 2 ? "nothing" : types.get(1);
    String what =
        switch (function) {
          case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
              "cannot compare %s with %s".formatted(a, b);
          case "_+_" -> "cannot add %s to %s".formatted(b, a);
          case "_-_" -> "cannot subtract %s from %s".formatted(b, a);
          case "_*_" -> "cannot multiply %s by %s".formatted(a, b);
          case "_/_" -> "cannot divide %s by %s".formatted(a, b);
          case "-_" -> "cannot negate %s".formatted(a);
          case "!_" -> "'!' needs yes/no, not %s".formatted(a);
          case "@in" -> "cannot look for %s in %s".formatted(a, b);
          case "_?_:_" -> conditional(types);
          default ->
              "%s() cannot take %s"
                  .formatted(function, types.isEmpty() ? "nothing" : String.join(", ", types));
        };
    return quoting.problem(part, what + ": " + quoting.quote(part), hint(part, function, types));
  }

  /** Points at the side that is no yes/no. */
  private ExpressionProblem noCondition(CelExpr part, List<String> types) {
    boolean left =
        !types.get(0).equals(ValueType.FLAG.words()) && !types.get(0).equals(ValueType.ANY.words());
    CelExpr side = part.call().args().get(left ? 0 : 1);
    String operator = part.call().function().replace("_", "");
    return quoting.problem(
        side,
        "'%s' needs yes/no on both sides, not %s: %s"
            .formatted(operator, types.get(left ? 0 : 1), quoting.quote(side)),
        null);
  }

  private static String conditional(List<String> types) {
    return types.get(0).equals(ValueType.FLAG.words())
        ? "both sides of ':' must be alike, not %s and %s".formatted(types.get(1), types.get(2))
        : "what stands before '?' must be yes/no, not %s".formatted(types.get(0));
  }

  private @Nullable String hint(CelExpr part, String function, List<String> types) {
    Set<String> met = Set.copyOf(types);
    if (met.contains(ValueType.MOMENT.words()) || met.contains(ValueType.MOMENTS.words())) {
      return DIFFERENCE;
    }
    if (function.equals("size") && ofMeasures && met.contains(ValueType.NUMBER.words())) {
      return "size(groups(…)) tells how many keys there are";
    }
    if (function.equals("days") && ofMeasures) {
      return "the difference of two measures of times is a number of days already";
    }
    if (Hints.USAGE.containsKey(function)) {
      return usage(part);
    }
    if (met.contains(ValueType.DURATION.words()) && met.contains(ValueType.NUMBER.words())) {
      return "write days(…) or hours(…) to make a number of a duration";
    }
    boolean shifted = function.equals("_+_") || function.equals("_-_");
    if (met.contains(ValueType.TIME.words()) && shifted) {
      return "write a length of time as duration('30d')";
    }
    if (met.contains(ValueType.TIME.words()) && met.contains(ValueType.TEXT.words())) {
      return "write a time as timestamp('2026-10-01', 'Asia/Jakarta')";
    }
    if (function.equals("@in") && types.get(1).equals(ValueType.TEXT.words())) {
      return "write title.contains('…') to look into a text";
    }
    boolean quotedNumber = part.call().args().stream().anyMatch(TypeProblems::isQuotedNumber);
    return quotedNumber && met.contains(ValueType.NUMBER.words())
        ? "write the number without quotes"
        : null;
  }

  private static String usage(CelExpr call) {
    return "write it such as " + Hints.USAGE.get(call.call().function());
  }

  private static boolean isQuotedNumber(CelExpr part) {
    return part.getKind() == Kind.CONSTANT
        && part.constant().getKind() == CelConstant.Kind.STRING_VALUE
        && part.constant().stringValue().matches("-?\\d+(\\.\\d+)?");
  }

  /** What it was applied to, the target of a member call first. */
  private static List<String> types(@Nullable String target, String arguments) {
    return Stream.concat(Stream.ofNullable(target), Stream.of(arguments.split(", (?![^(]*\\))")))
        .filter(type -> !type.isEmpty())
        .map(ValueType::wordsFor)
        .toList();
  }
}
