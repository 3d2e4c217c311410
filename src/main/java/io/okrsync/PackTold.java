package io.okrsync;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.CanonicalJson;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.store.RunRow;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the entries of a pack tell of: each published run, each configuration and each reading is
 * told of once, and is what its entry says.
 */
final class PackTold {
  private static final Pattern NUMBER =
      Pattern.compile("(?:run|version) (\\d+):.*", Pattern.DOTALL);

  private final Map<Long, SealedEntry> entries;
  private final List<Finding> findings;
  private final PackDefined defined;
  private final Set<Long> readings = new HashSet<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  PackTold(Map<Long, SealedEntry> entries, PackDefined defined, List<Finding> findings) {
    this.entries = entries;
    this.defined = defined;
    this.findings = findings;
  }

  Map<String, Long> counts() {
    return counts;
  }

  void runs(List<String> lines) {
    Map<Long, RunRow> runs = new TreeMap<>();
    for (String line : lines) {
      JsonLine it = JsonLine.of(line);
      defined.run(it);
      try {
        RunRow row = new RunRow(run(it), it.textOrNull("definition"), it.textOrNull("versions"));
        if (runs.put(row.id(), row) != null) {
          add("run " + row.id(), "is there twice");
        }
      } catch (RuntimeException broken) {
        add("run " + it.number("id"), "cannot be read: " + broken.getMessage());
      }
    }
    counts.put("runs", (long) runs.size());
    Set<Long> told = new HashSet<>();
    entries("run.published").forEach(it -> runTold(it, runs, told));
    for (RunRow row : runs.values()) {
      SyncRun run = row.run();
      if (run.outcome().isWell() && !told.contains(run.id())) {
        add("run " + run.id(), "is published, but no entry tells of it");
      }
      if (run.outcome().isWell() && run.counts().balance() instanceof Balance.Off off) {
        add("run " + run.id(), "is published, but " + off.reason());
      }
    }
  }

  private void runTold(SealedEntry sealed, Map<Long, RunRow> runs, Set<Long> told) {
    AuditEntry entry = sealed.entry();
    long id = number(entry);
    told.add(id);
    RunRow row = runs.get(id);
    if (row == null) {
      add(
          "run " + id,
          "is missing, though audit entry %d tells of it".formatted(sealed.sequence()));
    } else if (!Wording.tells(entry.detail(), row.run(), row.definition(), row.versions())
        || !row.run().source().equals(entry.subject())
        || !entry.at().equals(row.run().finishedAt())) {
      add("run " + id, "is not what audit entry %d says".formatted(sealed.sequence()));
    }
  }

  private static SyncRun run(JsonLine line) {
    return new SyncRun(
        line.number("id"),
        line.text("source"),
        RunKind.valueOf(line.text("kind")),
        Trigger.valueOf(line.text("trigger")),
        Outcome.valueOf(line.text("outcome")),
        line.textOrNull("reason"),
        line.moment("startedAt"),
        line.momentOrNull("finishedAt"),
        line.momentOrNull("since"),
        line.momentOrNull("until"),
        null,
        new Counts(
            line.number("read"),
            line.number("created"),
            line.number("changed"),
            line.number("unchanged"),
            line.number("removed"),
            line.number("rejected"),
            line.numberOrNull("total")),
        null,
        false);
  }

  void configurations(List<String> lines) {
    Map<Long, String> digests = new TreeMap<>();
    Map<Long, JsonLine> loaded = new TreeMap<>();
    for (String line : lines) {
      JsonLine it = JsonLine.of(line);
      String place = "configuration " + it.number("version");
      if (digests.put(it.number("version"), it.text("digest")) != null) {
        add(place, "is there twice");
      }
      if (!digestOf(it.object("files")).equals(it.text("digest"))) {
        add(place, "has other texts than its digest says");
      }
      loaded.put(it.number("version"), it);
      defined.configuration(it);
    }
    counts.put("configurations", (long) digests.size());
    Set<Long> told = new HashSet<>();
    for (SealedEntry sealed : entries("configuration.loaded")) {
      long version = number(sealed.entry());
      told.add(version);
      if (!isTold(sealed, loaded.get(version))) {
        add(
            "configuration " + version,
            "is missing or not the one that audit entry %d tells of".formatted(sealed.sequence()));
      }
    }
    digests.keySet().stream()
        .filter(it -> !told.contains(it))
        .forEach(it -> add("configuration " + it, "no entry tells of it"));
  }

  private static boolean isTold(SealedEntry sealed, @Nullable JsonLine loaded) {
    return loaded != null
        && sealed.entry().subject().equals(loaded.text("digest"))
        && sealed.entry().at().equals(loaded.moment("loadedAt"))
        && sealed
            .entry()
            .detail()
            .equals(
                Wording.configuration(
                    loaded.number("version"),
                    new TreeSet<>(loaded.object("files").content().keySet()),
                    loaded.text("defined")));
  }

  private static String digestOf(JsonLine texts) {
    Map<String, String> files = new TreeMap<>();
    texts.content().keySet().forEach(name -> files.put(name, texts.text(name)));
    return ConfigurationFolder.digest(files);
  }

  /**
   * Whether the entry that a reading names tells of it.
   *
   * @param entry null where it names none
   */
  void reading(String place, @Nullable Long entry, JsonLine sealed) {
    SealedEntry told = entry == null ? null : entries.get(entry);
    if (told == null
        || !Wording.isOfReading(told.entry().action())
        || !told.entry().subject().equals(sealed.text("keyResult"))
        || !told.entry().at().equals(sealed.moment("at"))) {
      add(place, "no audit entry tells of it");
      return;
    }
    if (!readings.add(told.sequence())) {
      add(place, "names an audit entry that another reading names");
    }
    if (!Wording.seals(told.entry().detail(), CanonicalJson.of(sealed.content()))) {
      add(place, "is not what audit entry %d sealed".formatted(told.sequence()));
    }
  }

  /** After the last reading: those that entries tell of and that did not come. */
  void endOfReadings() {
    entries.values().stream()
        .filter(it -> Wording.isOfReading(it.entry().action()))
        .filter(it -> !readings.contains(it.sequence()))
        .forEach(
            it ->
                add(
                    "reading of " + it.entry().subject(),
                    "is missing, though audit entry %d tells of it".formatted(it.sequence())));
  }

  private List<SealedEntry> entries(String action) {
    return entries.values().stream().filter(it -> it.entry().action().equals(action)).toList();
  }

  private static long number(AuditEntry entry) {
    Matcher named = NUMBER.matcher(entry.detail());
    if (!named.matches()) {
      throw new IllegalArgumentException("an entry names no number: " + entry.detail());
    }
    return Long.parseLong(named.group(1));
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }
}
