package io.okrsync.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Which versions of records ended, and by which run: the same as the versions themselves say, and
 * what they add to measures ended with them.
 */
final class EndedVersions {
  /**
   * The contributions {@code c} to a measure {@code m} that ended with their versions {@code e}, to
   * be found by the run that ended them.
   */
  static final String CONTRIBUTIONS =
      """
      from measure_version m
      join ended_version e on e.source = m.source
      join contribution c
        on c.measure = m.id and c.since_run = e.since_run and c.record_id = e.record_id
      """;

  /**
   * All contributions {@code c}, each with the version {@code e} it ended with, if it ended. Takes
   * the source they are from. That they had not ended at a run is asked of the joined rows: asked
   * of {@code e} alone, H2 would look for it by the run, among all that ever ended.
   */
  static final String MAYBE =
      """
      from contribution c
      left join ended_version e
        on e.source = ? and e.record_id = c.record_id and e.since_run = c.since_run
      """;

  private static final int ROWS_AT_ONCE = 1000;

  private final Sql sql;
  private final String source;

  EndedVersions(Sql sql, String source) {
    this.sql = sql;
    this.source = source;
  }

  void note(List<EndedVersion> ended) throws SQLException {
    sql.batch(
        "insert into ended_version (source, record_id, since_run, until_run) values (?, ?, ?, ?)",
        ended.stream()
            .map(it -> Sql.row(source, it.recordId(), it.sinceRun(), it.untilRun()))
            .toList());
  }

  /** Some of those that runs after this one ended; empty when there are none left. */
  List<EndedVersion> after(long run) throws SQLException {
    return sql.list(
        """
        select record_id, since_run, until_run from ended_version
        where source = ? and until_run >= ?
        order by source, until_run fetch first %d rows only
        """
            .formatted(ROWS_AT_ONCE),
        EndedVersions::ended,
        source,
        run + 1);
  }

  void forget(List<EndedVersion> ended) throws SQLException {
    sql.batch(
        "delete from ended_version where source = ? and record_id = ? and since_run = ?",
        ended.stream().map(it -> Sql.row(source, it.recordId(), it.sinceRun())).toList());
  }

  /** How many versions ended. */
  long count() throws SQLException {
    return sql.list(
            "select count(*) from ended_version where source = ?", row -> row.getLong(1), source)
        .get(0);
  }

  /** Those of which the version does not say that it ended so. */
  List<EndedVersion> untold() throws SQLException {
    return sql.list(
        """
        select record_id, since_run, until_run from ended_version e
        where source = ? and not exists (
          select 1 from record_version v
          where v.source = e.source and v.record_id = e.record_id and v.until_run = e.until_run
            and v.since_run = e.since_run)
        order by record_id, until_run
        """,
        EndedVersions::ended,
        source);
  }

  /** Those of versions that ended which are not noted. Looks at all versions. */
  List<EndedVersion> missing() throws SQLException {
    return sql.list(
        """
        select record_id, since_run, until_run from record_version v
        where source = ? and until_run is not null and not exists (
          select 1 from ended_version e
          where e.source = v.source and e.until_run = v.until_run and e.record_id = v.record_id
            and e.since_run = v.since_run)
        order by record_id, until_run
        """,
        EndedVersions::ended,
        source);
  }

  private static EndedVersion ended(ResultSet row) throws SQLException {
    return new EndedVersion(row.getString(1), row.getLong(2), row.getLong(3));
  }
}
