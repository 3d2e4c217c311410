package io.okrsync.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids that a run which reads everything has seen without writing a version of their record, so
 * that what is gone can be told. A row is taken over by the next such run.
 */
final class SeenRecords {
  private final Sql sql;
  private final String source;
  private final long run;

  SeenRecords(Sql sql, String source, long run) {
    this.sql = sql;
    this.source = source;
    this.run = run;
  }

  /** Those of these ids that this run has noted. */
  Set<String> noted(Collection<String> ids) throws SQLException {
    return new HashSet<>(known(ids, " and s.run = " + run));
  }

  /** Those of these ids that this run, or a later one, has noted. */
  Set<String> notedSince(long earlier, Collection<String> ids) throws SQLException {
    return new HashSet<>(known(ids, " and s.run >= " + earlier));
  }

  /** Notes these ids, which this run has not noted yet. */
  void note(Collection<String> ids) throws SQLException {
    Set<String> before = new HashSet<>(known(ids, ""));
    List<@Nullable Object[]> taken = new ArrayList<>();
    List<@Nullable Object[]> added = new ArrayList<>();
    ids.forEach(id -> (before.contains(id) ? taken : added).add(Sql.row(run, source, id)));
    sql.batch("update seen_record set run = ? where source = ? and record_id = ?", taken);
    sql.batch("insert into seen_record (run, source, record_id) values (?, ?, ?)", added);
  }

  /**
   * The run begins anew under its id. What it has seen until now was there after the run that was
   * published last, and may have been noted by that one.
   */
  void forget(long published) throws SQLException {
    sql.update(
        "update seen_record set run = ? where source = ? and run = ?", published, source, run);
  }

  private List<String> known(Collection<String> ids, String which) throws SQLException {
    if (ids.isEmpty()) {
      return List.of();
    }
    return sql.list(
        "select s.record_id" + sql.among("seen_record", "s") + "s.source = ? " + which,
        row -> row.getString(1),
        ids,
        source);
  }
}
