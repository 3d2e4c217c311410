package io.okrsync.measure;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads literals as they were written, and checks now what would fail at night. */
final class Literals {
  private static final Pattern DECIMAL =
      Pattern.compile("-?\\s*(\\d*\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)");

  private final Quoting quoting;

  Literals(Quoting quoting) {
    this.quoting = quoting;
  }

  /** The exact value of a number literal; CEL has made a double of it. */
  BigDecimal number(CelExpr part) {
    if (part.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
      return BigDecimal.valueOf(part.constant().int64Value());
    }
    double parsed = part.constant().doubleValue();
    Matcher written = DECIMAL.matcher(quoting.textFrom(quoting.offset(part.id())));
    if (!written.lookingAt()) {
      return BigDecimal.valueOf(parsed);
    }
    BigDecimal exact = new BigDecimal(written.group(1));
    return parsed < 0 ? exact.negate() : exact;
  }

  boolean isZero(CelExpr part) {
    boolean isNumber =
        part.getKind() == Kind.CONSTANT
            && (part.constant().getKind() == CelConstant.Kind.INT64_VALUE
                || part.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE);
    return isNumber && number(part).signum() == 0;
  }

  /** What is wrong with the literal this function is called with, if it is called with one. */
  Optional<ExpressionProblem> problem(CelExpr call) {
    return call.call().args().stream()
        .filter(argument -> argument.getKind() == Kind.CONSTANT)
        .filter(argument -> argument.constant().getKind() == CelConstant.Kind.STRING_VALUE)
        .findFirst()
        .flatMap(argument -> problem(call.call().function(), argument));
  }

  private Optional<ExpressionProblem> problem(String function, CelExpr argument) {
    try {
      read(function, argument.constant().stringValue());
      return Optional.empty();
    } catch (EvaluationFailure e) {
      return Optional.of(quoting.problem(argument, e.reason().text(), null));
    } catch (PatternSyntaxException e) {
      return Optional.of(
          quoting.problem(
              argument,
              Texts.quoted(argument.constant().stringValue())
                  + " is not a search pattern: "
                  + e.getDescription(),
              "patterns are written in RE2 syntax"));
    }
  }

  private static void read(String function, String text) {
    switch (function) {
      case "number" -> Texts.number(text);
      case "timestamp" -> Texts.time(text);
      case "duration" -> Texts.duration(text);
      case "workdays" -> Texts.zone(text);
      case "matches" -> com.google.re2j.Pattern.compile(text);
      default -> {
        // any text will do
      }
    }
  }
}
