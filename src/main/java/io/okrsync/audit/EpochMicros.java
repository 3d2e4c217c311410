package io.okrsync.audit;

import static java.lang.Math.addExact;
import static java.lang.Math.multiplyExact;

import java.time.Instant;

/** Microseconds since 1970, in any year; Java's own difference ends where nanoseconds overflow. */
final class EpochMicros {
  private EpochMicros() {}

  static long of(Instant at) {
    return addExact(multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1000);
  }
}
