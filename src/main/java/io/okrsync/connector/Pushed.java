package io.okrsync.connector;

/**
 * What a push holds.
 *
 * @param complete whether it is all there is, so that a record which is not in it is gone
 */
public record Pushed(Page page, boolean complete) {}
