package io.okrsync.store;

import java.util.List;

/**
 * A field that records came without, though they had it before, and for want of which they count no
 * more in a measure; no record came with it that would.
 *
 * @param records the ids of some of them
 * @param count how many they are
 */
public record LostField(String measure, String field, List<String> records, int count) {}
