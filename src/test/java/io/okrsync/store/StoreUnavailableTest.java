package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okrsync.connector.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when the database cannot be used. */
class StoreUnavailableTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void a_file_that_another_process_holds() throws Exception {
    Store.open(StoreSettings.inFolder(folder)).close();
    try (FileChannel held =
            FileChannel.open(folder.resolve("okr-sync.mv.db"), StandardOpenOption.WRITE);
        var lock = held.lock()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(message(StoreSettings.inFolder(folder)))
          .isEqualTo(
              folder.resolve("okr-sync.mv.db")
                  + " is in use by another process: while 'serve' runs, ask and decide by its pages"
                  + " or REST; otherwise stop the other OKR Sync, or name another data folder.");
    }
  }

  @Test
  void a_data_folder_that_is_a_file() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "");
    assertThat(message(StoreSettings.inFolder(file)))
        .isEqualTo("The data folder " + file + " is a file; name a folder.");
  }

  @Test
  void a_data_folder_that_cannot_be_made() throws IOException {
    Path data = Files.writeString(folder.resolve("file"), "").resolve("data");
    assertThat(message(StoreSettings.inFolder(data)))
        .isEqualTo(
            "The data folder " + data + " cannot be made; make it yourself, or name another one.");
  }

  /** Not a folder made read-only, since that is nothing to root, who may be running this. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_data_folder_that_cannot_be_written_to() {
    assertThat(message(StoreSettings.inFolder(Path.of("/proc"))))
        .isEqualTo(
            "/proc cannot be written to; let the user who runs OKR Sync write there, or name"
                + " another data folder.");
  }

  @Test
  void a_file_that_is_no_database() throws IOException {
    Path file = Files.writeString(folder.resolve("okr-sync.mv.db"), "no database ".repeat(1000));
    assertThat(message(StoreSettings.inFolder(folder)))
        .isEqualTo(
            file
                + " is damaged, or no database; put a backup in its place, or move it away to begin"
                + " with nothing.");
  }

  @Test
  void a_file_that_was_made_with_another_password() throws SQLException {
    String url = "jdbc:h2:" + folder.resolve("other");
    DriverManager.getConnection(url, "anna", "correct horse").close();
    assertThat(message(StoreSettings.at(url, "anna", new Secret("canary"))))
        .isEqualTo(
            url + " was made with another user or password; give the ones it was made with.");
  }

  @Test
  void a_database_of_a_newer_version() throws SQLException {
    StoreSettings settings = StoreSettings.inFolder(folder);
    Store.open(settings).close();
    execute(
        settings,
        """
        insert into "flyway_schema_history" values
          (99, '99', 'what comes', 'SQL', 'V99__what_comes.sql', 1, 'x', current_timestamp, 1, true)
        """);
    assertThat(message(settings))
        .endsWith(
            "was written by a newer OKR Sync (its tables are of version 99); start that one, or put"
                + " a backup in its place.");
  }

  @Test
  void a_database_whose_tables_were_made_by_other_files() throws SQLException {
    StoreSettings settings = StoreSettings.inFolder(folder);
    Store.open(settings).close();
    execute(
        settings, "update \"flyway_schema_history\" set \"checksum\" = 1 where \"version\" = '1'");
    assertThat(message(settings))
        .endsWith(
            "has tables of an OKR Sync from before the first release, which this one cannot read"
                + " (they differ at version 1); start the one that made it, or move it away and let"
                + " 'sync' read everything anew.");
  }

  @Test
  void a_database_whose_tables_were_not_finished() throws SQLException {
    StoreSettings settings = StoreSettings.inFolder(folder);
    Store.open(settings).close();
    execute(
        settings,
        "update \"flyway_schema_history\" set \"success\" = false where \"version\" = '2'");
    assertThat(message(settings))
        .endsWith(
            "was left half way when its tables were made (at version 2); put a backup in its place,"
                + " or move it away to begin with nothing.");
  }

  @Test
  void a_database_that_holds_something_else() throws SQLException {
    StoreSettings settings = StoreSettings.inFolder(folder);
    execute(settings, "create table other (id int)");
    assertThat(message(settings))
        .endsWith("holds tables of something else; give OKR Sync a database of its own.");
  }

  @Test
  void a_server_that_does_not_answer() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "jdbc:postgresql://127.0.0.1:%d/okr".formatted(port);
    assertThat(message(StoreSettings.at(url + "?ssl=false", "okr", new Secret("canary"))))
        .isEqualTo("PostgreSQL cannot be reached at " + url + "; start it, or correct the URL.");
  }

  @Test
  void a_password_in_the_url_is_refused() {
    assertThatThrownBy(
            () ->
                StoreSettings.at("jdbc:postgresql://db/okr?password=canary", "okr", new Secret("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be in the URL")
        .hasMessageNotContaining("canary");
  }

  @Test
  void another_kind_of_database_is_refused() {
    assertThatThrownBy(() -> StoreSettings.at("jdbc:mysql://db/okr", "okr", new Secret("")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be PostgreSQL");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no POSIX permissions")
  void what_is_made_is_for_the_owner_only() throws IOException {
    Path data = folder.resolve("a/data");
    Store.open(StoreSettings.inFolder(data)).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(data.resolve("okr-sync.mv.db"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(data)) {
      assertThat(files.map(it -> it.getFileName().toString())).containsExactly("okr-sync.mv.db");
    }
  }

  /** The message, after looking that no secret is in it or in what caused it. */
  private static String message(StoreSettings settings) {
    StoreUnavailable unavailable =
        catchThrowableOfType(StoreUnavailable.class, () -> Store.open(settings).close());
    for (Throwable cause = unavailable; cause != null; cause = cause.getCause()) {
      assertThat(String.valueOf(cause.getMessage())).doesNotContain("canary");
    }
    return String.valueOf(unavailable.getMessage());
  }

  private static void execute(StoreSettings settings, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
