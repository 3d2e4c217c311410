package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.ContributionChange;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Selection;
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

  /**
   * One record's move, and the run that brought it.
   *
   * @param byKey whether the record adds what it added, but its key is another or counts otherwise
   */
  record Move(ContributionChange change, long run, boolean byKey) {
    /** Of its part under one key; empty where it had and has none. */
    Optional<Move> under(String key) {
      @Nullable Contribution before = under(key, change.before());
      @Nullable Contribution after = under(key, change.after());
      boolean moved = change.before() != null && change.after() != null;
      boolean byAnother = byKey || (moved && (before == null || after == null));
      return before == null && after == null
          ? Optional.empty()
          : Optional.of(new Move(new ContributionChange(before, after), run, byAnother));
    }

    private static @Nullable Contribution under(String key, @Nullable Contribution one) {
      return one != null && key.equals(one.keyOrEmpty()) ? one : null;
    }
  }

  private final Evidence evidence;
  private final Map<String, Long> first;
  private final Map<String, Long> last;
  private final Map<Span, Optional<List<ContributionRow>>> spans = new HashMap<>();

  /**
   * @param first the run as of which each source is seen first
   * @param last and the one as of which it is seen last
   */
  RecordMoves(Evidence evidence, Map<String, Long> first, Map<String, Long> last) {
    this.evidence = evidence;
    this.first = Map.copyOf(first);
    this.last = Map.copyOf(last);
  }

  /**
   * The moves between two runs in one window, by record; empty where they are too many, or cannot
   * be told any more.
   */
  Optional<List<Move>> between(Measure measure, Window window, long after, long until) {
    String source = measure.definition().from();
    return rows(
            measure,
            window,
            Math.min(after, first.getOrDefault(source, after)),
            Math.max(until, last.getOrDefault(source, until)))
        .or(() -> rows(measure, window, after, until)) // it was not kept up to date until the last
        .filter(rows -> rows.size() <= MOST)
        .map(rows -> moves(rows, after, until));
  }

  private Optional<List<ContributionRow>> rows(
      Measure measure, Window window, long after, long until) {
    return spans.computeIfAbsent(
        new Span(measure.version(), window, after, until),
        it -> evidence.populations().changes(measure, window, after, until, MOST));
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

  /** The records that moved while what is selected did, or while the runs did. */
  Optional<List<Move>> between(
      Selection from, Map<String, Long> after, Selection to, Map<String, Long> until) {
    Measure measure = to.measure();
    long first = requireNonNull(after.get(from.measure().version()));
    long last = requireNonNull(until.get(measure.version()));
    boolean same = UsedInputs.isSame(from, to);
    if (same && to.among().isEmpty()) {
      return between(measure, to.window(), first, last);
    }
    Optional<Map<String, Contribution>> then = population(from, after);
    Optional<Map<String, Contribution>> now = population(to, until);
    if (then.isEmpty() || now.isEmpty()) {
      return Optional.empty();
    }
    List<Move> moves = moves(then.get(), now.get(), Map.of(), last);
    return same
        ? between(measure, to.window(), first, last).map(own -> byKeys(moves, own))
        : Optional.of(moves);
  }

  /** Those that did not move by themselves did so by their keys. */
  private static List<Move> byKeys(List<Move> moves, List<Move> own) {
    Map<String, Move> known = new HashMap<>();
    own.forEach(it -> known.put(it.change().latest().recordId(), it));
    return moves.stream()
        .map(
            it -> {
              @Nullable Move its = known.get(it.change().latest().recordId());
              return its == null
                  ? new Move(it.change(), it.run(), true)
                  : new Move(it.change(), its.run(), false);
            })
        .toList();
  }

  /** By record; empty where it cannot be told, or is too much. */
  private Optional<Map<String, Contribution>> population(
      Selection selection, Map<String, Long> runs) {
    return evidence
        .populations()
        .population(selection, runs, MOST)
        .filter(it -> it.size() <= MOST)
        .map(RecordMoves::byRecord);
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
      if (!isSame(was, is)) {
        moves.add(new Move(new ContributionChange(was, is), runs.getOrDefault(id, run), false));
      }
    }
    return moves;
  }

  /** Whichever version of the measure it is a contribution to. */
  private static boolean isSame(@Nullable Contribution was, @Nullable Contribution is) {
    return Objects.equals(was, was == null || is == null ? is : is.to(was.measure()));
  }
}
