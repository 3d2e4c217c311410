package io.okrsync.lint;

import java.util.Locale;

/** How seriously a check is taken. Ordered from not at all to most. */
public enum Level {
  /** The check is not made. */
  OFF,
  NOTE,
  WARNING,
  /** What it finds is a problem: the configuration is refused. */
  ERROR;

  /** As it is written in YAML. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
