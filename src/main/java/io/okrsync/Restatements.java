package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Explanation;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Key results whose cycle has ended, and what has become of the value with which it ended: that one
 * stays, and what is read since then is a restatement with its causes.
 */
final class Restatements {
  /** How many records of each cause are named. */
  private static final int NAMED = 5;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Store store;
  private final Evidence evidence;
  private final StoredSetups setups;

  Restatements(Store store, StoredSetups setups) {
    this.store = store;
    this.evidence = store.evidence();
    this.setups = setups;
  }

  /**
   * One whose value is not what it was when its cycle ended.
   *
   * @param closedAt when the final value was frozen
   * @param percent the change as a part of the final value; null where that is 0
   * @param beyond whether it is more than is tolerated
   * @param why the causes; null where they cannot be told
   */
  record Restatement(
      String keyResult,
      String cycle,
      BigDecimal closed,
      Instant closedAt,
      BigDecimal now,
      BigDecimal change,
      @Nullable BigDecimal percent,
      boolean beyond,
      @Nullable Explanation why) {}

  /**
   * All that there are, by the last configuration that has each key result.
   *
   * @param cycle only of this one; null for all
   * @param tolerance how many percent of the final value are tolerated
   */
  List<Restatement> all(@Nullable String cycle, BigDecimal tolerance, Instant now) {
    List<Restatement> all = new ArrayList<>();
    for (KeyResult keyResult : lastDefined().values()) {
      if (cycle == null || keyResult.cycle().id().equals(cycle)) {
        of(keyResult, tolerance, now).ifPresent(all::add);
      }
    }
    return all;
  }

  private Map<String, KeyResult> lastDefined() {
    Map<String, KeyResult> all = new TreeMap<>();
    for (long version : evidence.configurationVersions()) {
      Setup setup = setups.version(version).setup();
      if (setup != null) {
        setup.keyResults().forEach(it -> all.put(it.id(), it));
      }
    }
    return all;
  }

  private Optional<Restatement> of(KeyResult keyResult, BigDecimal tolerance, Instant now) {
    String closeOf = Frozen.closeOf(keyResult.id());
    Map<String, KeyResultReading> latest = store.latestReadings(List.of(keyResult.id(), closeOf));
    KeyResultReading close = latest.get(closeOf);
    KeyResultReading last = latest.get(keyResult.id());
    if (close == null || last == null || close.value() == null || last.value() == null) {
      return Optional.empty();
    }
    BigDecimal closed = requireNonNull(close.value());
    BigDecimal change = last.value().subtract(closed);
    if (change.signum() == 0) {
      return Optional.empty();
    }
    @Nullable BigDecimal percent =
        closed.signum() == 0
            ? null
            : change.multiply(HUNDRED).divide(closed.abs(), MathContext.DECIMAL32);
    boolean beyond = percent == null || percent.abs().compareTo(tolerance) > 0;
    return Optional.of(
        new Restatement(
            keyResult.id(),
            keyResult.cycle().id(),
            closed,
            close.at(),
            last.value(),
            change,
            percent,
            beyond,
            new Explanations(evidence, setups)
                .ofRead(keyResult.id(), close.at(), now, NAMED)
                .orElse(null)));
  }
}
