package io.okrsync.demo;

/**
 * Values around a median, nearly lognormal, with a long tail to the right as deal sizes and
 * durations have. Every twenty draws cover the whole range once, so that averages of a few dozen
 * records are steady.
 */
final class Spread {
  private static final int STRATA = 20;
  private static final double LOGISTIC_TO_NORMAL = 1.702;

  private final Dice dice;
  private final Deck<Integer> strata;
  private final double sigma;

  /**
   * @param sigma the standard deviation of the logarithm: 0.3 is narrow, 0.8 is wide
   */
  Spread(Dice dice, double sigma) {
    this.dice = dice;
    this.sigma = sigma;
    this.strata = new Deck<>(dice);
    for (int stratum = 0; stratum < STRATA; stratum++) {
      strata.with(stratum, 1);
    }
  }

  double around(double median) {
    double quantile = (strata.draw() + 0.1 + 0.8 * dice.share()) / STRATA;
    double normal = StrictMath.log(quantile / (1 - quantile)) / LOGISTIC_TO_NORMAL;
    return median * StrictMath.exp(sigma * normal);
  }
}
