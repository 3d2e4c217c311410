package io.okrsync.connector;

import java.time.Duration;

/** How to let time pass; tests do not wait. */
@FunctionalInterface
interface Pause {
  Pause REAL = pause -> Thread.sleep(Math.max(0, pause.toMillis()));

  void lasting(Duration pause) throws InterruptedException;
}
