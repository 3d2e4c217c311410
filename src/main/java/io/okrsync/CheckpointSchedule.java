package io.okrsync;

import io.okrsync.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs checkpoints while the service runs: every hour in which something happened, and at the end.
 * One that cannot be written is told in the log, and tried again an hour later.
 */
final class CheckpointSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSchedule.class);

  private final Service service;
  private final Sealing sealing;
  private final Path data;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  CheckpointSchedule(Service service, Sealing sealing, Path data) {
    this.service = service;
    this.sealing = sealing;
    this.data = data;
    timer.scheduleWithFixedDelay(this::seal, 1, 60, TimeUnit.MINUTES);
  }

  /** What the timer does. */
  void seal() {
    try {
      sealing
          .seal(service.store(), data, service::now)
          .ifPresent(it -> LOG.info("entry {} is signed by key {}", it.sequence(), it.keyId()));
    } catch (IOException | StoreUnavailable failure) {
      LOG.warn(
          "no checkpoint could be written; it is tried again in an hour: {}", failure.getMessage());
    } catch (RuntimeException failure) {
      LOG.warn("no checkpoint could be written; it is tried again in an hour", failure);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    seal();
  }
}
