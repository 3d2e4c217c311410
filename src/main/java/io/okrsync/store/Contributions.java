package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Money;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.store.PageChanges.Version;
import io.okrsync.store.Records.StoredVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What records add to measures, by JDBC. A row is true between the same runs as its version. */
final class Contributions {
  private static final String INSERT =
      """
      insert into contribution
        (measure, record_id, since_run, until_run, at, amount, item, group_key, currency, problem,
         original_amount, original_currency)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String CLOSE =
      """
      update contribution set until_run = ?
      where measure = ? and record_id = ? and since_run = ?
      """;

  private final Sql sql;

  Contributions(Sql sql) {
    this.sql = sql;
  }

  /** What the versions that a page brought add to these measures, as rows to insert. */
  static List<@Nullable Object[]> rows(
      long run, List<Change> changes, Map<Long, Measure> measures) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    measures.forEach(
        (stored, measure) -> {
          for (Change change : changes) {
            Version after = change.after();
            if (after != null) {
              measure
                  .contribution(after.record())
                  .ifPresent(it -> rows.add(row(stored, run, null, it)));
            }
          }
        });
    return rows;
  }

  /** Ends what the versions added to these measures that a page ended or replaced. */
  void close(long run, List<Change> changes, Set<Long> measures) throws SQLException {
    List<@Nullable Object[]> closed = new ArrayList<>();
    List<@Nullable Object[]> replaced = new ArrayList<>();
    for (long measure : measures) {
      for (Change change : changes) {
        Known before = change.before();
        if (before != null && before.sinceRun() == run) {
          replaced.add(Sql.row(measure, change.recordId(), run));
        } else if (before != null) {
          closed.add(Sql.row(run, measure, change.recordId(), before.sinceRun()));
        }
      }
    }
    sql.batch(
        "delete from contribution where measure = ? and record_id = ? and since_run = ?", replaced);
    sql.batch(CLOSE, closed);
  }

  /** Adds rows made by {@link #rows} or {@link #row(long, StoredVersion, Contribution)}. */
  void insert(List<@Nullable Object[]> rows) throws SQLException {
    sql.batch(INSERT, rows);
  }

  /** What a version adds, as a row to insert. */
  static @Nullable Object[] row(long measure, StoredVersion version, Contribution it) {
    return row(measure, version.sinceRun(), version.untilRun(), it);
  }

  private static @Nullable Object[] row(
      long measure, long sinceRun, @Nullable Long untilRun, Contribution it) {
    Money original = it.original();
    return Sql.row(
        measure,
        it.recordId(),
        sinceRun,
        untilRun,
        it.at(),
        it.value(),
        it.item(),
        it.key(),
        it.currency(),
        it.problem(),
        original == null ? null : original.amount(),
        original == null ? null : original.currency());
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

  /**
   * Clears what the records after one and up to another add to a measure, but for versions whose
   * bodies were pruned, of which it could not be made again.
   */
  void clear(long measure, String source, String after, String last) throws SQLException {
    sql.update(
        """
        delete from contribution
        where measure = ? and record_id > ? and record_id <= ?
          and not exists (
            select 1 from record_version v
            where v.source = ? and v.record_id = contribution.record_id
              and v.since_run = contribution.since_run and v.body is null)
        """,
        measure,
        after,
        last,
        source);
  }

  /** What pruned versions add to a measure ends with them, however long it was not followed. */
  void end(long measure, List<StoredVersion> pruned) throws SQLException {
    sql.batch(
        CLOSE,
        pruned.stream()
            .map(it -> Sql.row(it.untilRun(), measure, it.recordId(), it.sinceRun()))
            .toList());
  }
}
