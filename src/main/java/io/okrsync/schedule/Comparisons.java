package io.okrsync.schedule;

import org.jspecify.annotations.Nullable;

/**
 * When a source that is asked for what changed is compared as a whole with what is known of it.
 *
 * @param census when its ids are listed, after the first run after that time; null for never
 * @param reconcile when everything is read again, instead of the first run after that time; null
 *     for never
 */
public record Comparisons(@Nullable Schedule census, @Nullable Schedule reconcile) {}
