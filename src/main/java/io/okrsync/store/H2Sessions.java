package io.okrsync.store;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.engine.Session;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;

/**
 * The connections to an H2 file of this process. H2 2.4 opens its file again only when the last of
 * those is gone that knew it before, and may loop for ever where one is rolled back whose changes
 * could not be written; so all are ended as they are, at once, and nobody connects meanwhile.
 */
final class H2Sessions implements DataSource {
  /** Nobody works that long in one transaction, but for one that loops. */
  private static final Duration UNTIL_STUCK = Duration.ofMinutes(2);

  private final StoreSettings settings;
  private final Set<JdbcConnection> open = Collections.newSetFromMap(new WeakHashMap<>());
  private final Set<JdbcConnection> ended = Collections.newSetFromMap(new WeakHashMap<>());
  private Instant endedAt = Instant.MAX;
  private volatile int loginSeconds;

  H2Sessions(StoreSettings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password().reveal());
    open.add(connection.unwrap(JdbcConnection.class));
    return connection;
  }

  /** Ends all that are open, in whose hands they may be. */
  synchronized void end() {
    for (JdbcConnection connection : open) {
      Session session = connection.getSession();
      if (session != null) {
        ended.add(connection);
        end(session);
      }
    }
    open.clear();
    endedAt = Instant.now();
  }

  private static void end(Session session) {
    try {
      session.close();
    } catch (DbException brokenAnyhow) {
      // It is gone all the same.
    }
  }

  static boolean isEnded(Connection connection) {
    try {
      return connection.unwrap(JdbcConnection.class).isClosed();
    } catch (SQLException closed) {
      return true;
    }
  }

  /** Whether somebody has not let go of one that was ended long ago: then only a restart helps. */
  synchronized boolean isStuck() {
    ended.removeIf(connection -> connection.getSession() == null);
    return !ended.isEmpty() && Instant.now().isAfter(endedAt.plus(UNTIL_STUCK));
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return new PrintWriter(PrintWriter.nullWriter());
  }

  @Override
  public void setLogWriter(PrintWriter out) {}

  /** The pool waits so long for connections that are being made, before it is closed. */
  @Override
  public void setLoginTimeout(int seconds) {
    loginSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
