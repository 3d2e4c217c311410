package io.okrsync;

import io.okrsync.connector.Secret;
import io.okrsync.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL, started when the first test needs it and ended with the tests. */
final class Postgres {
  private static @Nullable EmbeddedPostgres server;
  private static int databases;

  private Postgres() {}

  /**
   * A database of its own.
   *
   * @param url without parameters
   */
  record OwnDatabase(String name, String url) {
    StoreSettings settings() {
      return StoreSettings.at(url, "postgres", new Secret("postgres"));
    }

    /** How the command line is told of it. */
    List<String> arguments() {
      return List.of("--database", url);
    }

    Map<String, String> environment() {
      return Map.of("OKRSYNC_DATABASE_USER", "postgres", "OKRSYNC_DATABASE_PASSWORD", "postgres");
    }

    /** From now on it takes changes or not, from whoever connects anew; all others are cut off. */
    void takesChanges(boolean whether) {
      admin(
          "alter database %s set default_transaction_read_only = %s"
              .formatted(name, whether ? "off" : "on"));
      cutOff();
    }

    /** Only those connections are lost by which processes tell each other that they are there. */
    void cutPresence() {
      admin(
          """
          select pg_terminate_backend(l.pid, 5000) from pg_locks l join pg_database d on d.oid = l.database
          where l.locktype = 'advisory' and l.objsubid = 2 and d.datname = '%s'
          """
              .formatted(name));
    }

    /** All connections to it are lost, as when the network or the server goes. */
    void cutOff() {
      admin(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'"
              .formatted(name));
    }
  }

  /** A server of its own, which can go away and come back with all that it kept. */
  static final class Server implements AutoCloseable {
    private final Path folder;
    private final int port;
    private EmbeddedPostgres running;

    Server(Path folder) throws IOException {
      this.folder = folder;
      this.running = server().start();
      this.port = running.getPort();
    }

    private EmbeddedPostgres.Builder server() {
      return EmbeddedPostgres.builder().setDataDirectory(folder).setCleanDataDirectory(false);
    }

    OwnDatabase database() {
      String url = "jdbc:postgresql://localhost:%d/postgres".formatted(port);
      return new OwnDatabase("postgres", url);
    }

    void stop() {
      Postgres.stop(running);
    }

    void start() {
      try {
        running = server().setPort(port).start();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      stop();
    }
  }

  static synchronized OwnDatabase emptyDatabase() {
    if (server == null) {
      server = started();
    }
    String name = "okr" + ++databases;
    admin("create database " + name);
    return new OwnDatabase(name, server.getJdbcUrl("postgres", name).split("\\?")[0]);
  }

  private static EmbeddedPostgres started() {
    try {
      EmbeddedPostgres started = EmbeddedPostgres.builder().start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started)));
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(EmbeddedPostgres started) {
    try {
      started.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static synchronized void admin(String sql) {
    try (var connection =
            java.util.Objects.requireNonNull(server).getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
