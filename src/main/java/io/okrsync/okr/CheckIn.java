package io.okrsync.okr;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * A person's word on a key result: how sure they are that it will be reached, what went well and
 * what is in the way. It stands beside the computed status and never changes it.
 *
 * @param confidence from 1, it will not be reached, to 5, it surely will
 * @param by who says so
 * @param wins empty where none are told
 * @param blockers empty where none are told
 */
public record CheckIn(
    String keyResult, Instant at, String by, int confidence, String wins, String blockers) {
  private static final int LONGEST = 2000;
  private static final String SCALE = "1, 2, 3, 4, 5, red, yellow or green";

  /** To the microsecond, as it is kept and sealed. */
  public CheckIn {
    at = at.truncatedTo(ChronoUnit.MICROS);
    by = PersonName.of(by, "checks in");
    wins = PersonWords.of("wins", wins, LONGEST);
    blockers = PersonWords.of("blockers", blockers, LONGEST);
    if (confidence < 1 || confidence > 5) {
      throw new IllegalArgumentException(
          "confidence must be %s, but is %d".formatted(SCALE, confidence));
    }
  }

  /**
   * The confidence that a person wrote: a number, or the colour of its light.
   *
   * @throws IllegalArgumentException where it is neither
   */
  public static int confidence(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "red", "1" -> 1;
      case "2" -> 2;
      case "yellow", "3" -> 3;
      case "4" -> 4;
      case "green", "5" -> 5;
      default ->
          throw new IllegalArgumentException(
              "confidence must be %s, but is '%s'".formatted(SCALE, text.strip()));
    };
  }

  public Light light() {
    return switch (confidence) {
      case 1, 2 -> Light.RED;
      case 3 -> Light.YELLOW;
      default -> Light.GREEN;
    };
  }

  /** Such as {@code green, 4 of 5}. */
  public String inWords() {
    return "%s, %d of 5".formatted(light().label(), confidence);
  }

  /**
   * How the person and the numbers disagree, in a sentence; empty where they agree, and where the
   * numbers say nothing.
   */
  public Optional<String> disagreement(Status status) {
    return status
        .light()
        .filter(computed -> computed != light())
        .map(
            computed ->
                "%s is %s sure than the numbers: confidence is %s, the computed status is %s."
                    .formatted(
                        by,
                        light().compareTo(computed) > 0 ? "more" : "less",
                        inWords(),
                        status.label()));
  }
}
