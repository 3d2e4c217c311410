package io.okrsync.connector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where to read on.
 *
 * @param since read what changed at or after this instant; null means everything
 * @param cursor the page to begin with, as the page before named it; null means the first
 */
public record ReadingPlace(@Nullable Instant since, @Nullable String cursor) {}
