package io.okrsync.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a request asks for.
 *
 * @param problem what is wrong with what was asked; null where nothing is
 */
record Limit(int value, @Nullable String problem) {
  private static final int MOST = 1000;

  static Limit of(List<String> asked, int otherwise) {
    if (asked.isEmpty()) {
      return new Limit(otherwise, null);
    }
    String text = asked.get(0);
    try {
      int value = Integer.parseInt(text);
      return value >= 1 && value <= MOST ? new Limit(value, null) : refused(text);
    } catch (NumberFormatException e) {
      return refused(text);
    }
  }

  private static Limit refused(String text) {
    return new Limit(0, "limit must be a whole number from 1 to %d: '%s'".formatted(MOST, text));
  }
}
