package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.sync.ClockPutBack;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the requests of each source were sent within the last minute, by whatever process. Runs of
 * one source never overlap, so nobody else takes a turn of it meanwhile.
 */
final class RequestTurns {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Sql sql;

  RequestTurns(Sql sql) {
    this.sql = sql;
  }

  /**
   * When the next request may go, so that there are at most so many within any minute. None is ever
   * told to go more than a minute ahead, so a later one is of a clock that was put back.
   */
  Instant take(String source, int most, Instant now) throws SQLException {
    sql.update(
        "delete from source_turn where source = ? and (at <= ? or at > ?)",
        source,
        now.minus(MINUTE),
        now.plus(MINUTE).plus(ClockPutBack.TOLERANCE));
    List<Instant> last =
        sql.list(
            "select at from source_turn where source = ? order by at desc offset ? rows fetch first"
                + " row only",
            row -> requireNonNull(Sql.instant(row, 1)),
            source,
            most - 1);
    Instant free = last.isEmpty() ? now : last.get(0).plus(MINUTE);
    Instant turn = free.isAfter(now) ? free : now;
    sql.update("insert into source_turn values (?, ?)", source, turn);
    return turn;
  }
}
