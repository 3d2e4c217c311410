package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Why;
import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.store.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a use of a measure moved from one sight of the records to another, and by which records; one
 * that is grouped moved key by key, in the order of the keys.
 */
final class UseMoves {
  /** What is selected, and as of which runs it is seen, by the versions of the measures. */
  record Seen(Selection selection, Map<String, Long> runs) {
    /** As of which its own measure is seen; null where its source had not been read. */
    @Nullable Long run() {
      return runs.get(selection.measure().version());
    }

    /** Whether all sources of it had been read by then. */
    boolean isComplete() {
      return selection.measures().allMatch(it -> runs.containsKey(it.version()));
    }

    /** The same runs for the same measures in other versions. */
    Map<String, Long> runsOf(Selection other) {
      List<Measure> own = selection.measures().toList();
      List<Measure> others = other.measures().toList();
      Map<String, Long> same = new HashMap<>();
      for (int i = 0; i < own.size(); i++) {
        same.put(others.get(i).version(), requireNonNull(runs.get(own.get(i).version())));
      }
      return same;
    }
  }

  private final Evidence evidence;
  private final RecordMoves records;

  UseMoves(Evidence evidence, RecordMoves records) {
    this.evidence = evidence;
    this.records = records;
  }

  /** What a use and its keys are as they are seen; empty where that cannot be told any more. */
  Optional<Map<MeasureUse, Reading>> readings(MeasureUse use, Seen seen) {
    Optional<Reading> whole = evidence.populations().reading(seen.selection(), seen.runs());
    Optional<Map<String, Reading>> keys =
        use.grouped()
            ? evidence.populations().groups(seen.selection(), seen.runs())
            : Optional.of(Map.of());
    if (whole.isEmpty() || keys.isEmpty()) {
      return Optional.empty();
    }
    Map<MeasureUse, Reading> readings = new LinkedHashMap<>();
    readings.put(use, whole.get());
    keys.get().forEach((key, one) -> readings.put(use.of(key), one));
    return Optional.of(readings);
  }

  /** By a cause other than records; none where it cannot be told any more what is read then. */
  List<MeasureMove> of(
      MeasureUse use,
      Map<MeasureUse, Reading> state,
      Seen from,
      Seen to,
      Why why,
      @Nullable Long configVersion) {
    Optional<Map<MeasureUse, Reading>> then = readings(use, to);
    return then.isEmpty()
        ? List.of()
        : moves(use, state, then.get(), from, to, why, configVersion, between(from, to));
  }

  /** By records. */
  List<MeasureMove> of(
      MeasureUse use,
      Map<MeasureUse, Reading> state,
      Seen from,
      Seen to,
      Map<MeasureUse, Reading> then) {
    return from.isComplete()
        ? moves(use, state, then, from, to, Why.MANY, null, between(from, to))
        : moves(use, state, then, from, to, Why.FIRST_READ, null, Optional.empty());
  }

  private Optional<List<RecordMoves.Move>> between(Seen from, Seen to) {
    return records.between(from.selection(), from.runs(), to.selection(), to.runs());
  }

  private static List<MeasureMove> moves(
      MeasureUse use,
      Map<MeasureUse, Reading> state,
      Map<MeasureUse, Reading> then,
      Seen from,
      Seen to,
      Why why,
      @Nullable Long configVersion,
      Optional<List<RecordMoves.Move>> all) {
    @Nullable Long since = from.run();
    @Nullable Long until = to.run();
    if (!use.grouped()) {
      return List.of(new MeasureMove(use, then.get(use), since, until, why, configVersion, all));
    }
    List<MeasureMove> moves = new ArrayList<>();
    // What it is for all keys together says only whether it was ever read.
    moves.add(
        new MeasureMove(
            use, then.get(use), since, until, why, configVersion, all.map(those -> List.of())));
    for (String key : keys(use, state, then)) {
      MeasureUse one = use.of(key);
      Optional<List<RecordMoves.Move>> its =
          all.map(those -> those.stream().flatMap(it -> it.under(key).stream()).toList());
      if (its.isEmpty() || !its.get().isEmpty() || !state.containsKey(one)) {
        moves.add(new MeasureMove(one, then.get(one), since, until, why, configVersion, its));
      }
    }
    return moves;
  }

  private static SortedSet<String> keys(
      MeasureUse use, Map<MeasureUse, Reading> state, Map<MeasureUse, Reading> then) {
    SortedSet<String> keys = new TreeSet<>();
    Stream.of(state, then)
        .flatMap(it -> it.keySet().stream())
        .filter(it -> it.key() != null && it.equals(use.of(it.key())))
        .forEach(it -> keys.add(requireNonNull(it.key())));
    return keys;
  }
}
