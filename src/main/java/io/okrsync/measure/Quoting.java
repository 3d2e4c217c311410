package io.okrsync.measure;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelUnparserFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points at parts of an expression, and writes them out again, as its author knows them. */
final class Quoting {
  private static final int LONGEST_QUOTE = 80;

  private final String key;
  private final String text;
  private final CelSource source;
  private final Map<Long, CelExpr> parts = new HashMap<>();

  Quoting(String key, String text, CelSource source) {
    this.key = key;
    this.text = text;
    this.source = source;
  }

  /** Remembers a part as it was written. */
  void remember(CelExpr part) {
    parts.put(part.id(), part);
  }

  @Nullable CelExpr part(long id) {
    return parts.get(id);
  }

  String key() {
    return key;
  }

  /** Where the part is, in characters from the beginning; for an operator, the operator. */
  int offset(long id) {
    return source.getPositionsMap().getOrDefault(id, 0);
  }

  /** The text from there on. */
  String textFrom(int offset) {
    return text.substring(text.offsetByCodePoints(0, offset));
  }

  ExpressionProblem problem(CelExpr part, String message, @Nullable String hint) {
    int back = isCall(part) && !isOperator(part.call().function()) ? lengthOfName(part) : 0;
    Optional<CelSourceLocation> place =
        source.getOffsetLocation(Math.max(0, offset(part.id()) - back));
    return new ExpressionProblem(
        key,
        place.map(CelSourceLocation::getLine).orElse(1),
        place.map(CelSourceLocation::getColumn).orElse(0) + 1,
        message,
        hint);
  }

  /** The part in the language, in one line. */
  String quote(CelExpr part) {
    String quoted = written(part);
    return quoted.length() <= LONGEST_QUOTE ? quoted : quoted.substring(0, LONGEST_QUOTE) + "…";
  }

  /** The same, however long. */
  String written(CelExpr part) {
    String written =
        CelUnparserFactory.newUnparser().unparse(CelAbstractSyntaxTree.newParsedAst(part, source));
    return written.contains("'") ? written : written.replace('"', '\'');
  }

  static boolean isCall(CelExpr part) {
    return part.getKind() == CelExpr.ExprKind.Kind.CALL;
  }

  static boolean isOperator(String function) {
    return !Character.isLetter(function.charAt(0));
  }

  /** The place of a call is its opening bracket; its name stands before that. */
  private int lengthOfName(CelExpr call) {
    String name = call.call().function();
    int bracket = text.offsetByCodePoints(0, offset(call.id()));
    return text.substring(0, bracket).endsWith(name) ? name.length() : 0;
  }
}
