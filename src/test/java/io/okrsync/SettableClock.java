package io.okrsync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
final class SettableClock extends Clock {
  private volatile Instant now;
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

  SettableClock(String now) {
    this.now = Instant.parse(now);
  }

  void move(Duration by) {
    now = now.plus(by);
  }

  /** What happens once, when the time is asked for the next time. */
  void meanwhile(Runnable once) {
    meanwhile.set(once);
  }

  @Override
  public Instant instant() {
    meanwhile.getAndSet(() -> {}).run();
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
