package io.okrsync.lint;

import java.util.Map;
import java.util.Objects;

/**
 * Which checks are made, how seriously, and by which numbers.
 *
 * @param levels those that are not as they come
 */
public record LintSettings(Map<Check, Level> levels, Limits limits) {
  public static final LintSettings STANDARD = new LintSettings(Map.of(), Limits.STANDARD);

  public LintSettings {
    levels = Map.copyOf(levels);
  }

  public Level level(Check check) {
    return Objects.requireNonNullElse(levels.get(check), check.standard());
  }
}
