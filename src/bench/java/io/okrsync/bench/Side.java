package io.okrsync.bench;

import java.math.BigDecimal;
import java.time.Duration;

/** One of the two that are measured. */
public interface Side extends AutoCloseable {
  /** Reads everything the first time, and afterwards what changed; then computes the values. */
  Result sync() throws Exception;

  @Override
  void close();

  /**
   * What a sync came to, so that both can be seen to have done the same.
   *
   * @param read deals that were read
   * @param revenue the sum of the won ones
   * @param publishing the part of the time after the last page was stored
   */
  record Result(long read, BigDecimal revenue, Duration publishing) {}
}
