package io.okrsync.store;

import org.jspecify.annotations.Nullable;

/**
 * A version of a measure whose contributions are stored.
 *
 * @param goodUntilRun its contributions are those of runs up to this one; null while they are kept
 *     up to date
 */
public record MeasureVersion(long id, String source, String version, @Nullable Long goodUntilRun) {}
