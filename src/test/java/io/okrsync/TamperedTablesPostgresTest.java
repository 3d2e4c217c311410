package io.okrsync;

import io.okrsync.Postgres.OwnDatabase;
import io.okrsync.store.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** In PostgreSQL. */
class TamperedTablesPostgresTest extends TamperedTablesContract {
  private final OwnDatabase database = Postgres.emptyDatabase();

  @Override
  StoreSettings emptyDatabase(Path folder) {
    return database.settings();
  }

  @Override
  int share() {
    return 8;
  }

  @Override
  Connection connect(Path folder) throws SQLException {
    Connection connection = DriverManager.getConnection(database.url(), "postgres", "postgres");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
    }
    connection.setAutoCommit(false);
    return connection;
  }
}
