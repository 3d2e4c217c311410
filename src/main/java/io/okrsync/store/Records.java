package io.okrsync.store;

import io.okrsync.connector.SourceRecord;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.store.PageChanges.Version;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The versions of records, by JDBC: this is where the volume is. */
final class Records {
  private static final int ROWS_AT_ONCE = 1000;
  private static final Instant FOR_EVER = Instant.parse("9999-12-31T00:00:00Z");

  /**
   * A version as it is stored.
   *
   * @param body null where it was pruned
   */
  record StoredVersion(
      String recordId,
      long sinceRun,
      @Nullable Long untilRun,
      @Nullable Instant updatedAt,
      @Nullable String body) {}

  private final Sql sql;
  private final String source;

  Records(Sql sql, String source) {
    this.sql = sql;
    this.source = source;
  }

  /** The open versions of these records, by record id. */
  Map<String, Known> open(Collection<String> ids) throws SQLException {
    Map<String, Known> open = new HashMap<>();
    sql.list(
        "select v.record_id, v.since_run, v.hash, v.updated_at"
            + sql.among("record_version", "v")
            + "v.source = ? and v.until_run is null",
        row -> open.put(row.getString(1), known(row)),
        ids,
        source);
    return open;
  }

  /** Those of these records that have, or had, any version. */
  Set<String> everKnown(Collection<String> ids) throws SQLException {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        sql.list(
            "select distinct v.record_id" + sql.among("record_version", "v") + "v.source = ?",
            row -> row.getString(1),
            ids,
            source));
  }

  /** Writes what a page changed. There is never a second version of one run. */
  void write(long run, List<Change> changes) throws SQLException {
    List<EndedVersion> ended = new ArrayList<>();
    List<@Nullable Object[]> replaced = new ArrayList<>();
    List<@Nullable Object[]> opened = new ArrayList<>();
    for (Change change : changes) {
      Known before = change.before();
      if (change.withdraws(run)) {
        replaced.add(Sql.row(source, change.recordId(), run));
      } else if (before != null) {
        ended.add(new EndedVersion(change.recordId(), before.sinceRun(), run));
      }
      Version after = change.after();
      if (after != null) {
        SourceRecord record = after.record();
        opened.add(
            Sql.row(source, record.id(), run, record.updatedAt(), after.hash(), record.text()));
      }
    }
    sql.batch(
        "delete from record_version where source = ? and record_id = ? and since_run = ?",
        replaced);
    sql.batch(
        """
        update record_version set until_run = ?
        where source = ? and record_id = ? and until_run is null and since_run = ?
        """,
        ended.stream().map(it -> Sql.row(run, source, it.recordId(), it.sinceRun())).toList());
    new EndedVersions(sql, source).note(ended);
    sql.batch(
        """
        insert into record_version (source, record_id, since_run, updated_at, hash, body)
        values (?, ?, ?, ?, ?, ?)
        """,
        opened);
  }

  /**
   * The next records after this one whose open version was not written by this run, each as the
   * change by which it would end; empty when there are none left.
   */
  List<Change> endOfOpenAfter(String recordId, long run) throws SQLException {
    return sql.list(
        """
        select record_id, since_run, hash, updated_at from record_version
        where source = ? and record_id > ? and until_run is null and since_run <> ?
        order by source, record_id fetch first %d rows only
        """
            .formatted(ROWS_AT_ONCE),
        row -> new Change(row.getString(1), known(row), null),
        source,
        recordId,
        run);
  }

  /**
   * Some of the open records that changed in this span. Looks at all, so it is not for each run.
   */
  List<String> changedIn(Instant since, @Nullable Instant until, int limit) throws SQLException {
    return sql.list(
        """
        select record_id from record_version
        where source = ? and until_run is null and updated_at > ? and updated_at <= ?
        order by updated_at, record_id fetch first %d rows only
        """
            .formatted(limit),
        row -> row.getString(1),
        source,
        since,
        until == null ? FOR_EVER : until);
  }

  /** Undoes what runs after this one have opened. */
  void discardAfter(long publishedRun) throws SQLException {
    sql.update(
        "delete from record_version where source = ? and since_run > ?", source, publishedRun);
  }

  /** Undoes that these versions ended. */
  void reopen(List<EndedVersion> ended) throws SQLException {
    sql.batch(
        """
        update record_version set until_run = null
        where source = ? and record_id = ? and until_run = ? and since_run = ?
        """,
        ended.stream()
            .map(it -> Sql.row(source, it.recordId(), it.untilRun(), it.sinceRun()))
            .toList());
  }

  /** The versions of the next records after this one with all that is stored; empty at the end. */
  List<RecordVersion> versionsAfter(String recordId) throws SQLException {
    return sql.list(
        """
        select record_id, since_run, until_run, updated_at, hash, body, pruned_by from record_version
        where source = ? and record_id > ?
        order by source, record_id fetch first %d rows with ties
        """
            .formatted(ROWS_AT_ONCE),
        Records::version,
        source,
        recordId);
  }

  /** The versions of these records that were true at a run. */
  List<RecordVersion> trueAt(Collection<String> ids, long run) throws SQLException {
    return sql.list(
        "select v.record_id, v.since_run, v.until_run, v.updated_at, v.hash, v.body, v.pruned_by"
            + sql.among("record_version", "v")
            + "v.source = ? and v.since_run <= ? and (v.until_run is null or v.until_run > ?)",
        Records::version,
        ids,
        source,
        run,
        run);
  }

  /**
   * The versions of the next records after this one, all of each, in the order of the ids; empty at
   * the end. Ordered by the source too, or H2 would sort all that follows instead of walking its
   * index.
   */
  List<StoredVersion> after(String recordId) throws SQLException {
    return sql.list(
        """
        select record_id, since_run, until_run, updated_at, body from record_version
        where source = ? and record_id > ?
        order by source, record_id fetch first %d rows with ties
        """
            .formatted(ROWS_AT_ONCE),
        row ->
            new StoredVersion(
                row.getString(1),
                row.getLong(2),
                Sql.number(row, 3),
                Sql.instant(row, 4),
                row.getString(5)),
        source,
        recordId);
  }

  /** The next records after this one that have bodies of versions true up to this run at most. */
  List<String> prunable(String recordId, long run) throws SQLException {
    return sql
        .list(
            """
            select record_id from record_version
            where source = ? and record_id > ? and until_run <= ? and body is not null
            order by source, record_id fetch first %d rows with ties
            """
                .formatted(ROWS_AT_ONCE),
            row -> row.getString(1),
            source,
            recordId,
            run)
        .stream()
        .distinct()
        .toList();
  }

  /** The versions of these records that have bodies and were true up to this run at most. */
  List<RecordVersion> endedBy(Collection<String> ids, long run) throws SQLException {
    return sql.list(
        "select v.record_id, v.since_run, v.until_run, v.updated_at, v.hash, v.body, v.pruned_by"
            + sql.among("record_version", "v")
            + "v.source = ? and v.until_run <= ? and v.body is not null"
            + " order by v.record_id, v.since_run",
        Records::version,
        ids,
        source,
        run);
  }

  /** Takes their bodies. */
  void prune(List<RecordVersion> versions, long entry) throws SQLException {
    sql.batch(
        """
        update record_version set body = null, pruned_by = ?
        where source = ? and record_id = ? and since_run = ?
        """,
        versions.stream().map(it -> Sql.row(entry, source, it.recordId(), it.sinceRun())).toList());
  }

  /** The last version of a record that began up to this run. */
  Optional<RecordVersion> versionAt(String recordId, long run) throws SQLException {
    return sql
        .list(
            """
            select record_id, since_run, until_run, updated_at, hash, body, pruned_by from record_version
            where source = ? and record_id = ? and since_run <= ?
            order by source desc, record_id desc, since_run desc fetch first 1 row only
            """,
            Records::version,
            source,
            recordId,
            run)
        .stream()
        .findFirst();
  }

  private static Known known(ResultSet row) throws SQLException {
    return new Known(row.getLong(2), row.getString(3), Sql.instant(row, 4));
  }

  private static RecordVersion version(ResultSet row) throws SQLException {
    return new RecordVersion(
        row.getString(1),
        row.getLong(2),
        Sql.number(row, 3),
        Sql.instant(row, 4),
        row.getString(5),
        row.getString(6),
        Sql.number(row, 7));
  }
}
