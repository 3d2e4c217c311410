package io.okrsync;

import io.okrsync.audit.PopulationDigest;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Window;
import io.okrsync.store.ContributionRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The control totals of a measure in a window as of any run, from one pass over its contributions
 * in any order.
 */
final class PopulationTotals {
  /**
   * What the records that count come to.
   *
   * @param digest over their parts
   */
  record Totals(long records, BigDecimal sum, BigInteger digest) {
    static final Totals NONE = new Totals(0, BigDecimal.ZERO, BigInteger.ZERO);

    Totals plus(Totals other) {
      return new Totals(records + other.records, sum.add(other.sum), digest.add(other.digest));
    }

    Totals negated() {
      return new Totals(-records, sum.negate(), digest.negate());
    }

    static Totals of(Contribution part) {
      return new Totals(
          1,
          part.value() == null ? BigDecimal.ZERO : part.value(),
          PopulationDigest.of(part.recordId(), part.parts()));
    }
  }

  private final Window window;
  private final NavigableMap<Long, Totals> changes = new TreeMap<>();

  PopulationTotals(Window window) {
    this.window = window;
  }

  void add(ContributionRow row) {
    if (!window.holds(row.contribution())) {
      return;
    }
    Totals part = Totals.of(row.contribution());
    changes.merge(row.sinceRun(), part, Totals::plus);
    if (row.untilRun() != null) {
      changes.merge(row.untilRun(), part.negated(), Totals::plus);
    }
  }

  /** After the last row: from now on each entry holds all up to its run. */
  void complete() {
    Totals sum = Totals.NONE;
    for (Map.Entry<Long, Totals> change : changes.entrySet()) {
      sum = sum.plus(change.getValue());
      change.setValue(sum);
    }
  }

  Totals at(long run) {
    Map.Entry<Long, Totals> last = changes.floorEntry(run);
    return last == null ? Totals.NONE : last.getValue();
  }
}
