package io.okrsync.audit;

import io.okrsync.okr.KeyResult;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was believed of a key result at a moment, and what is known of it now.
 *
 * @param keyResult as it was defined then
 * @param value null where none had been read
 * @param reason why the value was the old one, or missing; null where all was well
 * @param reading the reading that said so; null where there was none
 * @param since when it was read
 * @param now the value that is known now; null where none is
 */
public record Belief(
    KeyResult keyResult,
    Instant at,
    @Nullable BigDecimal value,
    @Nullable String reason,
    @Nullable Long reading,
    @Nullable Instant since,
    long configVersion,
    @Nullable BigDecimal now) {

  /** By how much the value has changed since; null where one of the two is unknown. */
  public @Nullable BigDecimal change() {
    return value == null || now == null ? null : now.subtract(value);
  }

  /**
   * Whether the cycle had ended by then, so that a change since is no progress but a correction.
   */
  public boolean isRestated() {
    BigDecimal change = change();
    return change != null && change.signum() != 0 && !keyResult.cycle().end().isAfter(at);
  }

  /** Null where there is no value, and where the baseline is measured. */
  public @Nullable BigDecimal progress() {
    BigDecimal then = value;
    return then == null ? null : keyResult.typedCourse().map(it -> it.progress(then)).orElse(null);
  }
}
