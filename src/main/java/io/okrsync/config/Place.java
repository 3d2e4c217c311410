package io.okrsync.config;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file.
 *
 * @param path the keys that lead there; empty for the file itself
 * @param line 1 and up; 0 for the file as a whole
 * @param column 1 and up; 0 for the file as a whole
 */
record Place(ConfigurationFile file, String path, int line, int column) {

  static Place of(ConfigurationFile file) {
    return new Place(file, "", 0, 0);
  }

  Place at(int otherLine, int otherColumn) {
    return new Place(file, path, otherLine, otherColumn);
  }

  Problem problem(String message, @Nullable String hint) {
    return new Problem(file.shownName(), path, line, column, message, hint, file.excerpt(line));
  }
}
