package io.okrsync.demo;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Chance that comes out the same for the same seed and purpose, on every Java version. Each part of
 * the world has dice of its own, so that a change in one part leaves the others as they were.
 */
final class Dice {
  private final Random random;

  Dice(long seed, String purpose) {
    this.random = new Random(seed * 1_000_003 + purpose.hashCode());
    random.nextLong(); // the first number of neighbouring seeds is nearly the same
  }

  /** Evenly from 0 up to but not including 1. */
  double share() {
    return random.nextDouble();
  }

  /** True with this probability. */
  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A whole number from low to high, both possible. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** One of the things, all equally likely; the list must not be empty. */
  <T> T one(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** One of those things that fit, all equally likely; empty if none does. */
  <T> Optional<T> one(List<T> things, Predicate<T> fits) {
    List<T> fitting = things.stream().filter(fits).toList();
    return fitting.isEmpty() ? Optional.empty() : Optional.of(one(fitting));
  }

  /** Hexadecimal digits, as vendors use for ids. */
  String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    while (hex.length() < digits) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
