package io.okrsync.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to the database: kept open, lent, and opened anew when they are of no use. */
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  /** Whoever asks for a page does not wait longer for a server that is gone. */
  private static final Duration UNTIL_GONE = Duration.ofSeconds(5);

  /** Waited so often for one while all are in use. */
  private static final int TURNS = 6;

  private static final Duration UNTIL_RETURNED = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 10;

  private final HikariDataSource pool;
  private final boolean isPostgres;

  /** Connects when it is first asked. */
  Connections(StoreSettings settings) {
    this.isPostgres = settings.isPostgres();
    pool = new HikariDataSource();
    pool.setPoolName("store");
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password().reveal());
    pool.setAutoCommit(false);
    pool.setInitializationFailTimeout(1);
    pool.setConnectionTimeout(UNTIL_GONE.toMillis());
    pool.setAllowPoolSuspension(true);
    if (isPostgres) {
      pool.addDataSourceProperty("reWriteBatchedInserts", "true");
      // Or what it cannot write, bodies of records and all, stands in the error, and so in the log.
      pool.addDataSourceProperty("logServerErrorDetail", "false");
    }
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

  /**
   * From now on other connections are lent than until now. H2 closes its file when it could not
   * write to it, and opens it again only when the last connection to what it closed is gone; so
   * nobody is lent one until then, and those who hold one find it closed.
   */
  synchronized void renew() {
    HikariPoolMXBean all = pool.getHikariPoolMXBean();
    if (isPostgres) {
      all.softEvictConnections();
      return;
    }
    all.suspendPool();
    try {
      all.softEvictConnections();
      Instant patience = Instant.now().plus(UNTIL_RETURNED);
      while (all.getTotalConnections() > 0 && Instant.now().isBefore(patience)) {
        Thread.sleep(LOOK_MILLIS);
      }
      LOG.info("the file of the database is opened again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      all.resumePool();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
