package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key result's new reading: appended, never updated.
 *
 * @param from the value before; null where there was none
 * @param to the value now; where there is a reason this is the old value, which stays
 * @param reason why no new value could be read; null where one was
 * @param inputs what the formula was given
 */
public record KeyResultChange(
    String keyResult,
    @Nullable BigDecimal from,
    @Nullable BigDecimal to,
    @Nullable String reason,
    Cause cause,
    Instant at,
    List<Input> inputs) {
  public KeyResultChange {
    inputs = List.copyOf(inputs);
  }
}
