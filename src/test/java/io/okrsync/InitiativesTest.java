package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issues by which a key result is to be reached stand beside it and move nothing. */
class InitiativesTest {
  private static final String HEAD =
      "id,title,category,status,labels,assignee,createdAt,dueAt,updatedAt,url\n";

  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Instant written = Instant.now().minus(Duration.ofHours(2));
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void a_key_result_with_issues() throws IOException {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        "config/sources.yaml",
        workspace.read("config/sources.yaml")
            + """
              tracker:
                connector: csv-records
                with: { kind: issue, path: "%s" }
                every: 1h
            """
                .formatted(folder.resolve("issues")));
    workspace.write(
        "config/measures.yaml",
        workspace.read("config/measures.yaml")
            + "  work: { from: tracker, where: \"'win' in labels\", at: createdAt, count: true"
            + " }\n");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        workspace
            .read("config/okrs/2026-q4.yaml")
            .replace("      baseline: 18\n", "      baseline: 18\n        initiatives: work\n"));
    crm.won(1, "200");
    issues(
        """
        1,Call all,done,Done,win,Ani,2026-10-02,2026-10-10,2026-10-09,
        2,Visit the east,todo,To do,win,Budi,2026-10-02,2999-01-01,2026-10-09,
        3,Write offers,doing,In progress,win;sales,Ani,2026-10-02,2026-10-20,2026-10-09,https://tracker.example/3
        4,Ask legal,doing,Blocked by legal,win,Cy,2026-10-02,,2026-10-09,
        5,Something else,todo,To do,sales,Cy,2026-10-02,2026-10-03,2026-10-09,
        """);
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void they_are_listed_and_never_counted() throws IOException {
    assertThat(workspace.run("sync", "crm").all()).doesNotContain("failed");
    assertThat(workspace.run("status", "win-rate").out())
        .contains("initiatives: not known yet: their source was never read");
    assertThat(workspace.run("sync").all()).doesNotContain("failed");

    String before = workspace.run("status", "win-rate").out();
    assertThat(before)
        .contains("initiatives: 3 open, of these 1 overdue and 1 blocked; 1 done")
        .containsSubsequence(
            "blocked: Ask legal, Cy", "overdue: Write offers, Ani, https://tracker.example/3")
        .doesNotContain("Something else");
    assertThat(workspace.run("status", "win-rate", "--json").out())
        .contains(
            "\"initiatives\":{\"measure\":\"work\"", "\"open\":3,\"overdue\":1,\"blocked\":1");

    issues("4,Ask legal,done,Done,win,Cy,2026-10-02,,2026-11-09,\n");
    assertThat(workspace.run("sync", "tracker").all()).doesNotContain("failed");

    String after = workspace.run("status", "win-rate").out();
    assertThat(after).contains("initiatives: 0 open, of these 0 overdue and 0 blocked; 1 done");
    assertThat(after.lines().limit(3)).isEqualTo(before.lines().limit(3).toList());
    assertThat(workspace.run("status", "revenue", "--json").out()).contains("\"initiatives\":null");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  /** Written a while ago: a file that is being written is waited for. */
  private void issues(String rows) throws IOException {
    Path file = workspace.write("issues/all.csv", HEAD + rows);
    written = written.plus(Duration.ofMinutes(10));
    Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
