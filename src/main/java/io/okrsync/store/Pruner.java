package io.okrsync.store;

import io.okrsync.audit.PruningSeal;
import io.okrsync.measure.Contribution;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bodies from versions of records that were true up to a run at most. In small
 * transactions, each with its audit entry: what is done stays done when it is interrupted, and the
 * next time begins with what is left. A body that is not what its hash says stays: it is evidence.
 */
final class Pruner {
  private final Database database;
  private final String source;
  private final long run;

  /**
   * @param run no version that was true after it loses its body
   */
  Pruner(Database database, String source, long run) {
    this.database = database;
    this.source = source;
    this.run = run;
  }

  /** Prunes some more after this record; empty when there are none left. */
  Optional<Pruned> after(String record, String actor, Instant at) {
    List<String> found = database.get(work -> work.records(source).prunable(record, run));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Pruned(
                database.change(work -> prune(found, actor, at, work)),
                found.get(found.size() - 1)));
  }

  /** Others may have pruned them meanwhile, or read measures from them. */
  private long prune(List<String> found, String actor, Instant at, Work work) throws SQLException {
    work.sources().locked(source);
    work.audit().lock();
    List<RecordVersion> versions =
        work.records(source).endedBy(found, run).stream().filter(RecordVersion::isIntact).toList();
    if (versions.isEmpty()) {
      return 0;
    }
    PruningSeal seal = new PruningSeal();
    Parts parts = new Parts(versions, work);
    versions.forEach(it -> seal.add(it.recordId(), it.sinceRun(), it.hash(), parts.of(it)));
    long entry = work.audit().pruned(source, seal.versions(), run, seal.digest(), actor, at);
    work.records(source).prune(versions, entry);
    return seal.versions();
  }

  /** What versions add to all measures of the source that are stored. */
  private final class Parts {
    private record Key(String record, long sinceRun) {}

    private final Map<Key, Map<String, List<@Nullable Object>>> parts = new HashMap<>();

    Parts(List<RecordVersion> versions, Work work) throws SQLException {
      PopulationRows rows = work.population(source);
      for (StoredMeasure measure : work.measures().of(source)) {
        for (ContributionRow row : rows.of(measure.id(), versions)) {
          Contribution it = row.contribution();
          parts
              .computeIfAbsent(new Key(it.recordId(), row.sinceRun()), key -> new TreeMap<>())
              .put(measure.version(), row.contribution().parts());
        }
      }
    }

    Map<String, List<@Nullable Object>> of(RecordVersion version) {
      return parts.getOrDefault(new Key(version.recordId(), version.sinceRun()), Map.of());
    }
  }
}
