package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.sync.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is done to a pack is named by a verifier that shares no code with its writer, and by the
 * product: both find the same places.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PackTest {
  private static final String MEASURES =
      """
      won:     { from: deals, where: status == 'won', at: wonAt, count: true }
      revenue: { from: deals, where: status == 'won', at: wonAt, sum: value }
      mean:    { from: deals, where: status == 'won', at: wonAt, average: value }
      median:  { from: deals, where: status == 'won', at: wonAt, median: value }
      least:   { from: deals, where: status == 'won', at: wonAt, min: value }
      most:    { from: deals, where: status == 'won', at: wonAt, max: value }
      latest:  { from: deals, where: status == 'won', at: wonAt, latest: value }
      owners:  { from: deals, where: status == 'won', at: wonAt, distinct: owner }
      third:   { from: deals, where: status == 'won', at: wonAt, percentile: value, rank: 60 }
      """;

  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));
  private static Pack sound = new Pack(Map.of(), Path.of("target"));

  @BeforeAll
  static void a_pack() {
    workspace = new Workspace(folder);
    sound = pack(workspace, "10.25", folder.resolve("pack.zip"));
  }

  private static Pack pack(Workspace workspace, String amount, Path to) {
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    String all = "won + revenue + mean + median + least + most + latest + owners + third";
    configure(workspace, all);
    SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
    deals.put("=1+2", "won", amount, "@anna", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("'x", "won", "30", "budi", Instant.parse("2026-11-03T03:00:00.000001Z"));
    deals.put("3", "won", "-7", "budi", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("4", "won", "1000", "citra", Instant.parse("2026-11-04T03:00:00Z"));
      deals.remove("3");
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      configure(workspace, "1 + " + all);
      service.reload();
    }
    return Pack.exported(workspace, to);
  }

  @Test
  void an_untouched_pack_is_sound_by_a_verifier_in_one_file() {
    String kept = workspace.data().resolve("checkpoints.jsonl").toString();
    Workspace.Said said =
        Pack.verifier(folder.resolve("pack.zip"), "--key", sound.keyId(), "--checkpoints", kept);

    assertThat(said.all())
        .isEqualToIgnoringNewLines(
            "Checked 9 entries, 2 runs, 4 readings with 36 inputs, 9 populations, signed by key %s: nothing is wrong."
                .formatted(sound.keyId()));
    assertThat(said.exit()).isZero();
  }

  @Test
  void the_product_checks_a_pack_too() throws Exception {
    String pack = folder.resolve("pack.zip").toString();
    String kept = workspace.data().resolve("checkpoints.jsonl").toString();
    Workspace.Said said =
        Workspace.only("verify", pack, "--key", sound.keyId(), "--checkpoints", kept);
    assertThat(said.all())
        .isEqualToIgnoringNewLines(
            "Checked 9 entries, 2 checkpoints, 2 runs, 2 configurations, 9 populations, 36 inputs, 4 readings, signed by key %s: nothing is wrong."
                .formatted(sound.keyId()));
    assertThat(said.exit()).isZero();

    Workspace.Said other = Workspace.only("verify", pack, "--key", "0123456789abcdef", "--json");
    assertThat(other.exit()).isEqualTo(Main.FAILED);
    assertThat(other.out()).contains("\"place\":\"manifest.sig\"");

    String text = Files.writeString(folder.resolve("text.zip"), "no archive").toString();
    assertThat(Workspace.only("verify", text).exit()).isEqualTo(Main.REFUSED);
    assertThat(Workspace.only("verify", text).err()).contains("cannot be read: it is no zip");

    String missing = folder.resolve("missing.zip").toString();
    assertThat(Workspace.only("verify", missing).exit()).isEqualTo(Main.REFUSED);
    assertThat(Workspace.only("verify", missing).err())
        .isEqualTo("There is no file %s.%n".formatted(missing));
  }

  @Test
  void no_cell_of_a_population_is_a_formula_to_a_spreadsheet() {
    for (String name : sound.files().keySet()) {
      if (name.endsWith(".csv")) {
        assertThat(sound.text(name)).doesNotContainPattern("(?m)(^|,)\"?[=@+]");
      }
    }
    assertThat(sound.text("population/1.csv")).contains("record,'=1+2,", "record,''x,");
  }

  @Test
  void whatever_is_done_to_a_file_its_name_is_told() {
    List<String> unnoticed = new ArrayList<>();
    for (String name : sound.files().keySet()) {
      if (name.startsWith("manifest.")) {
        continue;
      }
      changes()
          .forEach(
              (what, change) -> {
                List<String> findings = sound.with(name, change.apply(sound.text(name))).findings();
                if (findings.stream().noneMatch(it -> it.startsWith(name))) {
                  unnoticed.add(what + " of " + name + ": " + findings);
                }
              });
      assertThat(sound.without(name).findings())
          .anyMatch(it -> it.startsWith(name + ": is missing"));
    }
    assertThat(unnoticed).isEmpty();
    assertThat(sound.with("more.txt", "x").findings())
        .contains("more.txt: is not named by the manifest");
    assertThat(sound.with("manifest.json", it -> it.replaceFirst("0", "1")).findings())
        .contains("manifest.json: was changed after it was signed");
    assertThat(sound.with("manifest.sig", it -> it.replaceFirst("MC", "MD")).findings())
        .isNotEmpty();
  }

  private static Map<String, UnaryOperator<String>> changes() {
    return Map.of(
        "flip", text -> flipped(text, text.length() / 2),
        "flip at the end", text -> flipped(text, text.length() - 2),
        "cut at the head", text -> text.substring(text.indexOf('\n') + 1),
        "cut at the tail", text -> text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1),
        "doubling", text -> text + text,
        "swap", PackTest::swapped,
        "emptying", text -> "");
  }

  private static String flipped(String text, int place) {
    char changed = (char) (text.charAt(place) ^ 1);
    return text.substring(0, place) + changed + text.substring(place + 1);
  }

  /** The first and the last line; a file of one line is doubled. */
  private static String swapped(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    Collections.swap(lines, 0, lines.size() - 1);
    return String.join("\n", lines) + (lines.size() == 1 ? "\n\n" : "\n");
  }

  @Test
  void who_can_sign_a_manifest_still_cannot_change_what_the_chain_and_the_records_say() {
    assertThat(sound.signedAnew().findings()).isEmpty();

    named(
        "audit.jsonl",
        it -> it.replace("\"actor\":\"manual\"", "\"actor\":\"anna\""),
        "audit entry 3: was changed");
    named("audit.jsonl", it -> it.substring(it.indexOf('\n') + 1), "audit entry 2: stands where");
    named("audit.jsonl", PackTest::swapped, "audit entry 9: stands where entry 1");
    named("audit.jsonl", PackTest::withoutLast, "signed entry 9 at ");
    named("audit.jsonl", PackTest::withoutLast, "reading 4: no audit entry tells of it");
    named(
        "checkpoints.jsonl",
        it -> it.replace("\"sequence\":9", "\"sequence\":8"),
        "checkpoints.jsonl line 1: was changed");
    named("checkpoints.jsonl", it -> "", "holds no checkpoint");
    named(
        "runs.jsonl",
        it -> it.replace("\"read\":3", "\"read\":4"),
        "run 1: is not what audit entry");
    named(
        "runs.jsonl",
        it -> it.replaceFirst("\"startedAt\":\"2026-11-21T03", "\"startedAt\":\"2026-11-21T02"),
        "run 1: is not what audit entry");
    named("runs.jsonl", PackTest::withoutLast, "run 2: is missing");
    named(
        "runs.jsonl",
        it -> it + it.lines().findFirst().orElseThrow().replace("\"id\":1", "\"id\":9") + "\n",
        "run 9: is published, but no entry");
    named(
        "configurations.jsonl",
        it -> it.replaceFirst("target: 1000", "target: 1001"),
        "configuration 1: has other texts");
    named("configurations.jsonl", PackTest::withoutLast, "configuration 2: is missing");
    named(
        "readings.jsonl",
        it -> it.replaceFirst("\"records\":3,\"run\":1", "\"records\":4,\"run\":1"),
        "reading 2: is not what audit entry");
    named(
        "readings.jsonl", PackTest::withoutLast, "reading of a: is missing, though audit entry 9");
    named("readings.jsonl", PackTest::swapped, "reading 1: is out of order");
    named(
        "measures.jsonl",
        it -> it.replace("\"aggregate\":\"sum\"", "\"aggregate\":\"max\""),
        ": is not what a configuration defines");
    for (String measure :
        List.of("won", "revenue", "mean", "median", "least", "most", "latest", "owners", "third")) {
      String file = sound.population(measure);
      named(file, it -> it.replaceFirst("(?m)^record,'=1\\+2.*\n", ""), "input " + measure + " ");
      named(file, it -> it.replace("2026-11-02T03", "2026-11-02T04"), "was made of other records");
      named(file, it -> it.replaceFirst("total,4", "total,3"), file + ": its control totals");
    }
    named(
        sound.population("revenue"),
        it -> it.replace("10.25", "10.5"),
        "says 33.25, but computed again 33.5");
    named(
        sound.population("revenue"),
        it -> it.replace("'=1+2,1,,", "'=1+2,2,,"),
        "input revenue says 3 records, but the population has 2");
  }

  @Test
  void who_signs_with_another_key_than_that_of_the_checkpoints_is_found_also_without_its_name() {
    Pack foreign = sound.signedAnew(workspace.data().resolveSibling("foreign.key"));

    assertThat(foreign.findings(null))
        .anyMatch(it -> it.contains(" was signed by key " + sound.keyId()));
    assertThat(sound.findings(null)).isEmpty();
  }

  /**
   * A whole ledger with the amount of one record changed, and all that follows from it right: no
   * hash, seal, count or sum gives it away. It is the key that does, and the checkpoints.
   */
  @Test
  void who_writes_a_pack_anew_as_a_whole_cannot_sign_it_as_the_right_one_did() throws Exception {
    Path file = folder.resolve("forged.zip");
    Pack forged = pack(new Workspace(folder.resolve("forged")), "10.5", file);
    assertThat(forged.text("configurations.jsonl")).isEqualTo(sound.text("configurations.jsonl"));
    assertThat(forged.text(sound.population("revenue")))
        .isEqualTo(
            sound
                .text(sound.population("revenue"))
                .replace("10.25", "10.5")
                .replace("1033.25", "1033.5"));

    String signer = "signed by key " + forged.keyId() + ": nothing is wrong.";
    for (Workspace.Said said : verified(file)) {
      assertThat(said.out()).contains(signer);
      assertThat(said.exit()).isZero();
    }
    String refusal = "was signed by key %s and not by %s".formatted(forged.keyId(), sound.keyId());
    for (Workspace.Said said : verified(file, "--key", sound.keyId())) {
      assertThat(said.out()).contains("manifest.sig: " + refusal);
      assertThat(said.out()).contains("checkpoints.jsonl line 1: " + refusal);
      assertThat(said.exit()).isEqualTo(Main.FAILED);
    }
    String kept = workspace.data().resolve("checkpoints.jsonl").toString();
    String other = "was signed by key %s and not by %s".formatted(sound.keyId(), forged.keyId());
    for (Workspace.Said said : verified(file, "--checkpoints", kept)) {
      assertThat(said.out()).contains("kept checkpoints line 1: " + other);
      assertThat(said.exit()).isEqualTo(Main.FAILED);
    }
    for (Workspace.Said said : verified(file, "--key", sound.keyId(), "--checkpoints", kept)) {
      assertThat(said.out()).contains("kept checkpoints line 1: signed another entry ");
      assertThat(said.exit()).isEqualTo(Main.FAILED);
    }
  }

  /** What the product and the independent verifier say. */
  private static List<Workspace.Said> verified(Path pack, String... arguments) {
    List<String> words = new ArrayList<>(List.of("verify", pack.toString()));
    words.addAll(List.of(arguments));
    return List.of(Workspace.only(words.toArray(String[]::new)), Pack.verifier(pack, arguments));
  }

  private static String withoutLast(String text) {
    return text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
  }

  private static void named(String file, UnaryOperator<String> change, String finding) {
    assertThat(sound.with(file, change).signedAnew().findings())
        .anyMatch(it -> it.contains(finding));
  }

  private static void configure(Workspace workspace, String formula) {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        MEASURES,
        """
        - id: a
          title: Bring it to 1000
          formula: "%s"
          baseline: 0
          target: 1000
        """
            .formatted(formula));
  }
}
