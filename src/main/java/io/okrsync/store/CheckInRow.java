package io.okrsync.store;

import io.okrsync.okr.CheckIn;
import org.jspecify.annotations.Nullable;

/**
 * A stored check-in, for those who check it.
 *
 * @param said null where what is stored cannot have been said
 */
public record CheckInRow(long id, @Nullable CheckIn said) {}
