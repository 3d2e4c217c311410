package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceRecord;
import io.okrsync.okr.Objective;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.RecordVersion;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.web.Plan;
import io.okrsync.web.Plan.Change;
import io.okrsync.web.Plan.PlannedInput;
import io.okrsync.web.Plan.PlannedKeyResult;
import io.okrsync.web.Plan.PlannedObjective;
import io.okrsync.web.Plan.Score;
import io.okrsync.web.Plan.State;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Says what a configuration would change. The stored records are copied into a database of its own,
 * and the configuration is put to work there, as it would be when it is loaded; the ledger is only
 * read.
 */
final class Planning {
  private final Store ledger;
  private final UnaryOperator<@Nullable String> environment;
  private final Connectors connectors;
  private final Clock clock;

  Planning(
      Store ledger,
      UnaryOperator<@Nullable String> environment,
      Connectors connectors,
      Clock clock) {
    this.ledger = ledger;
    this.environment = environment;
    this.connectors = connectors;
    this.clock = clock;
  }

  /**
   * @param planned compiled without secrets, as stored configurations are
   */
  Plan plan(Configuration planned) {
    Evidence evidence = ledger.evidence();
    List<Long> versions = evidence.configurationVersions();
    @Nullable Long version = versions.isEmpty() ? null : versions.get(versions.size() - 1);
    List<String> notes = new ArrayList<>();
    @Nullable Setup before = version == null ? null : before(evidence, version, notes);
    Map<String, SourceState> states = ledger.sourceStates();
    notes.addAll(new SourceNotes(before, planned, states).all());
    try (ScratchFolder folder = ScratchFolder.make();
        Rehearsal rehearsal =
            new Rehearsal(
                StoreSettings.inFolder(folder.path()),
                planned,
                ledger.firstLoadedAt().orElseGet(clock::instant),
                clock)) {
      planned.sources().values().forEach(it -> copy(it, states.get(it.name()), rehearsal));
      rehearsal.carry(ledger);
      rehearsal.settle();
      List<ObjectiveStanding> now =
          before == null ? List.of() : new Standings(ledger, () -> before, clock).now();
      List<ObjectiveStanding> then = rehearsal.standings();
      return new Plan(
          planned.digest(),
          version,
          notes,
          objectives(now, then),
          keyResults(now, then, rehearsal, new InputChanges(ledger, before, rehearsal, states)));
    }
  }

  private @Nullable Setup before(Evidence evidence, long version, List<String> notes) {
    var compiled = new StoredSetups(evidence, connectors, environment).version(version);
    if (compiled.setup() == null) {
      notes.add("what is in force cannot be compared with: " + compiled.why());
    }
    return compiled.setup();
  }

  private void copy(Source source, @Nullable SourceState state, Rehearsal rehearsal) {
    Long run = state == null ? null : state.publishedRun();
    Instant readAt = state == null ? null : state.readAt();
    if (run == null || readAt == null) {
      return;
    }
    Rehearsal.Source copy = rehearsal.begin(source, readAt);
    ledger.evidence().records(source.name(), some -> copy.add(trueAt(run, some)));
    copy.publish();
  }

  private static List<SourceRecord> trueAt(long run, List<RecordVersion> versions) {
    return versions.stream()
        .filter(it -> it.isTrueAt(run))
        .flatMap(it -> it.record().stream())
        .toList();
  }

  private static List<PlannedObjective> objectives(
      List<ObjectiveStanding> from, List<ObjectiveStanding> to) {
    Map<String, ObjectiveStanding> now = byId(from, it -> it.objective().id());
    Map<String, ObjectiveStanding> then = byId(to, it -> it.objective().id());
    return ids(then, now).stream().map(id -> objective(now.get(id), then.get(id))).toList();
  }

  private static PlannedObjective objective(
      @Nullable ObjectiveStanding now, @Nullable ObjectiveStanding then) {
    Objective either = Objects.requireNonNull(then == null ? now : then).objective();
    @Nullable Score from = now == null ? null : score(now);
    @Nullable Score to = then == null ? null : score(then);
    return new PlannedObjective(either.id(), either.title(), change(from, to, List.of()), from, to);
  }

  private static Score score(ObjectiveStanding standing) {
    return new Score(PlanReport.plain(standing.score()), standing.status().label());
  }

  private List<PlannedKeyResult> keyResults(
      List<ObjectiveStanding> from,
      List<ObjectiveStanding> to,
      Rehearsal rehearsal,
      InputChanges inputs) {
    Map<String, Standing> now = keyResults(from);
    Map<String, Standing> then = keyResults(to);
    Map<String, KeyResultReading> nowReadings = ledger.latestReadings(now.keySet());
    Map<String, KeyResultReading> thenReadings = rehearsal.readings();
    return ids(then, now).stream()
        .map(
            id ->
                keyResult(
                    now.get(id), nowReadings.get(id), then.get(id), thenReadings.get(id), inputs))
        .toList();
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

  private static PlannedKeyResult keyResult(
      @Nullable Standing now,
      @Nullable KeyResultReading nowReading,
      @Nullable Standing then,
      @Nullable KeyResultReading thenReading,
      InputChanges inputs) {
    Standing either = Objects.requireNonNull(then == null ? now : then);
    @Nullable State from = now == null ? null : state(now, nowReading);
    @Nullable State to = then == null ? null : state(then, thenReading);
    List<PlannedInput> changed =
        now == null || then == null ? List.of() : inputs.of(nowReading, thenReading);
    return new PlannedKeyResult(
        either.keyResult().id(),
        either.keyResult().title(),
        change(from, to, changed),
        from,
        to,
        changed);
  }

  private static Change change(
      @Nullable Record from, @Nullable Record to, List<PlannedInput> inputs) {
    if (from == null) {
      return Change.APPEARS;
    }
    if (to == null) {
      return Change.DISAPPEARS;
    }
    return from.equals(to) && inputs.isEmpty() ? Change.STAYS : Change.MOVES;
  }

  /** Of a score that is there: what else is wrong is said of the key results behind it. */
  private static @Nullable String reason(Standing standing) {
    return standing.marks().child() != null && standing.value() != null ? null : standing.reason();
  }

  /** By the reading: that an item of the last run was rejected is no matter of configuration. */
  private static State state(Standing standing, @Nullable KeyResultReading reading) {
    return new State(
        PlanReport.plain(standing.value()),
        PlanReport.plain(standing.progress()),
        standing.status().label(),
        reading != null ? reading.reason() : reason(standing));
  }
}
