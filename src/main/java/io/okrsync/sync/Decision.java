package io.okrsync.sync;

/**
 * What a person decided about a held run.
 *
 * @param by who, in a line of at most 200 characters
 * @param reason why, in a line of at most 500 characters
 */
public record Decision(String by, String reason) {
  private static final int LONGEST = 500;
  private static final int LONGEST_NAME = 200;

  public Decision {
    by = line(by);
    reason = line(reason);
    if (by.isEmpty()) {
      throw new IllegalArgumentException("by must say who decides");
    }
    if (by.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "by has at most %d characters, but this has %d".formatted(LONGEST_NAME, by.length()));
    }
    if (reason.isEmpty()) {
      throw new IllegalArgumentException(
          "reason must say in a few words why, for those who read the log later");
    }
    if (reason.length() > LONGEST) {
      throw new IllegalArgumentException(
          "reason has at most %d characters, but this has %d".formatted(LONGEST, reason.length()));
    }
  }

  private static String line(String text) {
    return text.replaceAll("[\\s\\p{Cc}\\p{Cf}]+", " ").strip();
  }
}
