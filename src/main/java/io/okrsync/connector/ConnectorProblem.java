package io.okrsync.connector;

import java.nio.file.Path;

/**
 * What is wrong with a file in {@code routes/}, and what to do about it.
 *
 * @param line from 1; 0 where it is about the file or folder as a whole
 * @param column from 1; 0 where it is about the file or folder as a whole
 */
public record ConnectorProblem(Path file, int line, int column, String message) {
  @Override
  public String toString() {
    return line == 0
        ? file + ": " + message
        : "%s, line %d, column %d: %s".formatted(file, line, column, message);
  }
}
