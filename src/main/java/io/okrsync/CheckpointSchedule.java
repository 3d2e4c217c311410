package io.okrsync;

import static java.util.Objects.requireNonNullElse;

import io.okrsync.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs checkpoints while the service runs: every hour in which something happened, and at the end.
 * One that cannot be written is told in the log, and tried again soon.
 */
final class CheckpointSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointSchedule.class);

  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Service service;
  private final Sealing sealing;
  private final Path data;

  /** Whether the key was there at the start, which makes it where it is missing. */
  private final boolean hadKey;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  CheckpointSchedule(Service service, Sealing sealing, Path data) {
    this(service, sealing, data, Duration.ofMinutes(1));
  }

  CheckpointSchedule(Service service, Sealing sealing, Path data, Duration first) {
    this.service = service;
    this.sealing = sealing;
    this.data = data;
    this.hadKey = hasKey(sealing, data);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    sealAfter(first);
  }

  private static boolean hasKey(Sealing sealing, Path data) {
    try {
      var unused = sealing.key(data);
      return true;
    } catch (IOException failure) {
      return false; // the first checkpoint tells, or makes it
    }
  }

  private void sealAfter(Duration pause) {
    var unused = timer.schedule(() -> sealAfter(seal()), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What the timer does; says after how long it is to be done again. */
  Duration seal() {
    try {
      if (hadKey) {
        sealing.requireKey(data);
      }
      sealing
          .seal(service.store(), data, service::now)
          .ifPresent(it -> LOG.info("entry {} is signed by key {}", it.sequence(), it.keyId()));
      return EVERY;
    } catch (IOException | StoreUnavailable failure) {
      LOG.warn(
          "no checkpoint could be written; {}: {}",
          triedAgain(),
          requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName()));
    } catch (RuntimeException | Error failure) { // or none would be written any more
      LOG.warn("no checkpoint could be written; {}", triedAgain(), failure);
    }
    return AFTER_FAILURE;
  }

  private String triedAgain() {
    return "it is tried again " + (timer.isShutdown() ? "after the next start" : "in 5 minutes");
  }

  /** One that is being written is let finish: an interrupt would close files under it. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (timer.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        var unused = seal();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
