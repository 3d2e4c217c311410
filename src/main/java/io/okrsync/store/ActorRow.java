package io.okrsync.store;

import java.time.Instant;

/** How often somebody has done something, by the log. */
public record ActorRow(String actor, String action, Instant first, Instant last, long times) {}
