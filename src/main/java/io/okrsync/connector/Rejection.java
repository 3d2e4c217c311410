package io.okrsync.connector;

/**
 * An item that could not be read as a record, and why: it counts as read and rejected, and changes
 * nothing.
 *
 * @param id the item's id, or {@code item 7} where it has none
 * @param why which field, what was found, what was expected; never the whole item
 */
public record Rejection(String id, String why) {}
