package io.okrsync.connector;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * Why a text is not jq.
 *
 * @param line 1 and up, within the text
 * @param column 1 and up, within the line
 * @param message such as {@code it ends in the middle} or {@code unexpected ')'}
 */
public record JqProblem(int line, int column, String message) {
  /**
   * What the parser says, before it lists all that it would take:
   *
   * <pre>
   * Encountered " &lt;IDENTIFIER> "b "" at line 1, column 4.
   * Lexical error at line 1, column 4.  Encountered: '\'' (39),
   * Unexpected ')' at line 2, column 3.
   * </pre>
   */
  private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");

  private static final Pattern FOUND =
      Pattern.compile("(?:Encountered:?|Unexpected) [\"']\\s*(?:<[A-Z_]+> \")?\\\\?(.+?)\\s*[\"']");

  /**
   * What is wrong with the text of a setting of {@code format: jq}; empty where it is jq.
   *
   * @param functions what it may call besides jq's own functions: the settings that are jq too
   */
  public static Optional<JqProblem> in(String text, Collection<String> functions) {
    try {
      JqProgram.check(text, functions);
      return Optional.empty();
    } catch (JqProgram.Unusable e) {
      return Optional.of(e.problem());
    }
  }

  static JqProblem of(JsonQueryException e) {
    String said = String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    Matcher place = PLACE.matcher(said);
    if (!place.find()) {
      return new JqProblem(1, 1, ErrorText.clean(said));
    }
    int line = Integer.parseInt(place.group(1));
    return new JqProblem(line, Integer.parseInt(place.group(2)), what(said));
  }

  private static String what(String said) {
    Matcher found = FOUND.matcher(said);
    if (!found.find() || found.group(1).isBlank()) {
      return "something is not jq here";
    }
    String token = found.group(1);
    return token.equals("<EOF>") ? "it ends in the middle" : "unexpected '" + token + "'";
  }
}
