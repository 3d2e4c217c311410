package io.okrsync;

import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import io.okrsync.web.Plan.Change;
import io.okrsync.web.Plan.Edits;
import io.okrsync.web.Plan.PlannedInput;
import io.okrsync.web.Plan.PlannedKeyResult;
import io.okrsync.web.Plan.PlannedObjective;
import io.okrsync.web.Plan.Score;
import io.okrsync.web.Plan.State;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How everything stands now beside how it would stand, and by what each would move. */
final class PlanComparison {
  private final List<ObjectiveStanding> now;
  private final List<ObjectiveStanding> then;
  private final Map<String, Standing> keyResultsNow;
  private final Map<String, Standing> keyResultsThen;
  private final Map<String, KeyResultReading> readingsNow;
  private final Map<String, KeyResultReading> readingsThen;
  private final InputChanges inputs;
  private final Redefinitions definitions;

  /**
   * @param before what is in force; null where nothing is, or it cannot be compiled any more
   */
  PlanComparison(
      Store ledger, @Nullable Setup before, Rehearsal rehearsal, InputChanges inputs, Clock clock) {
    this.now = before == null ? List.of() : new Standings(ledger, () -> before, clock).now();
    this.then = rehearsal.standings();
    this.keyResultsNow = keyResults(now);
    this.keyResultsThen = keyResults(then);
    this.readingsNow = ledger.latestReadings(keyResultsNow.keySet());
    this.readingsThen = rehearsal.readings();
    this.inputs = inputs;
    this.definitions = new Redefinitions(before, rehearsal.setup());
  }

  List<PlannedObjective> objectives() {
    Map<String, ObjectiveStanding> from = byId(now, it -> it.objective().id());
    Map<String, ObjectiveStanding> to = byId(then, it -> it.objective().id());
    return ids(to, from).stream().map(id -> objective(from.get(id), to.get(id))).toList();
  }

  private static PlannedObjective objective(
      @Nullable ObjectiveStanding now, @Nullable ObjectiveStanding then) {
    Objective either = Objects.requireNonNull(then == null ? now : then).objective();
    @Nullable Score from = now == null ? null : score(now);
    @Nullable Score to = then == null ? null : score(then);
    return new PlannedObjective(either.id(), either.title(), change(from, to), from, to);
  }

  private static Score score(ObjectiveStanding standing) {
    return new Score(PlanReport.plain(standing.score()), standing.status().label());
  }

  List<PlannedKeyResult> keyResults() {
    return ids(keyResultsThen, keyResultsNow).stream().map(this::keyResult).toList();
  }

  private PlannedKeyResult keyResult(String id) {
    @Nullable Standing from = keyResultsNow.get(id);
    @Nullable Standing to = keyResultsThen.get(id);
    Standing either = Objects.requireNonNull(to == null ? from : to);
    @Nullable State stateFrom = from == null ? null : state(from, readingsNow.get(id));
    @Nullable State stateTo = to == null ? null : state(to, readingsThen.get(id));
    List<PlannedInput> changed =
        from == null || to == null
            ? List.of()
            : inputs.of(readingsNow.get(id), readingsThen.get(id));
    Change change = change(stateFrom, stateTo);
    if (change == Change.STAYS && !changed.isEmpty()) {
      change = Change.RECOUNTED;
    }
    return new PlannedKeyResult(
        id,
        either.keyResult().title(),
        change,
        stateFrom,
        stateTo,
        change != Change.STAYS && from != null && to != null
            ? definitions.of(from.keyResult(), to.keyResult())
            : Edits.NONE,
        changed);
  }

  private static Change change(@Nullable Record from, @Nullable Record to) {
    if (from == null) {
      return Change.APPEARS;
    }
    if (to == null) {
      return Change.DISAPPEARS;
    }
    return from.equals(to) ? Change.STAYS : Change.MOVES;
  }

  /** By the reading: that an item of the last run was rejected is no matter of configuration. */
  private static State state(Standing standing, @Nullable KeyResultReading reading) {
    return new State(
        PlanReport.plain(standing.value()),
        PlanReport.plain(standing.progress()),
        standing.status().label(),
        reading != null ? reading.reason() : reason(standing));
  }

  /** Of a score that is there: what else is wrong is said of the key results behind it. */
  private static @Nullable String reason(Standing standing) {
    return standing.marks().child() != null && standing.value() != null ? null : standing.reason();
  }

  private static Map<String, Standing> keyResults(List<ObjectiveStanding> objectives) {
    return byId(
        objectives.stream().flatMap(it -> it.keyResults().stream()).toList(),
        it -> it.keyResult().id());
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    Map<String, T> byId = new LinkedHashMap<>();
    all.forEach(it -> byId.put(id.apply(it), it));
    return byId;
  }

  /** Those that are planned, and then those that would be gone. */
  private static <T> Set<String> ids(Map<String, T> then, Map<String, T> now) {
    Set<String> ids = new LinkedHashSet<>(then.keySet());
    ids.addAll(now.keySet());
    return ids;
  }
}
