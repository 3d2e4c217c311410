package io.okrsync.measure;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one record adds to one measure.
 *
 * @param measure the version of the measure ({@link Measure#version()})
 * @param at when it counts
 * @param value how much; 1 with COUNT and DISTINCT; null exactly where {@code problem} is set
 * @param item the value that DISTINCT tells apart; null otherwise
 * @param key under which key it counts; null where it has none
 * @param currency the currency of the value, upper case; null where it is no money
 * @param problem why this record's value is not known, such as {@code value is not set}; a window
 *     with such a record has no reading but this reason. Null means all is well
 */
public record Contribution(
    String measure,
    String recordId,
    Instant at,
    @Nullable BigDecimal value,
    @Nullable String item,
    @Nullable String key,
    @Nullable String currency,
    @Nullable String problem) {

  /** One without a key. */
  public Contribution(
      String measure,
      String recordId,
      Instant at,
      @Nullable BigDecimal value,
      @Nullable String item,
      @Nullable String currency,
      @Nullable String problem) {
    this(measure, recordId, at, value, item, null, currency, problem);
  }

  /** The same to another version of the measure. */
  public Contribution to(String version) {
    return new Contribution(version, recordId, at, value, item, key, currency, problem);
  }
}
