package io.okrsync.demo;

import java.time.Duration;

/**
 * How far apart the things that happen in one tool are. For ten minutes they come quickly, so that
 * somebody who watches sees key results move; then ever more slowly, down to what a company of this
 * size does, so that a demo left alone overnight is still believable in the morning.
 */
final class Pace {
  private static final double LIVELY_SECONDS = 600;
  private static final double SLOWEST = 1_200;

  private final Dice dice;
  private final double seconds;

  /**
   * @param seconds the average gap in the first ten minutes
   */
  Pace(Dice dice, double seconds) {
    this.dice = dice;
    this.seconds = seconds;
  }

  /**
   * The gap until the next thing happens.
   *
   * @param alive how long the world has been alive, pauses not counted
   */
  Duration gap(Duration alive) {
    double calm = Math.max(0, alive.toSeconds() - LIVELY_SECONDS) / LIVELY_SECONDS;
    double average = Math.min(SLOWEST, seconds * StrictMath.pow(1 + calm, 1.4));
    return Duration.ofMillis((long) (1000 * average * (0.4 + 1.2 * dice.share())));
  }
}
