package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.RunningTotals;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** What a measure was in a window as of one run, which moves on to later ones. */
final class TotalsAtRun {
  private static final long BEFORE_ALL = 0;
  private static final String ALL = "";

  private final Measure measure;
  private final Window window;
  private final long stored;
  private final boolean byKey;
  private final Map<String, RunningTotals> totals = new TreeMap<>();
  private long run = BEFORE_ALL;

  /**
   * @param stored where the contributions to the measure are
   * @param byKey whether those of each key are added up apart
   */
  TotalsAtRun(Selection selection, long stored, boolean byKey) {
    this.measure = selection.measure();
    this.window = selection.window();
    this.stored = stored;
    this.byKey = byKey;
  }

  long run() {
    return run;
  }

  /** How many values it holds. */
  int size() {
    return totals.values().stream().mapToInt(RunningTotals::size).sum();
  }

  void moveTo(long later, PopulationRows rows) throws SQLException {
    if (run == BEFORE_ALL) {
      rows.trueAt(stored, measure.version(), window, later, this::add);
    } else if (run < later) {
      long before = run;
      rows.ended(stored, measure.version(), before, later, it -> end(it, before));
      rows.begun(stored, measure.version(), before, later, it -> begin(it, later));
    }
    run = later;
  }

  /** One that began after the run before never counted. */
  private void end(ContributionRow row, long before) {
    if (row.sinceRun() <= before && window.holds(row.contribution())) {
      remove(row.contribution());
    }
  }

  private void begin(ContributionRow row, long later) {
    if (row.isTrueAt(later) && window.holds(row.contribution())) {
      add(row.contribution());
    }
  }

  private void add(Contribution contribution) {
    totals
        .computeIfAbsent(key(contribution), it -> new RunningTotals(measure.definition()))
        .add(contribution);
  }

  private void remove(Contribution contribution) {
    totals.computeIfPresent(
        key(contribution),
        (key, those) -> {
          those.remove(contribution);
          return those.isEmpty() ? null : those;
        });
  }

  private String key(Contribution contribution) {
    return byKey ? contribution.keyOrEmpty() : ALL;
  }

  Reading reading() {
    RunningTotals all = totals.get(ALL);
    return all == null ? Reading.ofNothing(measure.definition(), window) : all.reading(window);
  }

  /** What has no key is under the empty text. */
  Map<String, Reading> byKey() {
    Map<String, Reading> readings = new TreeMap<>();
    totals.forEach((key, those) -> readings.put(key, those.reading(window)));
    return readings;
  }
}
