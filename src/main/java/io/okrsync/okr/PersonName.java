package io.okrsync.okr;

import java.util.List;
import java.util.Locale;

/**
 * The name that a person gives for what they do. The log keeps it as the actor, so it must not be
 * one under which the service itself acts.
 */
public final class PersonName {
  /** What a new configuration does. */
  public static final String CONFIGURATION = "config/";

  /** What the end of a day does. */
  public static final String CLOCK = "clock";

  /** What runs at its time, and is asked for by a button or command or by what was pushed. */
  private static final List<String> RUNS = List.of("schedule", "manual", "push");

  private static final int LONGEST = 200;

  private PersonName() {}

  /**
   * The name as one line.
   *
   * @param does such as {@code checks in}, for the message
   * @throws IllegalArgumentException where it is empty, longer than 200 characters, or the
   *     service's own
   */
  public static String of(String by, String does) {
    String name = PersonWords.of("by", by, LONGEST).replaceAll(" +", " ");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("by must say who " + does);
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals(CONFIGURATION) || lower.equals(CLOCK) || RUNS.contains(lower)) {
      throw new IllegalArgumentException(
          "by must be the name of a person: under '%s' the log tells what the service does itself"
              .formatted(lower));
    }
    return name;
  }
}
