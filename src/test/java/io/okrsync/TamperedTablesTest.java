package io.okrsync;

import io.okrsync.store.StoreSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** In an H2 file. */
class TamperedTablesTest extends TamperedTablesContract {
  @Override
  StoreSettings emptyDatabase(Path folder) {
    return StoreSettings.inFolder(folder.resolve("data"));
  }

  @Override
  int share() {
    return 4;
  }

  @Override
  Connection connect(Path folder) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:h2:retry:" + folder.resolve("data/okr-sync").toAbsolutePath(), "okrsync", "");
    try (Statement statement = connection.createStatement()) {
      statement.execute("set referential_integrity false");
    }
    connection.setAutoCommit(false);
    return connection;
  }
}
