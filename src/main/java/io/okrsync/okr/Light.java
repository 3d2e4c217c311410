package io.okrsync.okr;

import java.util.Locale;

/** A traffic light, by which a person's confidence and a computed status can be compared. */
public enum Light {
  RED,
  YELLOW,
  GREEN;

  /** As people write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
