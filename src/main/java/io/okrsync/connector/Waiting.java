package io.okrsync.connector;

import java.time.Instant;

/**
 * A source is not being read just now, because it asked us to wait or failed a moment ago.
 *
 * @param until when it is asked again
 * @param why what it answered, for people
 */
public record Waiting(String source, Instant until, String why) {}
