package io.okrsync.store;

import io.okrsync.sync.SyncRun;

/** Another process is reading the source, so no run of it can begin here. */
public final class AtWorkElsewhere extends RuntimeException {
  private final transient SyncRun run;

  AtWorkElsewhere(SyncRun run) {
    super("run %d of this source is at work in another process".formatted(run.id()));
    this.run = run;
  }

  public SyncRun run() {
    return run;
  }
}
