package io.okrsync.demo;

/**
 * Says yes with a probability that may change from question to question, but never strays far from
 * it: a yes too many makes the next one less likely. So a small world has no lucky quarter.
 */
final class EvenChance {
  private final Dice dice;
  private double owed;

  EvenChance(Dice dice) {
    this.dice = dice;
  }

  boolean happens(double probability) {
    owed += probability;
    if (owed <= dice.share()) {
      return false;
    }
    owed -= 1;
    return true;
  }
}
