package io.okrsync.store;

import java.sql.SQLException;
import java.util.Optional;

/** Which request made which run: appended, never updated, never deleted. */
final class IntakeRequests {
  private final Sql sql;

  IntakeRequests(Sql sql) {
    this.sql = sql;
  }

  /** The last run that this request made. */
  Optional<Long> run(String source, String request) throws SQLException {
    return sql.list(
            "select max(run) from intake_request where source = ? and request = ?",
            row -> Optional.ofNullable(Sql.number(row, 1)),
            source,
            request)
        .get(0);
  }

  void note(long run, String source, String request) throws SQLException {
    sql.update(
        "insert into intake_request (run, source, request) values (?, ?, ?)", run, source, request);
  }
}
