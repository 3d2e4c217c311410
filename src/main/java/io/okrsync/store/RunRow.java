package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is kept.
 *
 * @param definition a digest of what decided what it read: the source's settings and the
 *     connector's version; null where it did not begin
 * @param versions the seal of what it did to versions of records; null where it was not published,
 *     or began before that was sealed
 */
public record RunRow(SyncRun run, @Nullable String definition, @Nullable String versions) {
  public long id() {
    return run.id();
  }
}
