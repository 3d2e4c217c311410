package io.okrsync.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one source. It is born RUNNING, gathers counts page by page, may be PARTIAL and go
 * on later under the same id, and ends once: published (OK, OK_EMPTY) or not (FAILED). A SKIPPED
 * run is born ended.
 *
 * @param id grows from run to run over all sources
 * @param since from when on it reads; null means everything
 * @param cursor the page to read next; null means the first
 * @param reason why it ended so, or what it waits for; null while there is nothing to say
 * @param finishedAt null while it has not ended
 */
public record SyncRun(
    long id,
    String source,
    Trigger trigger,
    Outcome outcome,
    @Nullable String reason,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant since,
    @Nullable String cursor,
    Counts counts) {

  /** The same run after one more page was stored. */
  public SyncRun after(Counts page, @Nullable String next) {
    return new SyncRun(
        id,
        source,
        trigger,
        outcome,
        reason,
        startedAt,
        finishedAt,
        since,
        next,
        counts.plus(page));
  }

  /** The same run, ended or interrupted. */
  public SyncRun ended(Outcome how, @Nullable String why, Instant at) {
    return new SyncRun(id, source, trigger, how, why, startedAt, at, since, cursor, counts);
  }
}
