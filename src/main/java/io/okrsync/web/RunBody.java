package io.okrsync.web;

import io.okrsync.sync.Counts;
import io.okrsync.sync.SyncRun;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API gives it.
 *
 * @param total how many items the source says there are; null where it does not tell
 * @param since from when on it reads; null means everything
 * @param until of a backfill: the last change it takes
 * @param continuesAt until when its source is left alone; null where the schedule alone decides
 */
record RunBody(
    long id,
    String source,
    String kind,
    String trigger,
    String outcome,
    @Nullable String reason,
    String startedAt,
    @Nullable String finishedAt,
    long read,
    long created,
    long changed,
    long unchanged,
    long removed,
    long rejected,
    @Nullable Long total,
    @Nullable String since,
    @Nullable String until,
    @Nullable String continuesAt,
    boolean needsAuthorisation) {

  static RunBody of(SyncRun run) {
    Counts counts = run.counts();
    return new RunBody(
        run.id(),
        run.source(),
        run.kind().label(),
        run.trigger().name().toLowerCase(Locale.ROOT),
        run.outcome().name(),
        run.reason(),
        run.startedAt().toString(),
        Json.time(run.finishedAt()),
        counts.read(),
        counts.created(),
        counts.changed(),
        counts.unchanged(),
        counts.removed(),
        counts.rejected(),
        counts.total(),
        Json.time(run.since()),
        Json.time(run.until()),
        Json.time(run.continuesAt()),
        run.needsAuthorisation());
  }
}
