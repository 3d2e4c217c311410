package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.okr.Counted;
import io.okrsync.store.ContributionRow;
import io.okrsync.store.Evidence;
import io.okrsync.store.MeasureVersion;
import io.okrsync.store.RecordVersion;
import io.okrsync.store.RunRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stored records: each is what its hash says, and each stored contribution is what the measure
 * makes of its record again, at every run that was ever published.
 */
final class StoredRecords {
  private final Evidence evidence;
  private final StoredSetups setups;
  private final PrunedBodies pruned;
  private final List<Finding> findings;
  private long checked;

  /** How many records of the source at hand there are as of its last run. */
  private long there;

  /** What runs of the source at hand have stored that nobody sees. */
  private UnseenRuns unseen;

  private final Unreadable unreadable;

  /** How many contributions its versions of records add to each measure, by the measure's id. */
  private final Map<Long, Long> found = new HashMap<>();

  StoredRecords(
      Evidence evidence, StoredSetups setups, PrunedBodies pruned, List<Finding> findings) {
    this.evidence = evidence;
    this.setups = setups;
    this.pruned = pruned;
    this.findings = findings;
    this.unreadable = new Unreadable(findings);
    this.unseen = new UnseenRuns(evidence, "", 0, findings);
  }

  /** Says how many versions of records there are. */
  long check() {
    Map<String, Measure> known = setups.measures();
    for (String source : evidence.sources()) {
      long published = evidence.publishedRun(source).orElse(0L);
      List<MeasureVersion> stored = evidence.populations().measures(source);
      there = 0;
      unseen = new UnseenRuns(evidence, source, published, findings);
      StoredVersions versions = new StoredVersions(evidence, source, published, findings);
      evidence.records(
          source,
          some -> {
            some.forEach(versions::add);
            check(source, published, some, stored, known);
          });
      stored.forEach(it -> checkStrays(source, published, it, known));
      versions.compare();
      stored.forEach(it -> checkDays(source, it));
      checkState(source, published);
      checkMeasures(source, stored, known);
    }
    Set<String> configured = setups.sources();
    evidence.sources().stream()
        .filter(it -> !configured.contains(it) && !evidence.hasRun(it))
        .forEach(
            it ->
                add(
                    "source_state of '%s'".formatted(it),
                    "is there, though no stored configuration has this source, and no run read"
                        + " it"));
    evidence.publishedSources().stream()
        .filter(it -> evidence.publishedRun(it).isEmpty())
        .forEach(it -> add("source_state of '%s'".formatted(it), "is missing or names no run"));
    return checked;
  }

  /** What is seen of a source, and how much there is of it. */
  private void checkState(String source, long published) {
    String place = "source_state of '%s'".formatted(source);
    long last = evidence.lastPublished(source);
    if (last < published) {
      add(place, "names run %d, but the last that is published is %d".formatted(published, last));
    }
    long said = evidence.recordCount(source);
    boolean isReadThen = evidence.readAt(source).equals(evidence.lastLiveRead(source));
    // Asked last: what was told before is of one run then, or of none that is compared.
    boolean isStill = evidence.publishedRun(source).orElse(0L) == published;
    if (isStill && last > published) {
      add(place, "names run %d, but run %d is published".formatted(published, last));
    }
    if (isStill && !isReadThen) {
      add(place, "says that it was read at another time than its last run began");
    }
    if (isStill && said != there) {
      add(
          place,
          "says %s, but there %s %d"
              .formatted(Counted.of(said, "records"), there == 1 ? "is" : "are", there));
    }
  }

  private void checkMeasures(
      String source, List<MeasureVersion> stored, Map<String, Measure> known) {
    stored.stream()
        .filter(it -> it.goodUntilRun() != null && !mayRestAt(source, it.goodUntilRun()))
        .forEach(
            it ->
                add(
                    "measure_version " + it.id(),
                    "is %s, good until run %d, which is none of '%s' that was published"
                        .formatted(it.version(), it.goodUntilRun(), source)));
    stored.stream()
        .filter(it -> !known.containsKey(StoredSetups.key(source, it.version())))
        .forEach(
            it ->
                add(
                    "measure_version " + it.id(),
                    "is %s, which no stored configuration defines".formatted(it.version())));
  }

  private boolean mayRestAt(String source, long run) {
    return run == 0
        || evidence
            .run(run)
            .map(RunRow::run)
            .filter(it -> it.source().equals(source) && it.outcome().isWell())
            .isPresent();
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }

  private void check(
      String source,
      long published,
      List<RecordVersion> records,
      List<MeasureVersion> stored,
      Map<String, Measure> known) {
    checked += records.size();
    for (RecordVersion record : records) {
      there += record.isTrueAt(published) ? 1 : 0;
      String place = place(source, record.recordId());
      unseen.check(place, record.recordId(), record.sinceRun());
      unseen.check(place, record.recordId(), record.untilRun());
      if (record.body() != null && !record.isIntact()) {
        findings.add(
            new Finding(
                place, "since run %d is not what its hash says".formatted(record.sinceRun())));
      }
    }
    boolean isPruned = records.stream().anyMatch(it -> it.body() == null);
    Map<String, Map<String, List<@Nullable Object>>> parts = new HashMap<>();
    for (MeasureVersion version : stored) {
      List<ContributionRow> rows = new ArrayList<>();
      unreadable.note(
          "contribution to " + version.version(),
          () -> rows.addAll(evidence.populations().contributions(version, records)));
      found.merge(version.id(), (long) rows.size(), Long::sum);
      if (isPruned) {
        rows.forEach(
            it ->
                parts
                    .computeIfAbsent(key(it), key -> new HashMap<>())
                    .put(version.version(), it.contribution().parts()));
      }
      compare(source, published, records, rows, version, known);
    }
    records.forEach(it -> pruned.add(source, it, parts.getOrDefault(key(it), Map.of())));
  }

  /** Looks for contributions of no version only where there are more than those of versions. */
  private void checkStrays(
      String source, long published, MeasureVersion version, Map<String, Measure> known) {
    String place = "contribution to " + version.version();
    unreadable.note(
        place,
        () -> {
          long of = found.getOrDefault(version.id(), 0L);
          if (evidence.populations().count(version) != of) {
            List<ContributionRow> strays = evidence.populations().strays(version);
            compare(source, published, List.of(), strays, version, known);
          }
        });
  }

  private void compare(
      String source,
      long published,
      List<RecordVersion> records,
      List<ContributionRow> rows,
      MeasureVersion version,
      Map<String, Measure> known) {
    if (version.goodUntilRun() == null) {
      String place = "contribution to " + version.version();
      rows.forEach(it -> unseen.check(place, it.contribution().recordId(), it.sinceRun()));
    }
    Measure measure = known.get(StoredSetups.key(source, version.version()));
    if (measure != null) {
      long until =
          Math.min(published, Objects.requireNonNullElse(version.goodUntilRun(), published));
      compare(source, records, rows, version, measure, until);
    }
  }

  /** Of a measure that rests, the totals rest with it. */
  private void checkDays(String source, MeasureVersion version) {
    List<String> wrong = evidence.populations().wrongDays(version);
    if (!wrong.isEmpty()) {
      findings.add(
          new Finding(
              "daily_total of " + version.version(),
              "is not what the contributions from '%s' come to on %s"
                  .formatted(source, String.join(", ", wrong))));
    }
  }

  private void compare(
      String source,
      List<RecordVersion> records,
      List<ContributionRow> rows,
      MeasureVersion version,
      Measure measure,
      long until) {
    Set<String> bodiless =
        records.stream()
            .filter(it -> it.body() == null)
            .map(StoredRecords::key)
            .collect(Collectors.toSet());
    Set<ContributionRow> there =
        rows.stream()
            .filter(it -> it.sinceRun() <= until && !bodiless.contains(key(it)))
            .map(StoredRecords::whole)
            .collect(Collectors.toSet());
    Set<ContributionRow> again =
        records.stream()
            .filter(it -> it.sinceRun() <= until)
            .flatMap(it -> row(it, measure).stream())
            .map(StoredRecords::whole)
            .collect(Collectors.toSet());
    difference(again, there)
        .forEach(
            it ->
                findings.add(
                    new Finding(
                        "contribution to " + version.version(),
                        "of a record of '%s' is missing or changed: %s".formatted(source, it))));
    difference(there, again)
        .forEach(
            it ->
                findings.add(
                    new Finding(
                        "contribution to " + version.version(),
                        "is not what its record of '%s' adds: %s".formatted(source, it))));
  }

  private static String key(RecordVersion version) {
    return version.sinceRun() + " " + version.recordId();
  }

  private static String key(ContributionRow row) {
    return row.sinceRun() + " " + row.contribution().recordId();
  }

  /** In words, in their order. */
  private static SortedSet<String> difference(
      Set<ContributionRow> all, Set<ContributionRow> without) {
    return all.stream()
        .filter(it -> !without.contains(it))
        .map(StoredRecords::line)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Optional<ContributionRow> row(RecordVersion version, Measure measure) {
    Optional<SourceRecord> record = version.record();
    return record
        .flatMap(measure::contribution)
        .map(it -> new ContributionRow(version.sinceRun(), version.untilRun(), it));
  }

  /** All that is stored of it; of no version in particular. When it ended is not. */
  private static ContributionRow whole(ContributionRow row) {
    return new ContributionRow(row.sinceRun(), null, row.contribution().to(""));
  }

  private static String line(ContributionRow row) {
    Contribution it = row.contribution();
    return "record %s, since run %d, at %s, value %s, item %s, key %s, currency %s, problem %s%s"
        .formatted(
            it.recordId(),
            row.sinceRun(),
            it.at(),
            it.value() == null ? null : it.value().toPlainString(),
            it.item(),
            it.key(),
            it.currency(),
            it.problem(),
            it.original() == null ? "" : ", converted from " + it.original());
  }

  private static String place(String source, String record) {
    return "record_version %s of '%s'".formatted(record, source);
  }
}
