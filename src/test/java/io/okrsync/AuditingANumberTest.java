package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page for auditors, followed literally. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class AuditingANumberTest {
  private static final Path PAGE = Path.of("src/docs/auditing-a-number.md");
  private static final Pattern STEP =
      Pattern.compile("```sh\n(.*?)```\n\n```text\n(.*?)```", Pattern.DOTALL);

  private final Path folder;
  private final Workspace workspace;

  AuditingANumberTest(@TempDir Path folder) {
    this.folder = folder;
    this.workspace = new Workspace(folder);
  }

  @Test
  void each_command_prints_what_the_page_says() throws Exception {
    aLedger();
    Matcher step = STEP.matcher(Files.readString(PAGE));
    int steps = 0;
    while (step.find()) {
      StringBuilder said = new StringBuilder();
      for (String command : step.group(1).lines().toList()) {
        said.append(run(command));
      }
      for (String line : step.group(2).lines().toList()) {
        assertThat(said.toString()).containsPattern(pattern(line));
      }
      steps++;
    }
    assertThat(steps).isEqualTo(8);
  }

  private void aLedger() {
    Path file = folder.resolve("deals.csv");
    DealFile deals = new DealFile(file);
    DealFile.configure(
        workspace,
        file,
        "revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }",
        """
        - id: revenue
          title: Win 100 USD
          formula: revenue
          baseline: 0
          target: 100
          unit: USD
        """);
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    deals.put("1", "won", "10", "anna", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("2", "won", "30", "budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("3", "won", "25", "anna", Instant.parse("2026-11-04T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }
  }

  private String run(String command) throws IOException, InterruptedException {
    if (!command.startsWith("okr-sync ")) {
      return shell(command.replace("src/verifier", Path.of("src/verifier").toAbsolutePath() + ""));
    }
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.remove(0);
    words.replaceAll(it -> it.equals("pack.zip") ? folder.resolve(it).toString() : it);
    Workspace.Said said = workspace.run(words.toArray(String[]::new));
    assertThat(said.exit()).as(command + "\n" + said.all()).isZero();
    return said.out();
  }

  private String shell(String command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .merge(
            "PATH",
            Path.of(System.getProperty("java.home"), "bin") + ":",
            (old, ours) -> ours + old);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command + "\n" + said).isZero();
    return said;
  }

  private static Pattern pattern(String line) {
    StringBuilder pattern = new StringBuilder();
    for (String part : line.split("…", -1)) {
      pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString());
  }
}
