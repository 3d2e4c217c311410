package io.okrsync.web;

import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How far a key result has come, and how far it should be by now.
 *
 * @param fill per cent of the width
 * @param pace per cent of the width
 * @param label the same in words
 */
public record ProgressBar(String fill, String pace, String label) {
  static ProgressBar of(Standing standing) {
    BigDecimal progress = standing.progress();
    BigDecimal score = standing.score();
    String done = progress == null ? "no value yet" : Figures.percent(progress) + " done";
    return new ProgressBar(
        width(score == null ? BigDecimal.ZERO : score),
        width(standing.expected()),
        done + ", " + Figures.percent(standing.expected()) + " expected by now");
  }

  static String width(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.HALF_UP).toPlainString() + "%";
  }
}
