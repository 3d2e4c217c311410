package io.okrsync.audit;

import java.util.Locale;

/** The causes by which a value changes. */
public enum Why {
  /** A record began to count. */
  ENTERED("records that began to count"),
  /**
   * The same, but it was not known at all when the value before was read, though it is dated before
   * a run began that did not have it.
   */
  LATE("late arrivals: records dated before a run that did not have them yet"),
  /** A record is still there, and counts no more. */
  LEFT("records that count no more"),
  /** A record is not in its tool any more. */
  DELETED("records that were deleted"),
  /** A record counts as before, with another amount. */
  CHANGED("records that count with another amount"),
  /** A record counts under another key, or its key came to be or ceased to be among those asked. */
  KEY("records under another key, or whose key began or ceased to be asked for"),
  /** The window in which records are counted moved on. */
  TIME("time passing: the window moved"),
  /** A rate table says something else about days on which records count. */
  RATES("other exchange rates"),
  /** The formula, a measure or the cycle was defined anew. */
  CONFIGURATION("a new configuration"),
  /** A person put another value in place of the one that is read, or that ended. */
  OVERRIDE("an override"),
  /** A source had not been read completely before. */
  FIRST_READ("a source was read completely for the first time"),
  /** More records than can be named one by one. */
  MANY("more records than are named one by one"),
  /** What neither records nor the configuration say. */
  OTHER("set otherwise");

  private final String words;

  Why(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** As the API writes it, such as {@code first-read}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
