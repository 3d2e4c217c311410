package io.okrsync.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Whole days in a zone, from the first up to and with the last. */
record Days(LocalDate first, LocalDate last, ZoneId zone) {

  Instant begin() {
    return first.atStartOfDay(zone).toInstant();
  }

  /** The first instant after them. */
  Instant end() {
    return last.plusDays(1).atStartOfDay(zone).toInstant();
  }

  boolean hold(@Nullable Instant at) {
    return at != null && !at.isBefore(begin()) && at.isBefore(end());
  }
}
