package io.okrsync.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreContract {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Override
  StoreSettings emptyDatabase() {
    return StoreSettings.inFolder(folder.resolve("data"));
  }

  @Override
  void kill() throws SQLException {
    execute("shutdown immediately");
    store.close();
  }
}
