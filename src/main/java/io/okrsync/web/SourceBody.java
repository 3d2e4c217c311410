package io.okrsync.web;

import io.okrsync.store.SourceState;
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
    @Nullable String waiting,
    @Nullable RunBody lastRun) {

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
        row.waiting(),
        state.lastRun() == null ? null : RunBody.of(state.lastRun()));
  }
}
