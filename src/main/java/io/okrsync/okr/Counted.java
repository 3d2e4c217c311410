package io.okrsync.okr;

/** How many of something, for a sentence. */
public final class Counted {
  private Counted() {}

  /**
   * Such as {@code 3 entries}, or {@code 1 entry}.
   *
   * @param words how more than one is called, ending in s
   */
  public static String of(long many, String words) {
    return many
        + " "
        + (many == 1 ? words.replaceFirst("ies$", "y").replaceFirst("s$", "") : words);
  }
}
