package io.okrsync.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Cards that are dealt without being put back, and shuffled again when none is left: the shares
 * come out as meant, whatever the luck, which independent draws would need thousands of records
 * for.
 */
final class Deck<T> {
  private final Dice dice;
  private final List<T> all = new ArrayList<>();
  private final List<T> left = new ArrayList<>();

  Deck(Dice dice) {
    this.dice = dice;
  }

  /** Adds this card so many times. */
  Deck<T> with(T card, int times) {
    for (int i = 0; i < times; i++) {
      all.add(card);
    }
    return this;
  }

  T draw() {
    if (left.isEmpty()) {
      left.addAll(all);
    }
    int at = dice.between(0, left.size() - 1);
    T card = left.get(at);
    left.set(at, left.get(left.size() - 1));
    left.remove(left.size() - 1);
    return card;
  }
}
