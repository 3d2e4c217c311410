package io.okrsync.web;

/**
 * A time on a page.
 *
 * @param iso in UTC, for machines
 * @param text for people, such as {@code 12 s ago}
 * @param full with day, time and zone, shown on request
 * @param relative whether the text ages; an open page then keeps it true by itself
 */
public record Moment(String iso, String text, String full, boolean relative) {}
