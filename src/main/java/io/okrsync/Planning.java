package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceRecord;
import io.okrsync.store.Evidence;
import io.okrsync.store.RecordVersion;
import io.okrsync.store.SourceState;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.web.Plan;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
      notes.addAll(new TableNotes(new Setup(planned, 0), rehearsal.readings()).all());
      PlanComparison compared =
          new PlanComparison(
              ledger,
              before,
              rehearsal,
              new InputChanges(ledger, before, rehearsal, states),
              clock);
      return new Plan(
          planned.digest(), version, notes, compared.objectives(), compared.keyResults());
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
}
