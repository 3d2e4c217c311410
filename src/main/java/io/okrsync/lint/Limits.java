package io.okrsync.lint;

import java.math.BigDecimal;

/**
 * The numbers that checks go by. The articles name different ones, so each can be set.
 *
 * @param objectives the most objectives of one owner in one cycle
 * @param keyResultsLeast the fewest key results of an objective
 * @param keyResultsMost the most key results of an objective
 * @param words the most words of a title
 * @param ambition the smallest part of the baseline by which a target should differ from it
 */
public record Limits(
    int objectives, int keyResultsLeast, int keyResultsMost, int words, BigDecimal ambition) {
  public static final Limits STANDARD = new Limits(5, 2, 5, 15, new BigDecimal("0.03"));

  public Limits {
    if (keyResultsLeast > keyResultsMost) {
      throw new IllegalArgumentException(
          "keyResultsLeast (%d) must not be above keyResultsMost (%d)"
              .formatted(keyResultsLeast, keyResultsMost));
    }
  }
}
