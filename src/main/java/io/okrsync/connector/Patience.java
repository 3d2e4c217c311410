package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Waits in the middle of a run, and tells what for. */
final class Patience {
  private final Clock clock;
  private final Pause pause;
  private final Consumer<Waiting> waiting;

  Patience(Clock clock, Pause pause, Consumer<Waiting> waiting) {
    this.clock = clock;
    this.pause = pause;
    this.waiting = waiting;
  }

  /**
   * Comes back at that time.
   *
   * @param why for people, without the source's name
   */
  void until(Instant time, String why, PageCall call) {
    waiting.accept(new Waiting(call.source().name(), time, why));
    try {
      pause.lasting(Duration.between(clock.instant(), time));
    } catch (InterruptedException e) {
      throw stopped(call, e);
    }
  }

  /** The thread is to stop; it stays interrupted. */
  static SourceFailure stopped(PageCall call, InterruptedException why) {
    Thread.currentThread().interrupt();
    return new SourceFailure(
        RETRY_LATER,
        "Source '%s' was stopped before it had read to the end".formatted(call.source().name()),
        null,
        why);
  }
}
