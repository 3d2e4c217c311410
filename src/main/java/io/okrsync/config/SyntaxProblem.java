package io.okrsync.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says what is wrong with a text that is no YAML, without showing the text. */
final class SyntaxProblem {
  private static final Pattern BADLY_INDENTED =
      Pattern.compile("^expected <block end>, but found '?(<block|\\?|-|<scalar>|:)");

  private SyntaxProblem() {}

  static void add(ConfigurationFile file, YamlEngineException exception, Problems problems) {
    Place place = place(file, exception);
    if (indentedByTab(file, place.line())) {
      problems.add(place, "a tab cannot indent YAML; use spaces");
      return;
    }
    String reason = reason(exception);
    if (BADLY_INDENTED.matcher(reason).find()) {
      problems.add(
          place,
          "is indented otherwise than the lines before it",
          "keys of one mapping begin in the same column, and what belongs to a key stands further"
              + " in");
      return;
    }
    problems.add(place, "is not valid YAML: " + reason, hint(reason, file.line(place.line())));
  }

  private static Place place(ConfigurationFile file, YamlEngineException exception) {
    Place whole = Place.of(file);
    if (exception instanceof ReaderException reader) {
      List<String> before =
          file.text()
              .substring(0, file.text().offsetByCodePoints(0, reader.getPosition()))
              .lines()
              .toList();
      int line = Math.max(1, before.size());
      return whole.at(line, before.isEmpty() ? 1 : before.get(line - 1).length() + 1);
    }
    return exception instanceof MarkedYamlEngineException marked
        ? mark(marked).map(mark -> at(whole, mark)).orElse(whole)
        : whole;
  }

  /** Of something that does not end, its begin is what helps. */
  private static Optional<Mark> mark(MarkedYamlEngineException exception) {
    return String.valueOf(exception.getProblem()).contains("end of stream")
        ? exception.getContextMark()
        : exception.getProblemMark();
  }

  private static Place at(Place whole, Mark mark) {
    return whole.at(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** The library's words without its excerpt of the file. */
  private static String reason(YamlEngineException exception) {
    if (!(exception instanceof MarkedYamlEngineException marked)) {
      return "it holds a character that must not be there";
    }
    String context = marked.getContext();
    return marked.getProblem() + (context == null ? "" : ", " + context);
  }

  private static @Nullable String hint(String reason, String line) {
    if (line.contains("{{")) {
      return "a reference needs quotes: \"{{env:NAME}}\"";
    }
    if (reason.contains("cannot start any token")) {
      return "a text that begins with this character needs quotes, such as \"%\"";
    }
    if (reason.contains("got :, while parsing a flow mapping")) {
      return "in { } an expression with ': ' or a comma in it needs quotes, such as at:"
          + " \"max(wonAt, createdAt)\"";
    }
    return reason.startsWith("mapping values are not allowed")
        ? "keys of one mapping begin in the same column; a text with ': ' in it needs quotes"
        : null;
  }

  private static boolean indentedByTab(ConfigurationFile file, int line) {
    String text = file.line(line);
    return text.substring(0, text.length() - text.stripLeading().length()).contains("\t");
  }
}
