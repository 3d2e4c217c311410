package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key result as it stands at one time.
 *
 * @param value null while none has been read
 * @param reason why there is no value, or why it is the old one; null where all is well
 * @param readAt when the sources behind it were last read, the oldest of them; null while one has
 *     never been read
 * @param elapsed the part of its cycle that has passed, 0..1, which is also the progress expected
 *     for now
 */
public record Standing(
    KeyResult keyResult,
    @Nullable BigDecimal value,
    @Nullable String reason,
    @Nullable Instant readAt,
    Freshness freshness,
    BigDecimal elapsed) {

  /** 0 at the baseline, 1 at the target, beyond both as it comes; null while there is no value. */
  public @Nullable BigDecimal progress() {
    return value == null ? null : keyResult.progress(value);
  }

  /** Progress kept in 0..1; null while there is no value. */
  public @Nullable BigDecimal score() {
    return value == null ? null : keyResult.score(value);
  }

  public Status status() {
    return Status.of(progress(), elapsed, freshness);
  }
}
