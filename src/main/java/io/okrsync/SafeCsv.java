package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV that no spreadsheet takes for a formula: a text that begins like one is written behind an
 * apostrophe, and so is one that begins with an apostrophe, so that reading it back is unambiguous.
 */
final class SafeCsv {
  /** Full-width forms, too, which spreadsheets of East Asia take for the others. */
  private static final String FORMULA_BEGINS_WITH = "=+-@'\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  /** A text that is empty, where there being none would mean something else. */
  static final Object EMPTY = new Object();

  private final PrintWriter out;
  private long lines;

  SafeCsv(PrintWriter out) {
    this.out = out;
  }

  /** A line; null is an empty cell, numbers are as they are, and all else is its text. */
  void line(@Nullable Object... cells) {
    out.print(Arrays.stream(cells).map(SafeCsv::cell).collect(Collectors.joining(",")));
    out.print('\n');
    lines++;
  }

  /** How many there are. */
  long lines() {
    return lines;
  }

  private static String cell(@Nullable Object value) {
    if (value == EMPTY) {
      return "'";
    }
    if (value instanceof BigDecimal number) {
      return CanonicalJson.plain(number);
    }
    return value instanceof Long number
        ? number.toString()
        : text(value == null ? null : value.toString());
  }

  static String text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = FORMULA_BEGINS_WITH.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
