package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.connector.Secret;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which database to use. */
public final class StoreSettings {
  private static final String FILE = "okr-sync";

  /** "retry:", or H2 closes its file for good when a thread is interrupted in the middle of I/O. */
  private static final String H2_FILE = "jdbc:h2:retry:";

  private static final String H2_OPTIONS =
      String.join(
          ";",
          "",
          "DB_CLOSE_ON_EXIT=FALSE", // the service closes it, after its last transaction
          "WRITE_DELAY=0", // or a killed process loses what it committed in the last half second
          "LOCK_TIMEOUT=60000", // a long commit may be in the way
          "MAX_COMPACT_TIME=500", // milliseconds, at a clean close
          "TRACE_LEVEL_FILE=0"); // no second file beside the database

  private final String url;
  private final String user;
  private final Secret password;
  private final @Nullable Path folder;
  private final boolean existing;

  private StoreSettings(
      String url, String user, Secret password, @Nullable Path folder, boolean existing) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.folder = folder;
    this.existing = existing;
  }

  /** The H2 file {@code okr-sync.mv.db} in this folder; both are made when they are missing. */
  public static StoreSettings inFolder(Path data) {
    Path folder = data.toAbsolutePath().normalize();
    String path = folder.resolve(FILE).toString().replace(";", "\\;");
    return new StoreSettings(H2_FILE + path + H2_OPTIONS, "okrsync", new Secret(""), folder, false);
  }

  /**
   * A database that is there already.
   *
   * @param jdbcUrl such as {@code jdbc:postgresql://db.example.org/okr}; H2 works too
   * @throws IllegalArgumentException when the URL is of another kind, or has the password in it,
   *     where it could be seen
   */
  public static StoreSettings at(String jdbcUrl, String user, Secret password) {
    if (!jdbcUrl.startsWith("jdbc:postgresql:") && !jdbcUrl.startsWith("jdbc:h2:")) {
      throw new IllegalArgumentException(
          "the database must be PostgreSQL (jdbc:postgresql://host/name) or H2 (jdbc:h2:…)");
    }
    if (jdbcUrl.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "the password must not be in the URL of the database, where it can be seen; give it"
              + " apart");
    }
    return new StoreSettings(jdbcUrl, requireNonNull(user), requireNonNull(password), null, false);
  }

  /** The same, but refused with {@link StoreMissing} where there is none yet. */
  public StoreSettings existing() {
    return new StoreSettings(url, user, password, folder, true);
  }

  boolean mustExist() {
    return existing;
  }

  String url() {
    return url;
  }

  String user() {
    return user;
  }

  Secret password() {
    return password;
  }

  /** The folder of the H2 file; null where the database is elsewhere. */
  @Nullable Path folder() {
    return folder;
  }

  /** The H2 file; null where the database is elsewhere. */
  @Nullable Path file() {
    return folder == null ? null : folder.resolve(FILE + ".mv.db");
  }

  public boolean isPostgres() {
    return url.startsWith("jdbc:postgresql:");
  }

  /** How messages call it: the file, or the URL without its parameters. */
  @Override
  public String toString() {
    Path file = file();
    return file == null ? url.split("[?;]", 2)[0] : file.toString();
  }
}
