package io.okrsync.sync;

import java.util.Locale;

/** What a run is for. */
public enum RunKind {
  /** Reads what changed since the last one, or everything where that cannot be asked for. */
  SYNC,
  /** Reads again what changed in a span of time; never moves the live cursor. */
  BACKFILL,
  /** Reads everything again, and lists what the runs before it had missed. */
  RECONCILE,
  /** Reads the ids that exist, and removes the records whose id does not. */
  CENSUS;

  /** The word to show. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the source is as fresh as this run once it is published, and read on from there. */
  public boolean isLive() {
    return this == SYNC || this == RECONCILE;
  }
}
