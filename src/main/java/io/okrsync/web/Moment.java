package io.okrsync.web;

/**
 * A time on a page.
 *
 * @param iso in UTC, for machines
 * @param text for people, such as {@code 12 s ago}
 * @param full with day, time and zone, shown on request
 * @param relative {@code true} where the text ages, {@code due} where it is about what is to come,
 *     and otherwise {@code false}; an open page keeps it true by itself
 */
public record Moment(String iso, String text, String full, String relative) {}
