package io.okrsync.store;

import io.okrsync.okr.KeyResultChange;
import io.okrsync.sync.SyncRun;
import java.util.List;

/**
 * A run as it was published, and the key results that moved with it.
 *
 * @param missed how many records it did not bring that count on until another look
 */
public record Publication(SyncRun run, long missed, List<KeyResultChange> changes) {
  public Publication {
    changes = List.copyOf(changes);
  }
}
