package io.okrsync.okr;

/** What a person writes for those who read the log later, such as a reason. */
public final class PersonWords {
  private PersonWords() {}

  /**
   * The words as one line, without characters that nobody sees.
   *
   * @param name of what they are, for the message
   * @throws IllegalArgumentException where the line is longer than this many characters
   */
  public static String of(String name, String text, int longest) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ").strip();
    if (line.length() > longest) {
      throw new IllegalArgumentException(
          "%s has at most %d characters, but this has %d".formatted(name, longest, line.length()));
    }
    return line;
  }
}
