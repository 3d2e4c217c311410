package io.okrsync.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a YAML file into the parts of one section, each with the comment right above it. */
final class TextBlocks {
  private final Pattern begins;
  private final Map<String, String> blocks = new LinkedHashMap<>();
  private final List<String> comment = new ArrayList<>();
  private String name = "";
  private int indent;

  private TextBlocks(Pattern begins) {
    this.begins = begins;
  }

  /**
   * The parts by name, in the order of the file.
   *
   * @param section the key at the left margin below which they stand
   * @param begins what the first line of a part is; its group is the name
   */
  static Map<String, String> below(String section, String text, Pattern begins) {
    TextBlocks cut = new TextBlocks(begins);
    text.lines()
        .dropWhile(line -> !line.equals(section + ":"))
        .skip(1)
        .takeWhile(line -> line.isBlank() || line.startsWith(" "))
        .forEach(cut::line);
    return cut.blocks;
  }

  private void line(String line) {
    Matcher first = begins.matcher(line);
    int spaces = line.length() - line.stripLeading().length();
    if (first.matches()) {
      name = first.group(1);
      indent = spaces;
      blocks.put(name, String.join("", comment) + line + "\n");
      comment.clear();
    } else if (line.isBlank() || line.stripLeading().startsWith("# ---")) {
      comment.clear();
      name = "";
    } else if (!name.isEmpty() && spaces > indent) {
      blocks.merge(name, line + "\n", String::concat);
    } else {
      name = "";
      noteComment(line);
    }
  }

  private void noteComment(String line) {
    if (line.stripLeading().startsWith("#")) {
      comment.add(line + "\n");
    } else {
      comment.clear();
    }
  }
}
