package io.okrsync.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.Secret;
import io.okrsync.okr.CheckIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was committed to an H2 file is there after the process is killed, also where that process
 * had itself taken up a file that another one left when it was killed: free places are all over
 * such a file. A copy of the file at rest is what a kill leaves.
 */
class CommitsAfterKillTest {
  private static final int KILLS = 4;
  private static final int COMMITS = 40;
  private static final Instant AT = Instant.parse("2026-11-21T03:00:00Z");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void the_last_commit_is_there_however_often_a_process_was_killed_before() throws IOException {
    Path data = Files.createDirectory(folder.resolve("0"));
    for (int kill = 1; kill <= KILLS; kill++) {
      Path killed = folder.resolve(String.valueOf(kill));
      try (Store store = Store.open(soon(data))) {
        for (int commit = 1; commit <= COMMITS; commit++) {
          String wins =
              "kill %d, commit %d".formatted(kill, commit) + "x".repeat(commit * 97 % 900);
          store.checkIn(new CheckIn("revenue", AT, "Ani", 4, wins, ""));
          assertThat(lastSaid(data)).containsExactly(wins);
        }
        copy(data, killed);
      }
      data = killed;
    }
  }

  /** By the file as it is now; empty where it tells of nothing. */
  private List<String> lastSaid(Path data) throws IOException {
    Path copy = folder.resolve("copy");
    copy(data, copy);
    try (Store store = Store.open(soon(copy))) {
      return store.checkIns("revenue", 1).stream().map(CheckIn::wins).toList();
    }
  }

  /** Places are free at once, and not after a minute as otherwise. */
  private static StoreSettings soon(Path data) {
    return StoreSettings.at(
        StoreSettings.inFolder(data).url() + ";RETENTION_TIME=0", "okrsync", new Secret(""));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    Path file = to.resolve("okr-sync.mv.db");
    Files.deleteIfExists(file);
    Files.copy(from.resolve("okr-sync.mv.db"), file);
  }
}
