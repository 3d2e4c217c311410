package io.okrsync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import io.okrsync.store.Records.StoredVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Builds the contributions of measures that are new, from all versions of all records: each is true
 * between the same runs as its version. A measure counts as built when all is through, and is built
 * anew if that never happens.
 *
 * <p>Where other processes may store pages meanwhile, it is done in one transaction, which keeps
 * the source locked: a page that came between two would be half missed. A file of H2 belongs to one
 * process, which sees to that itself, and there it is done in small transactions, since H2 keeps
 * what a transaction changed in memory.
 *
 * <p>Of a version whose body was pruned, a measure that comes back keeps what it adds; what it
 * would have added where the measure did not follow it is lost, and noted.
 */
final class Derivation {
  private static final String BEFORE_ALL = "";

  private final Database database;
  private final String source;

  /** Until which run a measure that is built cannot be read, as far as versions were seen. */
  private final Map<StoredMeasure, Long> lostUntil = new LinkedHashMap<>();

  Derivation(Database database, String source) {
    this.database = database;
    this.source = source;
  }

  void derive(List<Measure> measures) {
    if (database.isShared()) {
      database.run(work -> build(measures, work));
    } else {
      build(measures);
    }
  }

  private void build(List<Measure> measures, Work work) throws SQLException {
    work.sources().locked(source);
    Map<StoredMeasure, Measure> missing = prepare(work, measures);
    Optional<String> done = begun(missing);
    while (done.isPresent()) {
      done = buildAfter(going(done.get()), missing, work);
    }
    finish(missing, work);
  }

  private void build(List<Measure> measures) {
    Map<StoredMeasure, Measure> missing = database.change(work -> prepare(work, measures));
    Optional<String> done = begun(missing);
    while (done.isPresent()) {
      String last = going(done.get());
      done = database.change(work -> buildAfter(last, missing, work));
    }
    database.run(work -> finish(missing, work));
  }

  private static Optional<String> begun(Map<StoredMeasure, Measure> missing) {
    return missing.isEmpty() ? Optional.empty() : Optional.of(BEFORE_ALL);
  }

  private String going(String last) {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("building the measures of '" + source + "' was stopped");
    }
    return last;
  }

  /** Lets the measures rest that are wanted no more, and says which must be built. */
  private Map<StoredMeasure, Measure> prepare(Work work, List<Measure> measures) {
    Map<String, Measure> wanted = new LinkedHashMap<>();
    measures.forEach(it -> wanted.put(it.version(), it));
    Map<StoredMeasure, Measure> missing = new LinkedHashMap<>();
    long seenUpTo = work.sources().stored(source).map(StoredSource::seenUpTo).orElse(0L);
    for (StoredMeasure stored : work.measures().of(source)) {
      Measure measure = wanted.remove(stored.version());
      if (measure == null && stored.isUpToDate()) {
        stored.rest(seenUpTo);
        work.measures().update(stored);
      } else if (measure != null && !stored.isUpToDate()) {
        missing.put(stored, measure);
      }
    }
    wanted.values().forEach(it -> missing.put(work.measures().add(source, it), it));
    return missing;
  }

  /**
   * Builds from some more records; says up to which, or nothing when there are none left. Nobody
   * prunes them meanwhile.
   */
  private Optional<String> buildAfter(String last, Map<StoredMeasure, Measure> missing, Work work)
      throws SQLException {
    work.sources().locked(source);
    List<StoredVersion> versions = work.records(source).after(last);
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    String next = versions.get(versions.size() - 1).recordId();
    List<StoredVersion> pruned = versions.stream().filter(it -> it.body() == null).toList();
    List<StoredVersion> whole = versions.stream().filter(it -> it.body() != null).toList();
    for (StoredMeasure measure : missing.keySet()) {
      work.contributions().clear(measure.id(), whole);
      pruned.forEach(it -> noteLost(measure, it));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (StoredVersion version : versions) {
      Optional<SourceRecord> record = record(version);
      if (record.isPresent()) {
        missing.forEach(
            (stored, measure) ->
                measure
                    .contribution(record.get())
                    .map(it -> Contributions.row(stored.id(), version.sinceRun(), it))
                    .ifPresent(rows::add));
      }
    }
    work.contributions().insert(rows);
    return Optional.of(next);
  }

  private void noteLost(StoredMeasure measure, StoredVersion pruned) {
    Long until = pruned.untilRun();
    if (until != null && pruned.sinceRun() > measure.goodUntilRun()) {
      lostUntil.merge(measure, until, Math::max);
    }
  }

  private void finish(Map<StoredMeasure, Measure> built, Work work) throws SQLException {
    Optional<Long> published = work.sources().stored(source).map(StoredSource::publishedRun);
    for (StoredMeasure measure : built.keySet()) {
      work.dailyTotals(source).clear(measure.id());
      if (published.isPresent()) {
        work.dailyTotals(source).build(measure.id(), published.get());
      }
      Long until = lostUntil.get(measure);
      if (until != null) {
        work.lostRuns().note(measure.id(), measure.goodUntilRun(), until);
      }
      measure.built();
      work.measures().update(measure);
    }
  }

  /** Empty where the body was pruned. */
  private Optional<SourceRecord> record(StoredVersion version) {
    if (version.body() == null) {
      return Optional.empty();
    }
    try {
      ObjectNode fields = (ObjectNode) Json.MAPPER.readTree(version.body());
      return Optional.of(
          new SourceRecord(version.recordId(), version.updatedAt(), false, fields, version.body()));
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "record %s of '%s' is not stored as JSON".formatted(version.recordId(), source), broken);
    }
  }
}
