package io.okrsync.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The connections to the database: kept open, lent, and replaced when they are of no use. */
final class Connections implements AutoCloseable {
  /** Whoever asks for a page does not wait longer for a server that is gone. */
  private static final Duration UNTIL_GONE = Duration.ofSeconds(5);

  /** Waited so often for one while all are in use. */
  private static final int TURNS = 6;

  /**
   * The server learns within a minute that a host of ours lost its power or its network, which is
   * two hours by default, and until then would keep its locks: {@link Presence} and those of rows.
   * A process that stands still in a transaction loses it after five minutes, so that others need
   * not wait for it for ever; none of ours is idle for longer than an exchange of tokens takes.
   */
  private static final String NOTICES_WHO_IS_GONE =
      """
      select set_config('tcp_keepalives_idle', '30', false),
        set_config('tcp_keepalives_interval', '10', false),
        set_config('tcp_keepalives_count', '3', false),
        set_config('idle_in_transaction_session_timeout', '300000', false)
      """;

  private final HikariDataSource pool = new HikariDataSource();

  /** Null where the database is a server. */
  private final @Nullable H2Sessions h2;

  /** Connects when it is first asked. */
  Connections(StoreSettings settings) {
    h2 = settings.isPostgres() ? null : new H2Sessions(settings);
    pool.setPoolName("store");
    pool.setAutoCommit(false);
    pool.setInitializationFailTimeout(1);
    pool.setConnectionTimeout(UNTIL_GONE.toMillis());
    if (h2 != null) {
      pool.setDataSource(h2);
      return;
    }
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password().reveal());
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    // Or what it cannot write, bodies of records and all, stands in the error, and so in the log.
    pool.addDataSourceProperty("logServerErrorDetail", "false");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.setConnectionInitSql(NOTICES_WHO_IS_GONE);
    pool.setIsolateInternalQueries(true); // or these settings would be gone with the first rollback
  }

  /** Lends one; closing it gives it back. */
  Connection lend() throws SQLException {
    for (int turn = 1; ; turn++) {
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException none) {
        boolean allAreInUse = none.getCause() == null;
        if (!allAreInUse || turn == TURNS) {
          throw none;
        }
      }
    }
  }

  DataSource asDataSource() {
    return pool;
  }

  /** From now on other connections are lent than until now. */
  void replace() {
    pool.getHikariPoolMXBean().softEvictConnections();
    if (h2 != null) {
      h2.end();
    }
  }

  /** Whether this one was ended in the hands of whom it was lent to. */
  boolean wasEnded(Connection lent) {
    return h2 != null && H2Sessions.isEnded(lent);
  }

  /** Whether only another process can use the database again. */
  boolean areStuck() {
    return h2 != null && h2.isStuck();
  }

  @Override
  public void close() {
    pool.close();
  }
}
