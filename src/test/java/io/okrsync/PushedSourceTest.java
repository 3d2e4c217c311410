package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a source that is sent to us is configured, and what cannot be done with it. */
class PushedSourceTest {
  private static final String SOURCES =
      """
      sources:
        headcount:
          connector: push-records
          with: { kind: point, secret: "{{file:secrets/headcount}}" }
          freshness: { warn: 1h, error: 6h }
      """;

  private final Workspace workspace;

  PushedSourceTest(@TempDir Path folder) {
    workspace = new Workspace(folder).withCrm("http://127.0.0.1:1");
  }

  @BeforeEach
  void one_source() {
    workspace.write("config/secrets/headcount", "0123456789abcdef0123456789abcdef");
    workspace.write("config/sources.yaml", SOURCES);
    workspace.write(
        "config/measures.yaml",
        """
        measures:
          deals_won:  { from: headcount, at: at, count: true }
          deals_lost: { from: headcount, at: at, count: true }
          revenue:    { from: headcount, at: at, sum: value }
        """);
  }

  @Test
  void is_valid_and_shown_without_a_schedule() {
    assertThat(workspace.run("validate").all()).contains("The configuration is valid");
    assertThat(workspace.run("sync").exit()).isZero();
    assertThat(workspace.run("status").exit()).isZero();
  }

  @Test
  void has_no_times_of_its_own() {
    workspace.write("config/sources.yaml", SOURCES + "    every: 15m\n    overlap: 1h\n");

    assertThat(workspace.run("validate").out())
        .contains("sources.headcount.every, line 6", "has no meaning here", "remove it")
        .contains("sources.headcount.overlap, line 7");
  }

  @Test
  void must_say_how_old_its_values_may_be() {
    workspace.write(
        "config/sources.yaml", SOURCES.replace("    freshness: { warn: 1h, error: 6h }\n", ""));

    assertThat(workspace.run("validate").out())
        .contains("sources.headcount", "needs the key 'freshness'", "freshness: { warn: 1h");
  }

  @Test
  void needs_a_secret_that_nobody_guesses() {
    workspace.write("config/secrets/headcount", "0123456789abcdef0123456789abcde");

    Workspace.Said said = workspace.run("validate");

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.out())
        .contains("with.secret", "at least 32 characters", "openssl rand -hex 32")
        .doesNotContain("0123456789abcdef");
  }

  @Test
  void is_not_among_all_sources_and_cannot_be_asked() {
    assertThat(workspace.run("sync").exit()).isZero();

    Workspace.Said said = workspace.run("sync", "headcount");

    assertThat(said.exit()).isEqualTo(Main.REFUSED);
    assertThat(said.err()).contains("cannot be asked, it is sent to us");
  }
}
