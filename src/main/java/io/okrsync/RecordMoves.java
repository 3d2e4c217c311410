package io.okrsync;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.ContributionChange;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Window;
import io.okrsync.store.ContributionRow;
import io.okrsync.store.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which records moved a measure between two runs. The rows of a whole span of runs are asked for
 * once, however many steps it has.
 */
final class RecordMoves {
  /** More are not named one by one. */
  static final int MOST = 100_000;

  private record Span(String version, Window window, long after, long until) {}

  /** One record's move, and the run that brought it. */
  record Move(ContributionChange change, long run) {}

  private final Evidence evidence;
  private final Map<String, Long> first;
  private final Map<String, Long> last;
  private final Map<Span, List<ContributionRow>> spans = new HashMap<>();

  /**
   * @param first the run as of which each source is seen first
   * @param last and the one as of which it is seen last
   */
  RecordMoves(Evidence evidence, Map<String, Long> first, Map<String, Long> last) {
    this.evidence = evidence;
    this.first = Map.copyOf(first);
    this.last = Map.copyOf(last);
  }

  /** The moves between two runs in one window, by record; empty where they are too many. */
  Optional<List<Move>> between(Measure measure, Window window, long after, long until) {
    String source = measure.definition().from();
    List<ContributionRow> rows =
        spans.computeIfAbsent(
            new Span(
                measure.version(),
                window,
                Math.min(after, first.getOrDefault(source, after)),
                Math.max(until, last.getOrDefault(source, until))),
            it -> evidence.changes(measure, window, it.after(), it.until(), MOST));
    return rows.size() > MOST ? Optional.empty() : Optional.of(moves(rows, after, until));
  }

  private static List<Move> moves(List<ContributionRow> rows, long after, long until) {
    Map<String, Contribution> before = new TreeMap<>();
    Map<String, Contribution> now = new TreeMap<>();
    Map<String, Long> runs = new HashMap<>();
    for (ContributionRow row : rows) {
      String id = row.contribution().recordId();
      if (row.isTrueAt(after)) {
        before.put(id, row.contribution());
      }
      if (row.isTrueAt(until)) {
        now.put(id, row.contribution());
        runs.merge(id, row.sinceRun(), Math::max);
      } else if (row.untilRun() != null && row.untilRun() <= until) {
        runs.merge(id, row.untilRun(), Math::max);
      }
    }
    return moves(before, now, runs, until);
  }

  /** The records that a window holds as of a run and another one does not, or the other way. */
  Optional<List<Move>> ofWindow(Measure measure, Window from, Window to, long run) {
    List<Contribution> then = evidence.population(measure, from, run);
    List<Contribution> after = evidence.population(measure, to, run);
    if (then.size() > MOST || after.size() > MOST) {
      return Optional.empty();
    }
    return Optional.of(moves(byRecord(then), byRecord(after), Map.of(), run));
  }

  private static Map<String, Contribution> byRecord(Collection<Contribution> all) {
    Map<String, Contribution> byRecord = new TreeMap<>();
    all.forEach(it -> byRecord.put(it.recordId(), it));
    return byRecord;
  }

  private static List<Move> moves(
      Map<String, Contribution> before,
      Map<String, Contribution> now,
      Map<String, Long> runs,
      long run) {
    Map<String, Contribution> all = new TreeMap<>(before);
    all.putAll(now);
    List<Move> moves = new ArrayList<>();
    for (String id : all.keySet()) {
      @Nullable Contribution was = before.get(id);
      @Nullable Contribution is = now.get(id);
      if (!Objects.equals(was, is)) {
        moves.add(new Move(new ContributionChange(was, is), runs.getOrDefault(id, run)));
      }
    }
    return moves;
  }
}
