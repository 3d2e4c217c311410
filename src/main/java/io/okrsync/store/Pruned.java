package io.okrsync.store;

/**
 * Some bodies of record versions that were pruned.
 *
 * @param versions how many
 * @param lastRecord up to which record was looked
 */
public record Pruned(long versions, String lastRecord) {}
