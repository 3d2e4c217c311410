package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is kept.
 *
 * @param definition a digest of what decided what it read: the source's settings and the
 *     connector's version; null where it did not begin
 */
public record RunRow(SyncRun run, @Nullable String definition) {
  public long id() {
    return run.id();
  }
}
