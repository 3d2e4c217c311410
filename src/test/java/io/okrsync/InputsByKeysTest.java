package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.audit.Finding;
import io.okrsync.sync.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes the records of some keys only is counted again as everything else is. */
class InputsByKeysTest {
  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));
  private static Pack sound = new Pack(Map.of(), Path.of("target"));

  /** Of anna and budi, one has sold much; what nobody owns has no key. */
  @BeforeAll
  static void a_pack() {
    workspace = new Workspace(folder);
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        """
        sold: { from: deals, where: status == 'won', at: wonAt, sum: value, by: owner }
        much: { from: deals, where: status == 'won' && value > 25, at: wonAt, count: true, by: owner }
        """,
        """
        - id: a
          title: Bring it to 1000
          formula: among(sold, much) + 2 * not_among(sold, among(much, not_among(sold, much))) + max(groups(sold))
          baseline: 0
          target: 1000
        """);
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    deals.put("1", "won", "10.25", "anna", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("2", "won", "30", "'budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.put("3", "won", "5", "'budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.put("4", "won", "7", "", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("1", "won", "28", "anna", Instant.parse("2026-11-02T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }
    sound = Pack.exported(workspace, folder.resolve("pack.zip"));
  }

  @Test
  void a_pack_tells_which_records_they_take_and_both_verifiers_count_them_again() {
    assertThat(sound.findings()).isEmpty();
    assertThat(sound.own(null).checked()).doesNotContainKey("inputs not counted again");
    assertThat(sound.text("readings.jsonl"))
        .contains(
            "\"input\":\"groups(sold)['anna']\",\"key\":\"anna\",\"records\":1,\"sum\":\"28\"")
        .contains("\"input\":\"groups(sold)[no key]\",\"key\":\"\",\"records\":1,\"sum\":\"7\"")
        .contains("\"inside\":false")
        .doesNotContain("\"unknown\"");
  }

  @Test
  void whoever_signs_other_keys_is_found() {
    String sold = "population/1.csv";
    assertNamed(sold, it -> it.replace("anna", "nobody"), "anna");
    assertNamed(sold, it -> it.replaceFirst("(?m)^(record,2,.*?,30,,)[^,]*", "$1"), "among");
    assertNamed(
        "readings.jsonl",
        it -> it.replace("\"inside\":false", "\"inside\":true"),
        "input not_among");
    assertNamed(
        "readings.jsonl",
        it -> it.replace("\"key\":\"anna\"", "\"key\":\"\""),
        "is not named after its key");
  }

  private static void assertNamed(String file, UnaryOperator<String> change, String named) {
    Pack changed = sound.with(file, change).signedAnew();
    assertThat(changed.findings()).anyMatch(it -> it.contains(named));
    assertThat(changed.own(null).findings())
        .extracting(Finding::what)
        .anyMatch(it -> it.contains(named));
  }

  @Test
  void their_records_are_exported_with_control_totals() throws Exception {
    Path file = folder.resolve("population.csv");
    Workspace.Said said = workspace.run("export", "population", "2", "--to", file.toString());
    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(Files.readAllLines(file))
        .contains(
            "\"among(sold, much)\",total,2,,,35,,,,,,",
            "groups(sold)['anna'],total,1,,,10.25,,,,,,")
        .contains("groups(sold)[no key],total,1,,,7,,,,,,")
        .anyMatch(it -> it.startsWith("\"among(sold, much)\",record,2,Deal 2,"))
        .noneMatch(it -> it.startsWith("\"among(sold, much)\",record,1,"));
  }
}
