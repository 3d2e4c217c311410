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
 * between the same runs as its version. In small transactions, since there may be very many; a
 * measure counts as built when the last of them is through, and is built anew if that never
 * happens.
 */
final class Derivation {
  private static final String BEFORE_ALL = "";

  private final Database database;
  private final String source;

  Derivation(Database database, String source) {
    this.database = database;
    this.source = source;
  }

  void derive(List<Measure> measures) {
    Map<StoredMeasure, Measure> missing = database.get(work -> prepare(work, measures));
    if (missing.isEmpty()) {
      return;
    }
    Optional<String> done = Optional.of(BEFORE_ALL);
    while (done.isPresent()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("building the measures of '" + source + "' was stopped");
      }
      String last = done.get();
      done = database.get(work -> buildAfter(last, missing, work));
    }
    database.run(work -> finish(missing, work));
  }

  /** Lets the measures rest that are wanted no more, and says which must be built. */
  private Map<StoredMeasure, Measure> prepare(Work work, List<Measure> measures)
      throws SQLException {
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
        stored.building();
        work.measures().update(stored);
        work.contributions().clear(stored.id());
        work.dailyTotals().clear(stored.id());
        missing.put(stored, measure);
      }
    }
    wanted.values().forEach(it -> missing.put(work.measures().add(source, it), it));
    return missing;
  }

  /** Builds from some more records; says up to which, or nothing when there are none left. */
  private Optional<String> buildAfter(String last, Map<StoredMeasure, Measure> missing, Work work)
      throws SQLException {
    List<StoredVersion> versions = work.records(source).after(last);
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (StoredVersion version : versions) {
      SourceRecord record = record(version);
      missing.forEach(
          (stored, measure) ->
              measure
                  .contribution(record)
                  .map(it -> Contributions.row(stored.id(), version, it))
                  .ifPresent(rows::add));
    }
    work.contributions().insert(rows);
    return Optional.of(versions.get(versions.size() - 1).recordId());
  }

  private void finish(Map<StoredMeasure, Measure> built, Work work) throws SQLException {
    Optional<Long> published = work.sources().stored(source).map(StoredSource::publishedRun);
    for (StoredMeasure measure : built.keySet()) {
      if (published.isPresent()) {
        work.dailyTotals().build(measure.id(), published.get());
      }
      measure.built();
      work.measures().update(measure);
    }
  }

  private SourceRecord record(StoredVersion version) {
    try {
      ObjectNode fields = (ObjectNode) Json.MAPPER.readTree(version.body());
      return new SourceRecord(version.recordId(), version.updatedAt(), false, fields);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "record %s of '%s' is not stored as JSON".formatted(version.recordId(), source), broken);
    }
  }
}
