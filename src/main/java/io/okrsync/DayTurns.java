package io.okrsync;

import io.okrsync.okr.Cause;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Store;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Windows such as {@code last(deals_won, '30d')} move when a day ends. Then their key results are
 * evaluated again, also where their sources are not read for a while and no record has changed.
 */
final class DayTurns {
  private static final Logger LOG = LoggerFactory.getLogger(DayTurns.class);

  private final Store store;
  private final InForce inForce;

  /** Up to when all windows have been moved; null before a configuration is in force. */
  private volatile @Nullable Instant moved;

  DayTurns(Store store, InForce inForce) {
    this.store = store;
    this.inForce = inForce;
  }

  /** All key results were evaluated at this time. */
  void evaluated(Instant at) {
    moved = at;
  }

  /**
   * Evaluates those for whose cycle a day has ended since.
   *
   * @return whether any of them has something new to tell
   */
  boolean look(Instant at) {
    Instant since = moved;
    if (since == null) {
      return false;
    }
    int changes = inForce.during(setup -> move(setup, since, at));
    moved = at;
    return changes > 0;
  }

  private int move(Setup setup, Instant since, Instant at) {
    List<KeyResult> due =
        setup.keyResults().stream()
            .filter(it -> it.isComputed() && setup.formula(it).movesWithTime())
            .filter(it -> day(it, since).isBefore(day(it, at)))
            .toList();
    if (due.isEmpty()) {
      return 0;
    }
    due.forEach(it -> setup.measuresFrom(setup.sourcesOf(it)).forEach(store::derive));
    Movements movements = new Movements(setup, Cause.TIME, at);
    int changes =
        store.publishConfiguration(setup.version(), readings -> movements.of(due, readings)).size();
    LOG.info("a day has ended: {} key results were read again, {} moved", due.size(), changes);
    return changes;
  }

  private static LocalDate day(KeyResult keyResult, Instant at) {
    return at.atZone(keyResult.cycle().zone()).toLocalDate();
  }
}
