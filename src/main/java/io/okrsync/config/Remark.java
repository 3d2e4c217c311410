package io.okrsync.config;

import io.okrsync.lint.Level;

/**
 * Advice that a check of wording or numbers gives about a configuration that is in order.
 *
 * @param check the name by which it is switched in {@code lint.yaml}
 * @param level note or warning; an error is a problem instead
 * @param problem what is remarked, where, and why it matters
 */
public record Remark(String check, Level level, Problem problem) {
  /** As a person reads it, such as {@code warning (key-result-count): config/okrs/q4.yaml: …}. */
  @Override
  public String toString() {
    return "%s (%s): %s".formatted(level.label(), check, problem);
  }
}
