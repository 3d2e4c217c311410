package io.okrsync.measure;

import java.util.List;

/** What came of compiling: the thing, or all that is wrong with it. */
public sealed interface Compiled<T> {
  record Ready<T>(T value) implements Compiled<T> {}

  record Refused<T>(List<ExpressionProblem> problems) implements Compiled<T> {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
