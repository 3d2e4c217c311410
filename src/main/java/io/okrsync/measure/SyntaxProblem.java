package io.okrsync.measure;

import dev.cel.common.CelIssue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in our words why a text is not an expression. */
final class SyntaxProblem {
  private static final Pattern UNREADABLE =
      Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile("(?:extraneous|mismatched) input '(.+?)' expecting .*", Pattern.DOTALL);

  private static final Pattern LENGTH = Pattern.compile(".*\\d[dhmsw]", Pattern.DOTALL);

  private static final Map<String, String> OTHER_LANGUAGES =
      Map.of(
          "and", "write && for and",
          "or", "write || for or",
          "not", "write ! for not",
          "is", "write == null or != null",
          "like", "write title.contains('…') or title.matches('…')",
          "=", "write == to compare",
          "<>", "write != for unequal",
          "&", "write && for and",
          "|", "write || for or");

  private SyntaxProblem() {}

  /** The first problem: those after it are mostly its consequences. */
  static ExpressionProblem first(String key, String text, List<CelIssue> issues) {
    CelIssue issue = issues.get(0);
    int line = Math.max(1, issue.getSourceLocation().getLine());
    int column = Math.max(0, issue.getSourceLocation().getColumn());
    Explanation why = explain(issue.getMessage(), before(text, line, column));
    return new ExpressionProblem(key, line, column + 1, why.message, why.hint);
  }

  private record Explanation(String message, @Nullable String hint) {}

  private static Explanation explain(String message, String before) {
    if (message.contains("'<EOF>'") && !message.contains("expecting <EOF>")) {
      return new Explanation(
          "the expression is unfinished",
          message.startsWith("missing ')'") ? "a closing ) is missing" : null);
    }
    Matcher unreadable = UNREADABLE.matcher(message);
    if (unreadable.matches()) {
      return unreadable(unreadable.group(1).strip());
    }
    Matcher unexpected = UNEXPECTED.matcher(message);
    if (unexpected.matches()) {
      return unexpected(unexpected.group(1), before);
    }
    return otherwise(message);
  }

  private static Explanation unreadable(String found) {
    if (found.startsWith("'") || found.startsWith("\"")) {
      return new Explanation(
          "the text that begins here has no end, or a \\ in it that means nothing",
          "close it with the quote it begins with; write \\\\ for one \\");
    }
    String sign = found.substring(0, Math.min(1, found.length()));
    return new Explanation("unexpected '" + sign + "'", OTHER_LANGUAGES.get(sign));
  }

  private static Explanation unexpected(String found, String before) {
    if (found.equals(">") && before.endsWith("<")) {
      return new Explanation("unexpected '<>'", OTHER_LANGUAGES.get("<>"));
    }
    if (before.strip().equals("not") || before.strip().endsWith(" not")) {
      return new Explanation("unexpected 'not'", OTHER_LANGUAGES.get("not"));
    }
    if (LENGTH.matcher(before + found).matches()) {
      return new Explanation(
          "unexpected '" + found + "'", "a length of time stands in quotes, such as '30d'");
    }
    return new Explanation(
        "unexpected '" + found + "'", OTHER_LANGUAGES.get(found.toLowerCase(Locale.ROOT)));
  }

  private static Explanation otherwise(String message) {
    if (message.startsWith("no viable alternative")) {
      return new Explanation("the expression is unfinished", null);
    }
    if (message.startsWith("For input string")) {
      return new Explanation("the number has too many digits", null);
    }
    if (message.startsWith("reserved identifier: ")) {
      String word = message.substring("reserved identifier: ".length());
      return new Explanation(
          "'" + word + "' cannot be a name",
          word.equals("if") ? "write condition ? this : that" : null);
    }
    if (message.contains("recursion limit") || message.contains("node count")) {
      return new Explanation("the expression is nested too deeply", "make two measures of it");
    }
    if (message.contains("simple name")) {
      return new Explanation(
          "here goes a name of your own for one item", "write labels.exists(l, l == 'bug')");
    }
    if (message.contains("has() macro")) {
      return new Explanation(
          "has() takes a field of custom", "write wonAt != null for the other fields");
    }
    return new Explanation("this cannot be understood", null);
  }

  private static String before(String text, int line, int column) {
    String wanted = text.lines().skip(line - 1L).findFirst().orElse("");
    return wanted.substring(0, Math.min(column, wanted.length()));
  }
}
