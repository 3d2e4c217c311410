package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.store.PageChanges.Version;
import io.okrsync.store.Records.StoredVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What records add to measures, by JDBC. A row is true between the same runs as its version. */
final class Contributions {
  private static final String INSERT =
      """
      insert into contribution
        (measure, record_id, since_run, until_run, at, amount, item, currency, problem)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final Sql sql;

  Contributions(Sql sql) {
    this.sql = sql;
  }

  /**
   * Follows what a page changed.
   *
   * @param measures all that are kept up to date for the source, by the id they are stored under
   */
  void write(long run, List<Change> changes, Map<Long, Measure> measures) throws SQLException {
    List<@Nullable Object[]> closed = new ArrayList<>();
    List<@Nullable Object[]> replaced = new ArrayList<>();
    List<@Nullable Object[]> opened = new ArrayList<>();
    for (Map.Entry<Long, Measure> measure : measures.entrySet()) {
      for (Change change : changes) {
        Known before = change.before();
        if (before != null && before.sinceRun() == run) {
          replaced.add(Sql.row(measure.getKey(), change.recordId(), run));
        } else if (before != null) {
          closed.add(Sql.row(run, measure.getKey(), change.recordId(), before.sinceRun()));
        }
        Version after = change.after();
        if (after != null) {
          measure
              .getValue()
              .contribution(after.record())
              .ifPresent(it -> opened.add(row(measure.getKey(), run, null, it)));
        }
      }
    }
    sql.batch(
        "delete from contribution where measure = ? and record_id = ? and since_run = ?", replaced);
    sql.batch(
        """
        update contribution set until_run = ?
        where measure = ? and record_id = ? and since_run = ?
        """,
        closed);
    sql.batch(INSERT, opened);
  }

  /** Adds rows made by {@link #row(long, StoredVersion, Contribution)}. */
  void insert(List<@Nullable Object[]> rows) throws SQLException {
    sql.batch(INSERT, rows);
  }

  /** What a version adds, as a row to insert. */
  static @Nullable Object[] row(long measure, StoredVersion version, Contribution it) {
    return row(measure, version.sinceRun(), version.untilRun(), it);
  }

  private static @Nullable Object[] row(
      long measure, long sinceRun, @Nullable Long untilRun, Contribution it) {
    return Sql.row(
        measure,
        it.recordId(),
        sinceRun,
        untilRun,
        it.at(),
        it.value(),
        it.item(),
        it.currency(),
        it.problem());
  }

  /** Closes what records add that a run which reads everything did not see. */
  void closeUnseen(long measure, long run) throws SQLException {
    sql.update(
        """
        update contribution set until_run = ?
        where measure = ? and until_run is null
          and not exists (
            select 1 from record_seen s
            where s.run = ? and s.record_id = contribution.record_id)
        """,
        run,
        measure,
        run);
  }

  /** Undoes what runs after this one have stored. */
  void discardAfter(long publishedRun, long measure) throws SQLException {
    sql.update(
        "delete from contribution where measure = ? and since_run > ?", measure, publishedRun);
    sql.update(
        "update contribution set until_run = null where measure = ? and until_run > ?",
        measure,
        publishedRun);
  }

  void clear(long measure) throws SQLException {
    sql.update("delete from contribution where measure = ?", measure);
  }
}
