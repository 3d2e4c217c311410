package io.okrsync.web;

import io.okrsync.store.SourceState;
import io.okrsync.sync.Concern;
import io.okrsync.sync.UtcTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A source as the API gives it.
 *
 * @param readAt when the last published run began; null before the first
 * @param liveCursor the latest {@code updatedAt} among its records
 */
record SourceBody(
    String name,
    String connector,
    String schedule,
    String freshness,
    @Nullable String readAt,
    @Nullable Long publishedRun,
    @Nullable String liveCursor,
    long records,
    @Nullable String nextRun,
    @Nullable String nextReconcile,
    @Nullable String nextCensus,
    @Nullable String waiting,
    List<ConcernBody> concerns,
    @Nullable RunBody lastRun) {

  record ConcernBody(String kind, String sentence) {
    static ConcernBody of(Concern concern) {
      return new ConcernBody(concern.kind().name().toLowerCase(Locale.ROOT), concern.sentence());
    }
  }

  private static @Nullable String waiting(SourceRow.@Nullable Wait wait) {
    return wait == null ? null : wait.inWords(UtcTime.inWords(wait.until()));
  }

  static SourceBody of(SourceRow row) {
    SourceState state = row.state();
    return new SourceBody(
        row.name(),
        row.connector(),
        row.schedule(),
        row.freshness().name().toLowerCase(Locale.ROOT),
        Json.time(state.readAt()),
        state.publishedRun(),
        Json.time(state.liveCursor()),
        state.records(),
        Json.time(row.nextRun()),
        Json.time(row.comparing().reconcile()),
        Json.time(row.comparing().census()),
        waiting(row.waiting()),
        row.concerns().stream().map(ConcernBody::of).toList(),
        state.lastRun() == null ? null : RunBody.of(state.lastRun()));
  }
}
