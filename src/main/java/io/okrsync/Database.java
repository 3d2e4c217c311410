package io.okrsync;

import io.okrsync.connector.Secret;
import io.okrsync.store.StoreSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which database: a file in the data folder, or PostgreSQL where an address is given. The password
 * comes from the environment alone.
 */
final class Database {
  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      defaultValue = "${OKRSYNC_DATABASE_URL}",
      description = {
        "PostgreSQL instead of a file in --data, such as jdbc:postgresql://localhost/okrsync;",
        "user and password from OKRSYNC_DATABASE_USER and OKRSYNC_DATABASE_PASSWORD",
        "(default: OKRSYNC_DATABASE_URL)"
      })
  @Nullable String url;

  /** One that is there: for commands that only look, or add to what was read. */
  StoreSettings existing(Path data) {
    return settings(data).existing();
  }

  /** One that is made when it is missing: for commands that read sources. */
  StoreSettings settings(Path data) {
    if (url == null || url.isBlank()) {
      return StoreSettings.inFolder(data);
    }
    return StoreSettings.at(
        url,
        environment("OKRSYNC_DATABASE_USER"),
        new Secret(environment("OKRSYNC_DATABASE_PASSWORD")));
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
