package io.okrsync.store;

import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;

/** Another process is reading the source, or has taken its run over. */
public final class AtWorkElsewhere extends RuntimeException {
  private final transient SyncRun run;

  AtWorkElsewhere(SyncRun run) {
    super(
        "run %d of this source %s in another process"
            .formatted(run.id(), run.outcome() == Outcome.RUNNING ? "is at work" : "was ended"));
    this.run = run;
  }

  public SyncRun run() {
    return run;
  }
}
