package io.okrsync.schedule;

import org.jspecify.annotations.Nullable;

/**
 * When a source that is asked for what changed is compared as a whole with what is known of it. It
 * takes the place of the first run after its time.
 *
 * @param reconcile when everything is read again; null for never
 */
public record Comparisons(@Nullable Schedule reconcile) {}
