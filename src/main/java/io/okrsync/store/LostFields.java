package io.okrsync.store;

import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import io.okrsync.sync.Guard;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks for a field that a source tells no more, among the records that changed in a run. */
final class LostFields {
  private static final int LOOKED_AT = 1000;
  private static final int NAMED = 3;

  /** Of fewer records it is no wonder that all have lost a field. */
  private static final int FEWEST_OF_ALL = 3;

  private final Sql sql;
  private final Map<Long, Measure> measures;
  private final StoredRun run;

  /** The last run that read the source whole, before this one. */
  private final long looked;

  /** What records lost, by their ids, for one measure and one field. */
  private record Loss(long measure, String field, List<String> records) {}

  /**
   * @param measures by the ids they are stored under
   */
  LostFields(Sql sql, Map<Long, Measure> measures, StoredRun run, StoredSource source) {
    this.sql = sql;
    this.measures = measures;
    this.run = run;
    Long last = source.lookedRun();
    this.looked = last == null ? run.id() - 1 : last;
  }

  /**
   * One for which the run must be held, or else the one that the most records lack; mostly empty.
   */
  Optional<LostField> found() throws SQLException {
    List<Loss> losses = new ArrayList<>();
    for (long measure : shrunk()) {
      losses.addAll(losses(measure, run.id() - 1));
    }
    List<LostField> found = new ArrayList<>();
    for (Loss loss : losses) {
      told(loss, losses).ifPresent(found::add);
    }
    return found.stream()
        .max(Comparator.comparing(LostField::isSuspicious).thenComparingInt(LostField::count));
  }

  /** The measures that the same records left for want of the same field. */
  private List<String> alike(Loss loss, List<Loss> losses) {
    return losses.stream()
        .filter(it -> it.field().equals(loss.field()) && it.records().equals(loss.records()))
        .map(it -> definedAs(it.measure()))
        .toList();
  }

  /** The measures that more versions left with this run than entered. */
  private List<Long> shrunk() throws SQLException {
    Map<Long, Integer> ended = new HashMap<>();
    sql.list(
        "select m.id, count(*) "
            + EndedVersions.CONTRIBUTIONS
            + "where m.source = ? and e.until_run = ? group by m.id",
        row -> ended.put(row.getLong(1), row.getInt(2)),
        run.asRun().source(),
        run.id());
    List<Long> shrunk = new ArrayList<>();
    for (long measure : measures.keySet()) {
      int left = ended.getOrDefault(measure, 0);
      if (left > 0 && left > entered(measure, run.id() - 1, left)) {
        shrunk.add(measure);
      }
    }
    return shrunk;
  }

  /** How many contributions to a measure began after a run, as far as that is of interest. */
  private int entered(long measure, long after, int atMost) throws SQLException {
    return sql.list(
            """
            select count(*) from (
              select 1 as one from contribution
              where measure = ? and since_run >= ? fetch first %d rows only) as entered
            """
                .formatted(atMost),
            row -> row.getInt(1),
            measure,
            after + 1)
        .get(0);
  }

  /** By the fields that those which left this measure after a run lack now. */
  private List<Loss> losses(long id, long after) throws SQLException {
    Measure measure = Objects.requireNonNull(measures.get(id));
    Map<String, List<String>> lacking = new LinkedHashMap<>();
    for (SourceRecord record : left(id, after)) {
      for (String field : measure.lacking(record)) {
        lacking.computeIfAbsent(field, name -> new ArrayList<>()).add(record.id());
      }
    }
    return lacking.entrySet().stream().map(it -> new Loss(id, it.getKey(), it.getValue())).toList();
  }

  /** Empty where as many came with it. */
  private Optional<LostField> told(Loss loss, List<Loss> losses) throws SQLException {
    int count = loss.records().size();
    int cameWith = entered(loss.measure(), run.id() - 1, count);
    if (cameWith >= count) {
      return Optional.empty();
    }
    int lately = lately(loss);
    boolean many = count >= Guard.FEWEST || lately >= Guard.FEWEST && lately - count < Guard.FEWEST;
    boolean isSuspicious = many || count >= FEWEST_OF_ALL && countsNoneIn(loss.measure());
    return Optional.of(
        new LostField(
            alike(loss, losses),
            loss.field(),
            loss.records().stream().limit(NAMED).toList(),
            count,
            cameWith,
            lately,
            isSuspicious));
  }

  /** How many lost it since the source was read whole; as many as now where more came with it. */
  private int lately(Loss loss) throws SQLException {
    int lately =
        losses(loss.measure(), looked).stream()
            .filter(it -> it.field().equals(loss.field()))
            .mapToInt(it -> it.records().size())
            .findFirst()
            .orElse(0);
    boolean isMostly = lately > entered(loss.measure(), looked, lately);
    return isMostly ? Math.max(lately, loss.records().size()) : loss.records().size();
  }

  private boolean countsNoneIn(long measure) throws SQLException {
    return sql.list(
            "select 1 "
                + EndedVersions.MAYBE
                + "where c.measure = ? and e.until_run is null fetch first 1 row only",
            row -> row.getInt(1),
            run.asRun().source(),
            measure)
        .isEmpty();
  }

  private String definedAs(long measure) {
    return Objects.requireNonNull(measures.get(measure)).definition().name();
  }

  /**
   * Some of those whose contribution to this measure ended after a run, and that add none since, as
   * they are now; not those removed.
   */
  private List<SourceRecord> left(long measure, long after) throws SQLException {
    List<RecordVersion> now =
        sql.list(
            """
            select v.record_id, v.since_run, v.updated_at, v.hash, v.body
            %s
            join record_version v
              on v.source = e.source and v.record_id = e.record_id and v.until_run is null
            where m.id = ? and e.until_run >= ? and not exists (
              select 1 from contribution n
              where n.measure = c.measure and n.since_run = v.since_run
                and n.record_id = v.record_id)
            order by v.since_run desc, c.record_id fetch first %d rows only
            """
                .formatted(EndedVersions.CONTRIBUTIONS, LOOKED_AT),
            row ->
                new RecordVersion(
                    row.getString(1),
                    row.getLong(2),
                    null,
                    Sql.instant(row, 3),
                    row.getString(4),
                    row.getString(5),
                    null),
            measure,
            after + 1);
    Map<String, RecordVersion> once = new LinkedHashMap<>();
    now.forEach(it -> once.put(it.recordId(), it));
    return once.values().stream().flatMap(it -> it.record().stream()).toList();
  }
}
