package io.okrsync.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file and its text.
 *
 * @param name its name within the folder, such as {@code okrs/2026-q4.yaml}
 * @param shownName its name in messages, with the folder as it was given
 * @param text without a byte order mark; empty where it could not be read
 * @param quotable whether problems may show its lines. A file in which somebody may have written a
 *     secret is never quoted
 */
record ConfigurationFile(String name, String shownName, String text, boolean quotable) {

  /** The line, for a message; null where there is none or it must not be shown. */
  @Nullable String excerpt(int line) {
    String text = quotable ? line(line) : "";
    return text.isBlank() ? null : text;
  }

  /** A line of the file, counted from 1; empty where there is none. */
  String line(int number) {
    List<String> lines = text.lines().toList();
    return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
  }
}
