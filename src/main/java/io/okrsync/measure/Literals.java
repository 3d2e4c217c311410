package io.okrsync.measure;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

  /** What is wrong with the literals this function is called with, if it is called with any. */
  Optional<ExpressionProblem> problem(CelExpr call) {
    List<CelExpr> arguments = call.call().args();
    boolean zoned = call.call().function().equals("timestamp") && arguments.size() == 2;
    if (zoned && arguments.stream().allMatch(Literals::isText)) {
      String zone = arguments.get(1).constant().stringValue();
      return problem(arguments.get(0), text -> Texts.time(text, zone));
    }
    return arguments.stream()
        .filter(Literals::isText)
        .findFirst()
        .flatMap(argument -> problem(argument, text -> read(call.call().function(), zoned, text)));
  }

  private static boolean isText(CelExpr part) {
    return part.getKind() == Kind.CONSTANT
        && part.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private Optional<ExpressionProblem> problem(CelExpr argument, Consumer<String> reader) {
    try {
      reader.accept(argument.constant().stringValue());
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

  private static void read(String function, boolean zoned, String text) {
    switch (function) {
      case "number" -> Texts.number(text);
      case "timestamp" -> readTime(zoned, text);
      case "duration" -> Texts.duration(text);
      case "workdays" -> Texts.zone(text);
      case "matches" -> com.google.re2j.Pattern.compile(text);
      default -> {
        // any text will do
      }
    }
  }

  /** Of a time that is told a zone, the literal is that zone. */
  private static void readTime(boolean zoned, String text) {
    if (zoned) {
      Texts.zone(text);
    } else {
      Texts.time(text);
    }
  }
}
