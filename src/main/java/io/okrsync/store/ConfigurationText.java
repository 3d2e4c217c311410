package io.okrsync.store;

import java.time.Instant;
import java.util.Map;

/**
 * A configuration as it was loaded once.
 *
 * @param files its texts by name
 */
public record ConfigurationText(
    long version, String digest, Instant loadedAt, Map<String, String> files) {}
