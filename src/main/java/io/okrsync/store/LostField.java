package io.okrsync.store;

import java.util.List;

/**
 * A field that records came without, though they had it before, and for want of which they count no
 * more; fewer came with it.
 *
 * @param measures in which they, and no others, count no more
 * @param records the ids of some of them
 * @param count how many they are
 * @param cameWith how many others came in that measure meanwhile
 * @param lately the same since the source was last read whole; as many where this run lost them all
 * @param isSuspicious whether they are so many, or all that counted, that the source may tell the
 *     field no more
 */
public record LostField(
    List<String> measures,
    String field,
    List<String> records,
    int count,
    int cameWith,
    int lately,
    boolean isSuspicious) {}
