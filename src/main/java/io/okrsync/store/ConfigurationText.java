package io.okrsync.store;

import java.time.Instant;
import java.util.Map;

/**
 * A configuration as it was loaded once.
 *
 * @param files its texts by name
 * @param defined what they came to, as canonical JSON
 */
public record ConfigurationText(
    long version, String digest, Instant loadedAt, Map<String, String> files, String defined) {}
