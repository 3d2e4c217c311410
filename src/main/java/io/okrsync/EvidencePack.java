package io.okrsync;

import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.audit.RunSeal;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Window;
import io.okrsync.okr.Counted;
import io.okrsync.okr.Input;
import io.okrsync.store.AuditHead;
import io.okrsync.store.Evidence;
import io.okrsync.store.MeasureVersion;
import io.okrsync.store.RunRow;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes all evidence into one signed archive, for those who have nothing else. Others may publish
 * meanwhile: the pack ends with the audit entry that was the last when it was begun, and holds what
 * the entries up to there tell of.
 */
final class EvidencePack {
  static final String FORMAT = "okr-sync-evidence/1";

  /** How many rows of each kind were written. */
  record Written(long entries, long runs, long configurations, long readings, long populations) {
    @Override
    public String toString() {
      return String.join(
          ", ",
          Counted.of(entries, "entries"),
          Counted.of(runs, "runs"),
          Counted.of(configurations, "configurations"),
          Counted.of(readings, "readings"),
          Counted.of(populations, "populations"));
    }
  }

  private final Evidence evidence;
  private final StoredSetups setups;
  private final Receipts receipts;
  private final ToldRows told = new ToldRows();
  private final ToldRows later = new ToldRows();
  private final Map<Question, PopulationTotals> totals = new HashMap<>();

  private record Question(String version, Window window) {}

  EvidencePack(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
    this.receipts = new Receipts(evidence, setups);
  }

  /**
   * Writes the archive.
   *
   * @param checkpoints all that were kept
   */
  Written write(OutputStream out, List<Checkpoint> checkpoints, CheckpointKey key, Instant at)
      throws IOException {
    AuditHead head =
        evidence
            .head()
            .orElseThrow(() -> new IOException("the row of audit_head is missing; run verify"));
    try (PackFile pack = new PackFile(out, at)) {
      pack.write(
          "audit.jsonl",
          file ->
              evidence.entries(
                  head.sequence(),
                  entry -> {
                    told.next(entry);
                    file.print(CanonicalJson.of(AuditLines.of(entry)) + "\n");
                  }));
      pack.write(
          "checkpoints.jsonl",
          file ->
              checkpoints.stream()
                  .filter(it -> it.sequence() <= head.sequence())
                  .forEach(it -> file.print(it.line() + "\n")));
      Written written = rows(pack, head);
      manifest(pack, head, key, at);
      return written;
    }
  }

  private Written rows(PackFile pack, AuditHead head) throws IOException {
    List<RunRow> runs = new ArrayList<>();
    evidence.runs(runs::add);
    List<Long> versions = evidence.configurationVersions();
    long lastReading = readQuestions();
    evidence.entriesAfter(head.sequence(), later::next);
    runs.removeIf(it -> later.run(it.id()));
    pack.write(
        "runs.jsonl",
        file ->
            runs.forEach(
                it -> file.print(line(RunSeal.content(it.run(), it.definition(), it.versions())))));
    List<Long> loaded = versions.stream().filter(it -> !later.configuration(it)).toList();
    pack.write(
        "configurations.jsonl",
        file ->
            loaded.stream()
                .flatMap(it -> evidence.configuration(it).stream())
                .forEach(it -> file.print(line(Receipts.whole(it)))));
    long populations = populations(pack);
    long[] readings = {0};
    pack.write(
        "readings.jsonl",
        file ->
            evidence.readings(
                reading -> {
                  Optional<Long> entry = told.reading(reading);
                  boolean isLater =
                      reading.id() > lastReading
                          || (entry.isEmpty() && later.reading(reading).isPresent());
                  if (!isLater) {
                    readings[0]++;
                    file.print(line(receipts.of(reading, entry.orElse(null), this::totals)));
                  }
                }));
    return new Written(head.sequence(), runs.size(), loaded.size(), readings[0], populations);
  }

  /** Which populations in which windows the readings ask for; says which reading is the last. */
  private long readQuestions() {
    long[] last = {0};
    evidence.readings(
        reading -> {
          last[0] = reading.id();
          for (Input input : reading.inputs()) {
            Question question = new Question(input.version(), Movements.window(input));
            totals.computeIfAbsent(question, it -> new PopulationTotals(it.window()));
          }
        });
    return last[0];
  }

  private long populations(PackFile pack) throws IOException {
    Map<String, Measure> known = setups.measures();
    Map<Long, Map<String, @Nullable Object>> stored = new LinkedHashMap<>();
    for (String source : evidence.sources()) {
      long published = evidence.publishedRun(source).orElse(0L);
      for (MeasureVersion version : evidence.populations().measures(source)) {
        Measure measure = known.get(StoredSetups.key(source, version.version()));
        long until =
            Math.min(published, Objects.requireNonNullElse(version.goodUntilRun(), published));
        if (measure != null && until > 0) {
          String file = "population/" + version.id() + ".csv";
          Map<String, @Nullable Object> content = Receipts.measure(measure);
          content.put("population", file);
          content.put("goodUntilRun", until);
          stored.put(version.id(), content);
          pack.write(file, out -> population(version, until, new PopulationCsv(out)));
        }
      }
    }
    pack.write("measures.jsonl", file -> stored.values().forEach(it -> file.print(line(it))));
    return stored.size();
  }

  /** What came after the last run that is good is not in it. */
  private void population(MeasureVersion version, long until, PopulationCsv csv) {
    List<PopulationTotals> its =
        totals.entrySet().stream()
            .filter(it -> it.getKey().version().equals(version.version()))
            .map(Map.Entry::getValue)
            .toList();
    evidence
        .populations()
        .contributions(
            version,
            row -> {
              if (row.sinceRun() <= until) {
                Long end = row.untilRun();
                csv.add(row, end == null || end > until ? null : end);
                its.forEach(it -> it.add(row));
              }
            });
    its.forEach(PopulationTotals::complete);
    csv.end();
  }

  private Optional<PopulationTotals.Totals> totals(Input input) {
    Long run = input.run();
    return run == null
        ? Optional.empty()
        : Optional.ofNullable(totals.get(new Question(input.version(), Movements.window(input))))
            .map(it -> it.at(run));
  }

  private static void manifest(PackFile pack, AuditHead head, CheckpointKey key, Instant at)
      throws IOException {
    Map<String, @Nullable Object> manifest = new TreeMap<>();
    manifest.put("format", FORMAT);
    manifest.put("madeAt", at);
    manifest.put("service", Main.Version.text());
    manifest.put("chain", Map.of("sequence", head.sequence(), "hash", head.hash()));
    manifest.put("files", pack.digests());
    String text = CanonicalJson.of(manifest);
    pack.write("manifest.json", file -> file.print(text));
    Map<String, @Nullable Object> signature =
        Map.of("key", key.publicKey(), "signature", key.sign(text));
    pack.write("manifest.sig", file -> file.print(line(signature)));
  }

  private static String line(Map<String, @Nullable Object> content) {
    return CanonicalJson.of(content) + "\n";
  }
}
