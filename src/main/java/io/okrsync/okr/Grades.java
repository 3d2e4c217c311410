package io.okrsync.okr;

import java.math.BigDecimal;

/**
 * From which scores on which words are said. The status goes by the same bounds: on track is who
 * would end as good, off track who would end as far off.
 *
 * @param good from here on it is good progress
 * @param farOff up to here it is far off
 * @param success from here on a stretch target is a success
 */
public record Grades(BigDecimal good, BigDecimal farOff, BigDecimal success) {
  /**
   * Those of the field: 0.7 is good and 0.3 is off track (Google, re:Work, "Set goals with OKRs"),
   * and of a stretch target 80% is probably a success (ClickUp, on OKR examples).
   */
  public static final Grades STANDARD =
      new Grades(new BigDecimal("0.7"), new BigDecimal("0.3"), new BigDecimal("0.8"));

  public Grades {
    require(farOff.signum() >= 0, "farOff", farOff, "must not be less than 0");
    require(good.compareTo(farOff) > 0, "good", good, "must be more than farOff, " + plain(farOff));
    require(
        success.compareTo(good) >= 0,
        "success",
        success,
        "must not be less than good, " + plain(good));
    require(success.compareTo(BigDecimal.ONE) <= 0, "success", success, "must not be more than 1");
  }

  private static void require(boolean fine, String key, BigDecimal is, String otherwise) {
    if (!fine) {
      throw new IllegalArgumentException("%s %s: %s".formatted(key, otherwise, plain(is)));
    }
  }

  private static String plain(BigDecimal number) {
    return number.toPlainString();
  }
}
