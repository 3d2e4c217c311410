package io.okrsync;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page shows, so that a test can do the same. */
final class DocumentedBlock {
  private DocumentedBlock() {}

  /** The first YAML block that begins with this file name as a comment, without that line. */
  static String yaml(String page, String file) {
    return block(page, "```yaml\n# " + Pattern.quote(file) + "\n(.*?)```");
  }

  /** What is shown as said by a command, without the line of the command. */
  static String console(String page, String command) {
    return block(page, "```console\n\\$ " + Pattern.quote(command) + "\n(.*?)```");
  }

  /** The first block of this language. */
  static String of(String page, String language) {
    return block(page, "```" + language + "\n(.*?)```");
  }

  private static String block(String page, String pattern) {
    Matcher found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    if (!found.find()) {
      throw new AssertionError("the page has no block " + pattern);
    }
    return found.group(1);
  }
}
