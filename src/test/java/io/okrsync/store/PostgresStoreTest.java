package io.okrsync.store;

import io.okrsync.connector.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresStoreTest extends StoreContract {
  @SuppressWarnings("NullAway.Init")
  private static EmbeddedPostgres postgres;

  private static int databases;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Override
  StoreSettings emptyDatabase() throws SQLException {
    String name = "okr" + ++databases;
    asAdmin("create database " + name);
    return StoreSettings.at(
        postgres.getJdbcUrl("postgres", name).split("\\?")[0], "postgres", new Secret("postgres"));
  }

  @Override
  void kill() throws SQLException {
    asAdmin(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'okr%d'"
            .formatted(databases));
    store.close();
  }

  private static void asAdmin(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
