package io.okrsync.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * Where the characters of a value stand in its file. YAML may write one value in several ways; a
 * problem in an expression must be shown where the admin sees it:
 *
 * <pre>
 * formula: 100 * won          the text as it stands
 * formula: 'it''s'            two quotes for one
 * formula: "a\tb"             escapes
 * formula: |                  each line after the same indent
 *   100
 *     * won
 * </pre>
 *
 * <p>Of a folded text ({@code >}) only the beginning is told.
 */
record ScalarPlaces(ScalarStyle style, int[] source, int begin, int end) {

  /**
   * @param start where the value begins, which is also the answer where the place is not known
   * @param line 1 and up, within the text
   * @param column 1 and up, within the line
   */
  Place find(Place start, String text, int line, int column) {
    if (style == ScalarStyle.LITERAL) {
      return inLiteral(start, text, line, column);
    }
    if (style == ScalarStyle.FOLDED) {
      return start;
    }
    List<Integer> places = walk();
    int offset = offset(text, line, column);
    if (places.size() != text.codePointCount(0, text.length()) + 1 || offset >= places.size()) {
      return start;
    }
    return at(start, places.get(offset));
  }

  /** A line of the file is the indent and then the line of the text. */
  private static Place inLiteral(Place start, String text, int line, int column) {
    List<String> inText = text.lines().toList();
    if (line > inText.size()) {
      return start;
    }
    int there = start.line() + line;
    int indent = start.file().line(there).length() - inText.get(line - 1).length();
    return start.at(there, Math.max(0, indent) + column);
  }

  private static int offset(String text, int line, int column) {
    int begin = 0;
    for (int i = 1; i < line; i++) {
      begin = text.indexOf('\n', begin) + 1;
    }
    return text.codePointCount(0, begin) + column - 1;
  }

  private Place at(Place start, int index) {
    int line = start.line();
    int lineBegin = begin - (start.column() - 1);
    for (int i = begin; i < index; i++) {
      if (source[i] == '\n') {
        line++;
        lineBegin = i + 1;
      }
    }
    return start.at(line, index - lineBegin + 1);
  }

  /** For each character of the value, and for its end, its index in the file. */
  private List<Integer> walk() {
    boolean quoted = style != ScalarStyle.PLAIN;
    int stop = quoted ? end - 1 : end;
    List<Integer> places = new ArrayList<>();
    int i = quoted ? begin + 1 : begin;
    while (i < stop) {
      i = isSpace(source[i]) ? spaces(i, stop, places) : character(i, places);
    }
    places.add(stop);
    return places;
  }

  /** Spaces around a line break are dropped; one break is a space, and more are one less. */
  private int spaces(int from, int stop, List<Integer> places) {
    int to = from;
    int breaks = 0;
    while (to < stop && isSpace(source[to])) {
      breaks += source[to] == '\n' ? 1 : 0;
      to++;
    }
    int count = breaks == 0 ? to - from : Math.max(1, breaks - 1);
    for (int i = 0; i < count; i++) {
      places.add(from + i);
    }
    return to;
  }

  private int character(int i, List<Integer> places) {
    if (style == ScalarStyle.DOUBLE_QUOTED && source[i] == '\\') {
      return escape(i, places);
    }
    places.add(i);
    return style == ScalarStyle.SINGLE_QUOTED && source[i] == '\'' ? i + 2 : i + 1;
  }

  private int escape(int i, List<Integer> places) {
    int next = source[i + 1];
    if (next == '\n' || next == '\r') {
      int to = i + 1;
      while (isSpace(source[to])) {
        to++;
      }
      return to;
    }
    places.add(i);
    return i + (next == 'x' ? 4 : next == 'u' ? 6 : next == 'U' ? 10 : 2);
  }

  private static boolean isSpace(int character) {
    return character == ' ' || character == '\t' || character == '\n' || character == '\r';
  }
}
