package io.okrsync.audit;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was believed of a key result at a moment.
 *
 * @param standing by the configuration, the readings and the overrides of then
 * @param reading the reading that said so: that of the final value where the cycle had ended, and
 *     what was read then otherwise, also where an override stood in its place; null where there was
 *     none
 * @param since when it was read
 * @param change by how much what is read now differs from that reading; null where either is
 *     unknown, and of a score, whose parts have changed
 */
public record Belief(
    Standing standing,
    Instant at,
    @Nullable Long reading,
    @Nullable Instant since,
    long configVersion,
    @Nullable BigDecimal change) {

  /** As it was defined then. */
  public KeyResult keyResult() {
    return standing.keyResult();
  }

  /** From when on an explanation comes to the change. */
  public Instant changedFrom() {
    return isRestated() && since != null ? since : at;
  }

  /** Whether its value was final then, so that a change since is no progress but a correction. */
  public boolean isRestated() {
    return change != null && change.signum() != 0 && standing.isClosed();
  }
}
