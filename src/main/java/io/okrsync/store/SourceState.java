package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been read, as a query returns it.
 *
 * @param publishedRun the last run whose records count; null while there is none
 * @param readAt when that run began: what we know of the source is as of then
 * @param liveCursor the latest {@code updatedAt} among its records; null where it has none
 * @param records how many records it has now
 * @param incomplete the last published run that could not read some items, where they are not read
 *     again since; null where nothing is missing
 * @param lastRun the last run that began, however it ended; null while there is none
 */
public record SourceState(
    String source,
    @Nullable Long publishedRun,
    @Nullable Instant readAt,
    @Nullable Instant liveCursor,
    long records,
    @Nullable SyncRun incomplete,
    @Nullable SyncRun lastRun) {}
