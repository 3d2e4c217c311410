package io.okrsync.audit;

import java.time.Instant;

/**
 * The entries after the last one that a checkpoint signed. Who can write to the database can have
 * added or changed these, and nothing in the database can tell.
 *
 * @param since when the first of them was written, as it says itself
 */
public record Uncovered(long first, long last, Instant since) {
  /**
   * Such as {@code Entries 12 to 15, from 2026-11-21T03:00:00Z on, are covered by no checkpoint}.
   */
  @Override
  public String toString() {
    return "Entries %d to %d, from %s on, are covered by no checkpoint: who can write to the database could have added or changed them."
        .formatted(first, last, since);
  }
}
