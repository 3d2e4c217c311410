package io.okrsync.store;

import io.okrsync.okr.Cause;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResultChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stored reading of a key result, as a query returns it.
 *
 * @param value the value from this reading on; null while there has never been one
 * @param previous the value before; null where there was none
 * @param reason why no new value could be read and the old one stays; null where one was read
 * @param run the run that published it; null where a configuration did
 */
public record KeyResultReading(
    long id,
    String keyResult,
    @Nullable BigDecimal value,
    @Nullable BigDecimal previous,
    @Nullable String reason,
    Cause cause,
    Instant at,
    @Nullable Long run,
    long configVersion,
    List<Input> inputs) {

  /** The change by which it was born. */
  public KeyResultChange asChange() {
    return asChange(at);
  }

  /** The same as if it had been read at another time. */
  public KeyResultChange asChange(Instant at) {
    return new KeyResultChange(keyResult, previous, value, reason, cause, at, inputs);
  }
}
