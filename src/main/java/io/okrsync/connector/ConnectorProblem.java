package io.okrsync.connector;

import java.nio.file.Path;

/**
 * What is wrong with a file in {@code routes/}, and what to do about it.
 *
 * @param line from 1
 * @param column from 1
 */
public record ConnectorProblem(Path file, int line, int column, String message) {
  @Override
  public String toString() {
    return "%s, line %d, column %d: %s".formatted(file, line, column, message);
  }
}
