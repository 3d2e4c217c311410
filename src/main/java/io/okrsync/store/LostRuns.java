package io.okrsync.store;

import java.sql.SQLException;

/**
 * As of which runs measures cannot be read, since record versions that were true then had lost
 * their bodies before the measure was built. No reading names such a run: what was read is kept.
 */
final class LostRuns {
  private final Sql sql;

  LostRuns(Sql sql) {
    this.sql = sql;
  }

  /** From after the one run until before the other. */
  void note(long measure, long afterRun, long untilRun) throws SQLException {
    sql.update(
        "insert into lost_runs (measure, after_run, until_run) values (?, ?, ?)",
        measure,
        afterRun,
        untilRun);
  }

  boolean hold(long measure, long run) throws SQLException {
    return !sql.list(
            "select 1 from lost_runs where measure = ? and after_run < ? and until_run > ?",
            row -> 1,
            measure,
            run,
            run)
        .isEmpty();
  }
}
