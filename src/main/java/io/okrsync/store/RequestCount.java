package io.okrsync.store;

import java.sql.SQLException;
import java.time.LocalDate;

/** How many requests each source was sent on a day. */
final class RequestCount {
  private final Work work;

  RequestCount(Work work) {
    this.work = work;
  }

  /** Counts one more, unless it would be one too many. */
  boolean spend(String source, LocalDate day, int most) throws SQLException {
    work.sources().locked(source); // two processes may count the first request of a day
    String more =
        "update source_request set requests = requests + 1 where source = ? and on_day = ? and"
            + " requests < ?";
    if (work.sql().update(more, source, day, most) > 0) {
      return true;
    }
    boolean spent =
        !work.sql()
            .list(
                "select 1 from source_request where source = ? and on_day = ?",
                it -> 1,
                source,
                day)
            .isEmpty();
    if (spent) {
      return false;
    }
    work.sql().update("delete from source_request where source = ?", source); // days gone by
    work.sql().update("insert into source_request values (?, ?, 1)", source, day);
    return true;
  }
}
