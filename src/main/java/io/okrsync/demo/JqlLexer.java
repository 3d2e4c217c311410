package io.okrsync.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts JQL into words, quoted texts and signs, and hands them out one by one. */
final class JqlLexer {

  /** A piece of JQL; a quoted text is never a keyword. */
  private record Piece(String text, boolean quoted) {}

  private static final Pattern PIECE =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'"
              + "|(>=|<=|!=|[=<>(),])|([^\\s\"'(),=!<>]+))");

  private final List<Piece> pieces = new ArrayList<>();
  private int at;

  /** Throws Refused if there is something that is none of these. */
  JqlLexer(String jql) {
    Matcher matcher = PIECE.matcher(jql);
    int end = 0;
    while (matcher.lookingAt()) {
      pieces.add(piece(matcher));
      end = matcher.end();
      matcher.region(end, jql.length());
    }
    if (!jql.substring(end).isBlank()) {
      String rest = jql.substring(end).strip();
      throw error("the character '" + rest.charAt(0) + "' is not understood here");
    }
  }

  static Refused error(String what) {
    return new Refused("jql", "Error in the JQL Query: " + what + ".");
  }

  boolean isAtEnd() {
    return at == pieces.size();
  }

  /** Takes these keywords or signs if they come next, all of them. */
  boolean take(String... expected) {
    if (!comes(expected)) {
      return false;
    }
    at += expected.length;
    return true;
  }

  boolean comes(String... expected) {
    for (int i = 0; i < expected.length; i++) {
      if (at + i >= pieces.size() || !is(pieces.get(at + i), expected[i])) {
        return false;
      }
    }
    return true;
  }

  /** The next piece, whatever it is. Throws Refused at the end. */
  String next(String what) {
    if (isAtEnd()) {
      throw error("expecting " + what + " before the end of the query");
    }
    return pieces.get(at++).text();
  }

  void expect(String sign) {
    if (!take(sign)) {
      throw error("expecting '" + sign + "' but got '" + next("'" + sign + "'") + "'");
    }
  }

  private static boolean is(Piece piece, String expected) {
    return !piece.quoted() && piece.text().toUpperCase(Locale.ROOT).equals(expected);
  }

  private static Piece piece(Matcher matcher) {
    for (int group = 1; group <= 2; group++) {
      if (matcher.group(group) != null) {
        return new Piece(matcher.group(group).replaceAll("\\\\(.)", "$1"), true);
      }
    }
    return new Piece(matcher.group(3) != null ? matcher.group(3) : matcher.group(4), false);
  }
}
