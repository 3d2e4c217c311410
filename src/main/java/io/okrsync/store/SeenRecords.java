package io.okrsync.store;

import java.sql.SQLException;
import java.util.Set;

/** The ids that a run which reads everything has seen, so that what is gone can be told. */
final class SeenRecords {
  private final Sql sql;
  private final long run;

  SeenRecords(Sql sql, long run) {
    this.sql = sql;
    this.run = run;
  }

  void add(Set<String> ids) throws SQLException {
    sql.update(
        """
        insert into record_seen (run, record_id)
        select ?, ids.id from unnest(cast(? as varchar array)) as ids (id)
        where not exists (
          select 1 from record_seen s where s.run = ? and s.record_id = ids.id)
        """,
        run,
        ids,
        run);
  }

  /** How many different ids the run has seen. */
  long count() throws SQLException {
    return sql.list("select count(*) from record_seen where run = ?", row -> row.getLong(1), run)
        .get(0);
  }

  void clear() throws SQLException {
    sql.update("delete from record_seen where run = ?", run);
  }
}
