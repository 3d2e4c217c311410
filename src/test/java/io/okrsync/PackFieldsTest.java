package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.okrsync.audit.CanonicalJson;
import io.okrsync.sync.Trigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each value in each line of a pack is held against something else by both verifiers, also when the
 * pack is signed anew by the right key; those that are not are listed here with the reason.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PackFieldsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** By file and place in the line, as {@code src/docs/evidence-pack.md} lists them. */
  private static final Map<String, String> FREE =
      Map.of(
          "measures.jsonl goodUntilRun", "how far its file goes; inputs name their runs",
          "readings.jsonl reading", "its number; the order is held, and what it is by its entry",
          "readings.jsonl service", "which version wrote the pack");

  private static final String RATES =
      """
      rates:
        daily: { in: USD, from: { 2026-09-03: { EUR: 1.22 } } }
      """;

  @TempDir static Path folder;
  private static Workspace workspace = new Workspace(Path.of("target"));
  private static Pack sound = new Pack(Map.of(), Path.of("target"));

  @BeforeAll
  static void a_pack_of_a_cycle_that_has_ended() throws Exception {
    workspace = new Workspace(folder);
    configure("5%");
    DealFile deals = new DealFile(folder.resolve("deals.csv"));
    deals.put("1", "won", "10", "USD", "anna", Instant.parse("2026-08-02T03:00:00Z"));
    deals.put("2", "won", "25", "EUR", "budi", Instant.parse("2026-09-03T03:00:00Z"));
    deals.write();
    SettableClock clock = new SettableClock("2026-10-01T03:00:00Z");
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      clock.move(Duration.ofHours(1));
      deals.put("3", "won", "1", "USD", "anna", Instant.parse("2026-09-04T03:00:00Z"));
      deals.write();
      service.runs().run("deals", Trigger.MANUAL);
    }
    sound = exported();
  }

  private static Pack exported() {
    return Pack.exported(workspace, folder.resolve("pack.zip"));
  }

  @Test
  void each_value_of_each_line_is_held_against_something_else() throws Exception {
    assertThat(sound.findings()).isEmpty();
    Map<String, String> unnoticed = new TreeMap<>();
    for (String name : sound.files().keySet()) {
      if (name.endsWith(".jsonl")) {
        List<String> lines = sound.text(name).lines().toList();
        for (int line = 0; line < lines.size(); line++) {
          for (Harm harm : harms(lines.get(line))) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(line, harm.line);
            String text = String.join("\n", changed) + "\n";
            List<String> findings = sound.with(name, text).signedAnew().findings();
            if (findings.isEmpty() && !FREE.containsKey(name + " " + harm.place)) {
              unnoticed.put(name + " " + harm.place, harm.line);
            }
          }
        }
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void each_cell_of_a_population_is_held_against_something_else() {
    assertThat(sound.unnoticedCells(sound.population("revenue"))).isEmpty();
  }

  /** Nobody signed it anew: then the file is named, and what is wrong in it too. */
  @Test
  void each_changed_receipt_and_measure_is_named_though_only_the_signature_is_broken()
      throws Exception {
    String receipts = sound.text("readings.jsonl").replace("Bring it to 500", "Bring it to 400");
    assertThat(sound.with("readings.jsonl", receipts).findings())
        .contains("readings.jsonl: is not the file that the manifest names")
        .contains(
            "reading 1: does not tell the key result that the pack has elsewhere",
            "reading 2: does not tell the key result that the pack has elsewhere",
            "reading 3: does not tell the key result that the pack has elsewhere");
    String measures = sound.text("measures.jsonl").replace("status == 'won'", "status == 'lost'");
    assertThat(sound.with("measures.jsonl", measures).findings())
        .anyMatch(it -> it.matches("measure revenue@\\w+: is not what a configuration defines"));
    assertThat(sound.with("measures.jsonl", measures).with("readings.jsonl", receipts).findings())
        .anyMatch(it -> it.startsWith("reading 3: does not tell the key result"));
  }

  @Test
  void a_final_value_that_was_restated_beyond_its_tolerance_is_a_finding_of_both()
      throws Exception {
    configure("1%");
    try (Service service = workspace.service(new SettableClock(Instant.now().toString()))) {
      assertThat(service.store().evidence().configurationVersions()).hasSize(2);
    }
    assertThat(exported().findings())
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("key result revenue: was 40.5 when"));
    entries_after_the_last_checkpoint_that_was_kept_are_told_by_both();
  }

  private static void entries_after_the_last_checkpoint_that_was_kept_are_told_by_both()
      throws Exception {
    List<String> checkpoints = Files.readAllLines(workspace.data().resolve("checkpoints.jsonl"));
    Path kept = Files.writeString(folder.resolve("kept.jsonl"), checkpoints.get(0) + "\n");
    Path pack = folder.resolve("pack.zip");
    String its = pack.toString();
    Workspace.Said own = Workspace.only("verify", its, "--checkpoints", kept.toString());
    Workspace.Said independent = Pack.verifier(pack, "--checkpoints", kept.toString());
    String told = "(?s).*Entries \\d+ to \\d+, from \\S+Z on, are covered by no.*";
    for (Workspace.Said said : List.of(own, independent)) {
      assertThat(said.out()).matches(told).contains("signed by key " + sound.keyId());
    }
    assertThat(own.out().lines().reduce((one, other) -> other))
        .isEqualTo(independent.out().lines().reduce((one, other) -> other));
    assertThat(workspace.run("verify", "--checkpoints", kept.toString()).out()).matches(told);
    assertThat(Workspace.only("verify", its, "--checkpoints", kept.toString(), "--json").out())
        .contains("\"uncovered\":{\"first\":");
  }

  private record Harm(String place, String line) {}

  /** The line with one value changed, for each of them. */
  private static List<Harm> harms(String line) throws Exception {
    List<Harm> harms = new ArrayList<>();
    JsonNode root = MAPPER.readTree(line);
    walk(
        root,
        "",
        place ->
            harms.add(new Harm(place, CanonicalJson.of(JsonLine.of(root.toString()).content()))));
    return harms;
  }

  private static void walk(JsonNode node, String place, Consumer<String> harmed) {
    if (node instanceof ObjectNode object) {
      for (String key : new ArrayList<>(names(object))) {
        JsonNode old = object.get(key);
        String its = place.isEmpty() ? key : place + "." + key;
        if (old.isValueNode()) {
          object.set(key, other(old));
          harmed.accept(its);
          object.set(key, old);
        } else {
          walk(old, its, harmed);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        walk(array.get(i), place, harmed);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode other(JsonNode old) {
    if (old.isBoolean()) {
      return BooleanNode.valueOf(!old.booleanValue());
    }
    if (old.isNumber()) {
      return LongNode.valueOf(old.longValue() + 1);
    }
    return TextNode.valueOf(Pack.another(old.isNull() ? "" : old.textValue()));
  }

  private static void configure(String tolerance) {
    DealFile.configure(
        workspace,
        folder.resolve("deals.csv"),
        RATES,
        """
        revenue: { from: deals, where: status == 'won', at: wonAt, sum: value, currency: currency, in: USD, rates: daily }
        """,
        "");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q3, from: 2026-07-01, to: 2026-09-30, zone: Asia/Jakarta, tolerance: %s }
        objectives:
          - id: deals
            title: Close more of the right deals
            owner: sales
            keyResults:
              - { id: revenue, title: Bring it to 500, formula: revenue, baseline: 0, target: 500 }
        """
            .formatted(tolerance));
  }
}
