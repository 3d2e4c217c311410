package io.okrsync;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at {@code routes/}, {@code config/} and the calendar every two seconds and takes up what
 * changed. It compares names, sizes and times and does not rely on file events, which mounted
 * volumes and editors that replace files do not send reliably.
 */
final class Watch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final int SECONDS = 2;

  private final Service service;
  private final Runnable changed;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread watch = new Thread(task, "watch");
            watch.setDaemon(true);
            return watch;
          });
  private String seen;

  Watch(Service service, Runnable changed) {
    this.service = service;
    this.changed = changed;
    this.seen = service.fingerprint();
  }

  void start() {
    thread.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** One look. A failure is logged and the next look tries again. */
  void look() {
    try {
      boolean connectors = service.connectors().refresh();
      String now = service.fingerprint();
      if (connectors || !now.equals(seen)) {
        service.reload();
        seen = now;
        changed.run();
      }
    } catch (RuntimeException | Error failure) {
      LOG.error("the folders could not be looked at; the configuration in force stays", failure);
    }
    try {
      if (service.lookAtTheDay()) {
        changed.run();
      }
    } catch (RuntimeException | Error failure) {
      LOG.error("what moves with time could not be read again; the next look tries again", failure);
    }
  }
}
