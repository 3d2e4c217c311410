package io.okrsync.config;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says what is wrong with a text that is no YAML, without showing the text. */
final class SyntaxProblem {
  private SyntaxProblem() {}

  static void add(ConfigurationFile file, YamlEngineException exception, Problems problems) {
    Problem problem =
        exception instanceof MarkedYamlEngineException marked
            ? marked(file, marked)
            : place(file, exception)
                .problem("is not valid YAML: it holds a character that must not be there", null);
    problems.add(problem);
  }

  private static Problem marked(ConfigurationFile file, MarkedYamlEngineException exception) {
    Place begin = place(file, exception.getContextMark());
    Place at = place(file, exception.getProblemMark().or(exception::getContextMark));
    String words = words(exception);
    return new SyntaxMistake(words, at, begin.line() == 0 ? at : begin)
        .problem()
        .orElseGet(() -> at.problem("is not valid YAML: " + words, null));
  }

  private static Place place(ConfigurationFile file, Optional<Mark> mark) {
    Place whole = Place.of(file);
    return mark.map(it -> whole.at(it.getLine() + 1, it.getColumn() + 1)).orElse(whole);
  }

  private static Place place(ConfigurationFile file, YamlEngineException exception) {
    Place whole = Place.of(file);
    if (!(exception instanceof ReaderException reader)) {
      return whole;
    }
    List<String> before =
        file.text()
            .substring(0, file.text().offsetByCodePoints(0, reader.getPosition()))
            .lines()
            .toList();
    int line = Math.max(1, before.size());
    return whole.at(line, before.isEmpty() ? 1 : before.get(line - 1).length() + 1);
  }

  /** The library's, without its excerpt of the file. */
  private static String words(MarkedYamlEngineException exception) {
    String context = exception.getContext();
    return exception.getProblem() + (context == null ? "" : ", " + context);
  }
}
