package io.okrsync.config;

import io.okrsync.lint.Level;

/**
 * Advice about a configuration that is in order: by a check of wording or numbers, or on what is
 * missing on this machine.
 *
 * @param check the name of the check; one of wording or numbers is switched by it in {@code
 *     lint.yaml}
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
