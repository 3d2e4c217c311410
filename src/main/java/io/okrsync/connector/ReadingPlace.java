package io.okrsync.connector;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where to read on.
 *
 * @param since read what changed at or after this instant; null means everything
 * @param until what changed later need not be read; null means that it must
 * @param cursor the page to begin with, as the page before named it; null means the first
 * @param idsOnly whether records need not have more than their id
 */
public record ReadingPlace(
    @Nullable Instant since, @Nullable Instant until, @Nullable String cursor, boolean idsOnly) {
  public ReadingPlace(@Nullable Instant since, @Nullable String cursor) {
    this(since, null, cursor, false);
  }

  /** The same reading, from this page on. */
  ReadingPlace at(String page) {
    return new ReadingPlace(since, until, page, idsOnly);
  }
}
