package io.okrsync.store;

import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks for a field that a source tells no more, among the records that changed in a run. */
final class LostFields {
  private static final int LOOKED_AT = 1000;
  private static final int NAMED = 3;

  private final Sql sql;
  private final Map<Long, Measure> measures;

  /**
   * @param measures by the ids they are stored under
   */
  LostFields(Sql sql, Map<Long, Measure> measures) {
    this.sql = sql;
    this.measures = measures;
  }

  /** The one that the most records lack; mostly empty. */
  Optional<LostField> in(StoredRun run) throws SQLException {
    List<LostField> found = new ArrayList<>();
    for (long measure : onlyLeft(run)) {
      found.addAll(of(measure, run));
    }
    return found.stream().max(Comparator.comparingInt(LostField::count));
  }

  /** The measures that records left and none entered, nor changed within. */
  private List<Long> onlyLeft(StoredRun run) throws SQLException {
    return sql
        .list(
            """
            select m.id from measure_version m
            where m.source = ?
              and exists (
                select 1 from ended_version e
                join contribution c on c.since_run = e.since_run and c.record_id = e.record_id
                where e.source = m.source and e.until_run = ? and c.measure = m.id)
              and not exists (
                select 1 from contribution c where c.measure = m.id and c.since_run = ?)
            """,
            row -> row.getLong(1),
            run.asRun().source(),
            run.id(),
            run.id())
        .stream()
        .filter(measures::containsKey)
        .toList();
  }

  private List<LostField> of(long id, StoredRun run) throws SQLException {
    Measure measure = Objects.requireNonNull(measures.get(id));
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    for (SourceRecord record : left(id, run)) {
      for (String field : measure.lacking(record)) {
        lacking.computeIfAbsent(field, name -> new ArrayList<>()).add(record.id());
      }
    }
    return lacking.entrySet().stream()
        .map(it -> lost(measure, it.getKey(), it.getValue()))
        .toList();
  }

  private static LostField lost(Measure measure, String field, List<String> records) {
    return new LostField(
        measure.definition().name(), field, records.stream().limit(NAMED).toList(), records.size());
  }

  /** Some of those that the run took out of this measure, as they are now; not those removed. */
  private List<SourceRecord> left(long measure, StoredRun run) throws SQLException {
    List<RecordVersion> now =
        sql.list(
            """
            select v.record_id, v.updated_at, v.hash, v.body
            %s
            join record_version v
              on v.source = e.source and v.record_id = e.record_id and v.since_run = e.until_run
            where m.id = ? and e.until_run = ?
            order by c.record_id fetch first %d rows only
            """
                .formatted(EndedVersions.CONTRIBUTIONS, LOOKED_AT),
            row ->
                new RecordVersion(
                    row.getString(1),
                    run.id(),
                    null,
                    Sql.instant(row, 2),
                    row.getString(3),
                    row.getString(4),
                    null),
            measure,
            run.id());
    return now.stream().flatMap(it -> it.record().stream()).toList();
  }
}
