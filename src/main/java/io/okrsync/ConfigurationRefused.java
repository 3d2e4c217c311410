package io.okrsync;

import io.okrsync.config.Problem;
import io.okrsync.config.Problems;
import java.util.List;

/** The configuration has problems; the message lists them all, numbered. */
final class ConfigurationRefused extends RuntimeException {
  private final transient List<Problem> problems;

  ConfigurationRefused(List<Problem> problems) {
    super(Problems.text(problems));
    this.problems = List.copyOf(problems);
  }

  List<Problem> problems() {
    return problems;
  }
}
