package io.okrsync.store;

import java.util.List;

/**
 * Rows that belong to nothing that is there. The database lets nobody write most of them, unless
 * its keys were taken away first.
 */
public final class Strays {
  /**
   * A row, or several, by the table and what they belong to.
   *
   * @param owner such as {@code measure 4}
   */
  public record Stray(String table, String owner) {}

  private static final String ALL =
      """
      select 'contribution' as held, 'measure' as by_what, cast(measure as varchar) as which
      from contribution where measure not in (
        select m.id from measure_version m join source_state s on s.source = m.source)
      union select 'daily_total', 'measure', cast(measure as varchar)
      from daily_total where measure not in (
        select m.id from measure_version m join source_state s on s.source = m.source)
      union select 'record_version', 'source', source
      from record_version where source not in (select source from source_state)
      union select 'ended_version', 'source', source
      from ended_version where source not in (select source from source_state)
      order by held, by_what, which
      """;

  private final Database database;

  Strays(Database database) {
    this.database = database;
  }

  /** All that there are. */
  public List<Stray> all() {
    return database.get(
        work ->
            work.sql()
                .list(
                    ALL,
                    row -> new Stray(row.getString(1), row.getString(2) + " " + row.getString(3))));
  }
}
