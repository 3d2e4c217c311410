package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Money;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Version;
import io.okrsync.store.Records.StoredVersion;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What records add to measures, by JDBC: written once, and true until the version ended that adds
 * it.
 */
final class Contributions {
  private static final String INSERT =
      """
      insert into contribution
        (measure, record_id, since_run, at, amount, item, group_key, currency, problem,
         original_amount, original_currency)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String DELETE =
      "delete from contribution where measure = ? and since_run = ? and record_id = ?";

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
              measure.contribution(after.record()).ifPresent(it -> rows.add(row(stored, run, it)));
            }
          }
        });
    return rows;
  }

  /** Deletes what versions of this run added to a measure that a page of it withdrew. */
  void withdraw(long run, List<Change> withdrawn, long measure) throws SQLException {
    sql.batch(DELETE, withdrawn.stream().map(it -> Sql.row(measure, run, it.recordId())).toList());
  }

  /** Adds rows made by {@link #rows} or {@link #row(long, long, Contribution)}. */
  void insert(List<@Nullable Object[]> rows) throws SQLException {
    sql.batch(INSERT, rows);
  }

  /** What a version adds, as a row to insert. */
  static @Nullable Object[] row(long measure, long sinceRun, Contribution it) {
    Money original = it.original();
    return Sql.row(
        measure,
        it.recordId(),
        sinceRun,
        it.at(),
        it.value(),
        it.item(),
        it.key(),
        it.currency(),
        it.problem(),
        original == null ? null : original.amount(),
        original == null ? null : original.currency());
  }

  /** Undoes what runs after this one have opened. */
  void discardAfter(long publishedRun, long measure) throws SQLException {
    sql.update(
        "delete from contribution where measure = ? and since_run >= ?", measure, publishedRun + 1);
  }

  /** Clears what these versions add to a measure. */
  void clear(long measure, List<StoredVersion> versions) throws SQLException {
    sql.batch(
        DELETE,
        versions.stream().map(it -> Sql.row(measure, it.sinceRun(), it.recordId())).toList());
  }
}
