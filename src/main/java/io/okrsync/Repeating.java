package io.okrsync;

import io.okrsync.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, in a thread of its own that keeps no process from ending. A
 * failure is logged, and the next time it is tried again.
 */
final class Repeating implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

  private final String failed;
  private final Runnable task;
  private final ScheduledExecutorService thread;

  /**
   * @param name of the thread
   * @param failed what to say of a failure
   */
  Repeating(String name, String failed, Runnable task) {
    this.failed = failed;
    this.task = task;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread own = new Thread(work, name);
              own.setDaemon(true);
              return own;
            });
  }

  /** Begins, after a first pause. */
  void every(Duration pause) {
    every(pause, pause);
  }

  void every(Duration first, Duration pause) {
    var unused =
        thread.scheduleWithFixedDelay(
            this::attempt, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void attempt() {
    try {
      task.run();
    } catch (StoreUnavailable gone) {
      LOG.error("{}: {}", failed, gone.getMessage());
    } catch (RuntimeException | Error failure) {
      LOG.error(failed, failure);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
