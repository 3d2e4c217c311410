package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.Workspace.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools write where they know no time: the first moment there is, or the last one. */
class FarAwayTimesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
  void a_record_that_last_changed_then_is_read_and_verified_as_any_other(String updatedAt)
      throws IOException {
    Workspace workspace = new Workspace(folder);
    Path file = folder.resolve("deals.csv");
    DealFile.configure(
        workspace,
        file,
        "deals_won: { from: deals, where: status == 'won', at: updatedAt, count: true }",
        "- { id: won, title: Win 10 deals, formula: ever(deals_won), baseline: 0, target: 10 }");
    write(file, "1,won," + updatedAt, "2,won,2026-11-05T12:00:00Z");
    Said first = workspace.run("sync");
    assertThat(first.exit()).as(first.all()).isZero();
    assertThat(first.out()).contains("2 created");

    write(file, "1,lost," + updatedAt, "2,won,2026-11-05T12:00:00Z");
    Said second = workspace.run("sync");

    assertThat(second.out()).contains("1 changed");
    assertThat(workspace.run("verify").exit()).isZero();
    assertThat(Pack.exported(workspace, folder.resolve("pack.zip")).findings()).isEmpty();
  }

  /** Some time ago: a file that is being written is waited for. */
  private static void write(Path file, String... rows) throws IOException {
    Files.writeString(file, "id,status,updatedAt\n" + String.join("\n", rows) + "\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
  }
}
