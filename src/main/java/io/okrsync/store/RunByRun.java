package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what {@link Populations} does for one who asks in the order of the runs, as a replay
 * does: the first question about a measure in a window costs its contributions, each later one only
 * what has changed since. A question about an earlier run begins anew, and one about some keys only
 * is passed on. For one thread.
 */
public final class RunByRun {
  /** Between two questions, in values; beyond it what was not asked for longest is forgotten. */
  private static final int MOST_KEPT = 300_000;

  /** What one costs that holds next to nothing. */
  private static final int LEAST = 200;

  private record Asked(long measure, Window window, boolean byKey) {}

  private final Populations populations;
  private final Database database;
  private final Map<Asked, TotalsAtRun> kept = new LinkedHashMap<>(16, 0.75f, true);

  RunByRun(Populations populations, Database database) {
    this.populations = populations;
    this.database = database;
  }

  /** See {@link Populations#reading(Selection, Map)}. */
  public Optional<Reading> reading(Selection selection, Map<String, Long> runs) {
    return selection.among().isEmpty()
        ? at(selection, runs, false).map(TotalsAtRun::reading)
        : populations.reading(selection, runs);
  }

  /** See {@link Populations#groups(Selection, Map)}. */
  public Optional<Map<String, Reading>> groups(Selection selection, Map<String, Long> runs) {
    return selection.among().isEmpty()
        ? at(selection, runs, true).map(TotalsAtRun::byKey)
        : populations.groups(selection, runs);
  }

  private Optional<TotalsAtRun> at(Selection selection, Map<String, Long> runs, boolean byKey) {
    Measure measure = selection.measure();
    Long run = runs.get(measure.version());
    if (run == null) {
      return Optional.empty();
    }
    return database.get(
        work -> {
          Optional<MeasureVersion> stored = Populations.stored(work, measure, run);
          return stored.isEmpty()
              ? Optional.empty()
              : Optional.of(at(selection, stored.get().id(), run, byKey, work));
        });
  }

  private TotalsAtRun at(Selection selection, long measure, long run, boolean byKey, Work work)
      throws SQLException {
    Asked asked = new Asked(measure, selection.window(), byKey);
    TotalsAtRun totals = kept.get(asked);
    if (totals == null || totals.run() > run) {
      totals = new TotalsAtRun(selection, measure, byKey);
    }
    kept.remove(asked); // what fails in the middle is of no use
    totals.moveTo(run, work.population(selection.measure().definition().from()));
    kept.put(asked, totals);
    forget();
    return totals;
  }

  private void forget() {
    int held = kept.values().stream().mapToInt(it -> LEAST + it.size()).sum();
    Iterator<TotalsAtRun> longestUnasked = kept.values().iterator();
    while (held > MOST_KEPT) {
      held -= LEAST + requireNonNull(longestUnasked.next()).size();
      longestUnasked.remove();
    }
  }
}
