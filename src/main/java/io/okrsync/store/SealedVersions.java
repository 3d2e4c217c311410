package io.okrsync.store;

import org.jspecify.annotations.Nullable;

/**
 * A published run, and the seal of what it did to versions of records.
 *
 * @param seal null where it began before that was sealed
 */
public record SealedVersions(long run, @Nullable String seal) {}
