package io.okrsync.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Whether the processes that have begun runs are still there. On PostgreSQL each holds an advisory
 * lock, which the server gives up at once when the process is gone; the file of H2 belongs to one
 * process, so all others are gone. The lock is shared: a connection that was cut may hold it until
 * the server notices, and the one that takes its place need not wait for that.
 */
final class Presence implements AutoCloseable {
  /** Keeps our locks apart from those of other programs in the same database. */
  private static final int OURS = 0x6f6b72;

  private static final int ANSWER_SECONDS = 5;

  private final int self = ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE);
  private final @Nullable Connections server;
  private @Nullable Connection connection;

  /**
   * @param server where other processes may be at work; null where there is only this one
   */
  Presence(@Nullable Connections server) {
    this.server = server;
  }

  /**
   * From now on others find this process to be there. To be called again while it is at work, since
   * the connection that says so may be cut, and outside of a transaction, since it needs a
   * connection of its own.
   */
  synchronized void announce() {
    if (server != null && !isConnected()) {
      connect(server);
    }
  }

  /** The number of this process. */
  int self() {
    return self;
  }

  /** Whether another process of this number is at work. */
  boolean isElsewhere(@Nullable Integer process, Sql sql) throws SQLException {
    if (server == null || process == null || process == self) {
      return false;
    }
    return !sql.list(
            """
            select 1 from pg_locks
            where locktype = 'advisory' and objsubid = 2
              and classid::bigint = ? and objid::bigint = ?
              and database = (select oid from pg_database where datname = current_database())
            """,
            row -> 1,
            (long) OURS,
            process.longValue())
        .isEmpty();
  }

  private boolean isConnected() {
    try {
      return connection != null && connection.isValid(ANSWER_SECONDS);
    } catch (SQLException broken) {
      return false;
    }
  }

  private void connect(Connections to) {
    close();
    try {
      connection = locked(to.lend());
    } catch (SQLException failure) {
      throw new IllegalStateException("the database could not be reached", failure);
    }
  }

  private Connection locked(Connection fresh) throws SQLException {
    fresh.setAutoCommit(true);
    try (PreparedStatement lock = fresh.prepareStatement("select pg_advisory_lock_shared(?, ?)")) {
      lock.setInt(1, OURS);
      lock.setInt(2, self);
      try (ResultSet done = lock.executeQuery()) {
        done.next();
      }
      return fresh;
    } catch (SQLException failure) {
      fresh.close();
      throw failure;
    }
  }

  @Override
  public synchronized void close() {
    try (Connection ending = connection) {
      if (ending != null) {
        // Or the lock would be held until the server has noticed that nobody is there any more.
        ending.createStatement().execute("select pg_advisory_unlock_all()");
      }
    } catch (SQLException alreadyGone) {
      // So is the lock.
    } finally {
      connection = null;
    }
  }
}
