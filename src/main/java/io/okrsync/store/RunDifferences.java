package io.okrsync.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.audit.DifferencesSeal;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Window;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Difference.What;
import io.okrsync.sync.Differences;
import io.okrsync.sync.RunKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What runs found about records that their counts alone do not tell. */
final class RunDifferences {
  private static final String COLUMNS =
      """
      select d.run, r.kind, d.source, d.record_id, v.body, d.what, d.marked, d.missed, d.changed_at,
        (select max(b.started_at) from sync_run b
          where d.what = 'REMOVED' and not d.marked and b.id < d.run
            and b.id in (v.since_run, s.run)) as there_at,
        r.started_at
      from difference d
      join sync_run r on r.id = d.run
      left join record_version v on v.source = d.source and v.record_id = d.record_id
        and (d.what <> 'REMOVED' and v.since_run = d.run
          or d.what = 'REMOVED' and v.until_run = d.run)
      left join seen_record s on s.source = d.source and s.record_id = d.record_id
      """;

  private final Sql sql;

  RunDifferences(Sql sql) {
    this.sql = sql;
  }

  /**
   * Notes what is worth it among the changes of a page.
   *
   * @param everKnown the page's records that have or had a version
   */
  void note(
      StoredRun run, Map<String, SourceRecord> records, List<Change> changes, Set<String> everKnown)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Change change : changes) {
      SourceRecord record = Objects.requireNonNull(records.get(change.recordId()));
      What what = what(change, everKnown);
      boolean missed = run.shouldHaveCome(record.updatedAt());
      if (missed || what == What.REMOVED || what == What.RETURNED) {
        rows.add(row(run, record.id(), what, true, missed, record.updatedAt()));
      }
    }
    write(rows);
  }

  /** Notes that these records did not come in a run that reads everything. */
  void noteUnseen(StoredRun run, List<Change> unseen) throws SQLException {
    boolean missed = run.shouldHaveCome(null);
    write(
        unseen.stream()
            .map(it -> row(run, it.recordId(), What.REMOVED, false, missed, null))
            .toList());
  }

  private static What what(Change change, Set<String> everKnown) {
    if (change.after() == null) {
      return What.REMOVED;
    }
    if (change.before() != null) {
      return What.CHANGED;
    }
    return everKnown.contains(change.recordId()) ? What.RETURNED : What.ADDED;
  }

  private static @Nullable Object[] row(
      StoredRun run,
      String record,
      What what,
      boolean marked,
      boolean missed,
      @Nullable Instant changedAt) {
    return Sql.row(run.id(), run.asRun().source(), record, what.name(), marked, missed, changedAt);
  }

  /** Of a record that comes twice in a run the last holds. */
  private void write(List<@Nullable Object[]> rows) throws SQLException {
    sql.batch(
        "delete from difference where run = ? and record_id = ?",
        rows.stream().map(it -> Sql.row(it[0], it[2])).toList());
    sql.batch(
        """
        insert into difference (run, source, record_id, what, marked, missed, changed_at)
        values (?, ?, ?, ?, ?, ?, ?)
        """,
        rows);
  }

  /** Undoes what runs of this source after this one have noted. */
  void discardAfter(String source, long publishedRun) throws SQLException {
    sql.update("delete from difference where source = ? and run > ?", source, publishedRun);
  }

  Differences of(long run, int limit) throws SQLException {
    long all =
        sql.list("select count(*) from difference where run = ?", row -> row.getLong(1), run)
            .get(0);
    return all == 0
        ? Differences.NONE
        : new Differences(
            sql.list(
                COLUMNS
                    + " where d.run = ? order by d.what, d.record_id fetch first %d rows only"
                        .formatted(limit),
                RunDifferences::difference,
                run),
            all);
  }

  /** Over all of a run. */
  String seal(long run) throws SQLException {
    DifferencesSeal seal = new DifferencesSeal();
    sql.each(
        """
        select source, record_id, what, marked, missed, changed_at from difference
        where run = ? order by record_id
        """,
        row ->
            seal.add(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                Sql.instant(row, 6)),
        run);
    return seal.digest();
  }

  /** The latest records that counted in a measure, in this window, until they were removed. */
  List<Difference> thatCounted(long measure, String source, Window window, long seenUpTo, int limit)
      throws SQLException {
    return sql.list(
        COLUMNS
            + """
             join contribution c on c.measure = ? and c.since_run = v.since_run and c.record_id = v.record_id
               and (c.at is null or c.at >= ? and c.at < ?)
             where d.source = ? and d.what = 'REMOVED' and d.run <= ?
             order by d.run desc, d.record_id fetch first %d rows only
            """
                .formatted(limit),
        RunDifferences::difference,
        measure,
        window.from(),
        window.to(),
        source,
        seenUpTo);
  }

  private static Difference difference(ResultSet row) throws SQLException {
    return new Difference(
        row.getLong(1),
        RunKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getString(4),
        title(row.getString(5)),
        What.valueOf(row.getString(6)),
        row.getBoolean(7),
        row.getBoolean(8),
        Sql.instant(row, 9),
        Sql.instant(row, 10),
        Objects.requireNonNull(Sql.instant(row, 11)));
  }

  /** What people know the record by. */
  private static @Nullable String title(@Nullable String body) {
    if (body == null) {
      return null;
    }
    try {
      JsonNode fields = Json.MAPPER.readTree(body);
      String title = fields.path("title").asText(fields.path("name").asText(""));
      return title.isBlank() ? null : title;
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      return null; // a damaged record is what verify tells of
    }
  }
}
