package io.okrsync.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What happens in one tool, one thing after the other. Nothing happens while it is not asked. */
final class Course {
  private final Pace pace;
  private final Consumer<Instant> happening;
  private Duration alive = Duration.ZERO;
  private Instant next;
  private long happened;

  Course(Pace pace, Instant start, Consumer<Instant> happening) {
    this.pace = pace;
    this.happening = happening;
    this.next = start;
    plan();
  }

  /** Everything that is due by now happens, each at its own time. */
  void catchUp(Instant now) {
    while (!next.isAfter(now)) {
      happening.accept(next);
      happened++;
      plan();
    }
  }

  /** What is yet to happen comes later by this much. */
  void shift(Duration by) {
    next = next.plus(by);
  }

  /** How many things have happened. */
  long happened() {
    return happened;
  }

  private void plan() {
    Duration gap = pace.gap(alive);
    alive = alive.plus(gap);
    next = next.plus(gap);
  }
}
