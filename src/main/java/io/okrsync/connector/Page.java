package io.okrsync.connector;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a source.
 *
 * @param next where the next page begins, opaque; null means that this was the last
 * @param total how many records the source says there are in all; null where it does not tell
 */
public record Page(
    List<SourceRecord> records,
    List<Rejection> rejections,
    @Nullable String next,
    @Nullable Long total) {

  /** How many items the source returned: records and rejections. */
  public int read() {
    return records.size() + rejections.size();
  }
}
