package io.okrsync;

import java.time.Duration;

/**
 * Looks at {@code routes/}, {@code config/} and the calendar every two seconds and takes up what
 * changed. It compares names, sizes and times and does not rely on file events, which mounted
 * volumes and editors that replace files do not send reliably.
 */
final class Watch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration DAILY = Duration.ofDays(1);
  private static final Duration SOON = Duration.ofMinutes(10);

  private final Service service;
  private final Runnable changed;
  private final Repeating folders =
      new Repeating(
          "watch",
          "the folders could not be looked at; the configuration in force stays",
          this::lookAtTheFolders);
  private final Repeating calendar =
      new Repeating(
          "calendar",
          "what moves with time could not be read again; the next look tries again",
          this::lookAtTheDay);
  private final Repeating retention =
      new Repeating(
          "retention",
          "what is kept no longer could not be pruned; it is tried again in a day",
          this::prune);
  private String seen;

  /** Whether something changed and is not taken up yet, by whatever that failed. */
  private boolean isBehind;

  Watch(Service service, Runnable changed) {
    this.service = service;
    this.changed = changed;
    this.seen = service.fingerprint();
  }

  void start() {
    folders.every(EVERY);
    calendar.every(EVERY);
    retention.every(SOON, DAILY);
  }

  @Override
  public void close() {
    folders.close();
    calendar.close();
    retention.close();
  }

  private void lookAtTheFolders() {
    isBehind |= service.connectors().refresh();
    String now = service.fingerprint();
    if (isBehind || !now.equals(seen)) {
      isBehind = true;
      service.reload();
      seen = now;
      changed.run();
      isBehind = false;
    }
  }

  private void prune() {
    service.prune("schedule");
  }

  private void lookAtTheDay() {
    if (service.lookAtTheDay()) {
      changed.run();
    }
  }
}
