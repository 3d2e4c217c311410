package io.okrsync.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in the configuration, and where.
 *
 * @param file the file as it was named, such as {@code config/sources.yaml}
 * @param path the keys that lead there, such as {@code sources.crm.every}; empty for the file
 *     itself
 * @param line 1 and up; 0 where it is about the file as a whole
 * @param column 1 and up, in characters; 0 where it is about the file as a whole
 * @param message one sentence, without a full stop
 * @param hint what to write instead, or what is known here; null where there is nothing to say
 * @param excerpt the line of the file; null where it must not be shown or does not help
 */
public record Problem(
    String file,
    String path,
    int line,
    int column,
    String message,
    @Nullable String hint,
    @Nullable String excerpt) {
  private static final int WIDEST = 120;

  public Problem {
    path = printable(path);
    message = printable(message);
    hint = hint == null ? null : printable(hint);
    excerpt = excerpt == null ? null : printable(excerpt);
  }

  /** The same without this beginning of the names of files. */
  Problem within(String prefix) {
    return new Problem(
        file.replace(prefix, ""), path, line, column, message.replace(prefix, ""), hint, excerpt);
  }

  /**
   * Where, what, and below it the line with a mark under the place:
   *
   * <pre>
   * config/okrs/q4.yaml: objectives[0].keyResults[2].formula, line 14, column 23: undeclared name 'clsoed'
   *   formula: open - clsoed
   *   ................^   known here: open, closed, reopened
   * </pre>
   */
  @Override
  public String toString() {
    return where() + ": " + message + explanation();
  }

  private String where() {
    return file
        + (path.isEmpty() ? "" : ": " + path)
        + (line == 0 ? "" : ", line " + line + ", column " + column);
  }

  private String explanation() {
    String said = hint == null ? "" : hint;
    if (excerpt == null) {
      return said.isEmpty() ? "" : "\n  " + said;
    }
    int indent = excerpt.length() - excerpt.stripLeading().length();
    int mark = Math.max(0, column - 1 - indent);
    String shown = excerpt.strip();
    int cut =
        shown.length() > WIDEST ? Math.max(0, Math.min(mark, shown.length()) - WIDEST / 2) : 0;
    String window = shown.substring(cut, Math.min(shown.length(), cut + WIDEST));
    String line = (cut > 0 ? "…" : "") + window + (cut + WIDEST < shown.length() ? "…" : "");
    String pointer = ".".repeat(mark - cut + (cut > 0 ? 1 : 0)) + "^   ";
    return ("\n  " + line + "\n  " + pointer + said).stripTrailing();
  }

  /** Without characters that would change the terminal or page it is shown on. */
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", " ");
  }
}
