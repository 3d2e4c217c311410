package io.okrsync;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Statement;
import io.okrsync.store.CheckInRow;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows that audit entries tell of: each run, each configuration, each reading, each statement
 * and each check-in has its entry, and the entry says what the row says.
 */
final class StatedRows {
  private static final Pattern VERSION = Pattern.compile("version (\\d+):.*", Pattern.DOTALL);

  private final Evidence evidence;
  private final List<Finding> findings;
  private final StatedRuns runs;
  private final Unreadable unreadable;
  private final Map<Long, ConfigurationText> configurations = new TreeMap<>();
  private final List<KeyResultReading> readings = new ArrayList<>();
  private final List<Statement> statements = new ArrayList<>();
  private final List<CheckInRow> checkIns = new ArrayList<>();
  private final Map<AuditEntry, Deque<SealedEntry>> checkedIn = new HashMap<>();
  private final Map<String, Deque<SealedEntry>> moved = new HashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  StatedRows(Evidence evidence, List<Finding> findings) {
    this.evidence = evidence;
    this.findings = findings;
    this.runs = new StatedRuns(evidence, findings);
    this.unreadable = new Unreadable(findings);
  }

  /** Reads the rows; entries read later tell of all of them. */
  void readRows() {
    unreadable.note("sync_run", () -> counts.put("runs", runs.readRows()));
    unreadable.note("config_version", this::readConfigurations);
    unreadable.note("reading", () -> evidence.readings(readings::add));
    counts.put("configurations", (long) configurations.size());
    unreadable.note("check_in", () -> evidence.checkIns(checkIns::add));
    counts.put("readings", (long) readings.size());
    unreadable.note("statement", () -> statements.addAll(evidence.statements()));
    counts.put("statements", (long) statements.size());
    counts.put("check-ins", (long) checkIns.size());
    configurations.values().forEach(this::checkDigest);
  }

  private void readConfigurations() {
    evidence
        .configurationVersions()
        .forEach(it -> evidence.configuration(it).ifPresent(row -> configurations.put(it, row)));
  }

  List<KeyResultReading> readings() {
    return readings;
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Takes an entry, in order. */
  void told(SealedEntry entry) {
    runs.told(entry);
    switch (entry.entry().action()) {
      case "configuration.loaded" -> configurationTold(entry);
      case "key-result.moved", "key-result.recounted", "key-result.missing" ->
          moved.computeIfAbsent(entry.entry().subject(), it -> new ArrayDeque<>()).add(entry);
      case "key-result.stated" -> unreadable.note("statement", () -> statementTold(entry));
      case "key-result.checked-in" ->
          checkedIn.computeIfAbsent(entry.entry(), it -> new ArrayDeque<>()).add(entry);
      default -> {}
    }
  }

  /** After the last entry: what is left over on either side. */
  void compare() {
    runs.compare();
    configurations
        .keySet()
        .forEach(it -> add("config_version " + it, "has no entry that tells of it"));
    statements.forEach(
        it -> add("statement about " + it.keyResult(), "has no entry that tells of it as it is"));
    Map<String, BigDecimal> last = new HashMap<>();
    for (KeyResultReading reading : readings) {
      if (last.containsKey(reading.keyResult())
          && !same(last.get(reading.keyResult()), reading.previous())) {
        add("reading " + reading.id(), "does not continue from the value of the reading before it");
      }
      last.put(reading.keyResult(), reading.value());
      compare(reading, moved.getOrDefault(reading.keyResult(), new ArrayDeque<>()));
    }
    compareCheckIns();
    moved.values().forEach(left -> left.forEach(this::readingMissing));
  }

  private void compare(KeyResultReading reading, Deque<SealedEntry> told) {
    while (!told.isEmpty() && told.getFirst().entry().at().isBefore(reading.at())) {
      readingMissing(told.removeFirst());
    }
    if (told.isEmpty() || told.getFirst().entry().at().isAfter(reading.at())) {
      add("reading " + reading.id(), "has no entry that tells of it: it was added or changed");
      return;
    }
    SealedEntry entry = told.removeFirst();
    if (!Wording.tells(
        entry.entry().detail(), reading.asChange(), reading.run(), reading.configVersion())) {
      add(
          "reading " + reading.id(),
          "is not what entry %d sealed: %s".formatted(entry.sequence(), entry.entry().detail()));
    }
  }

  /** Each is told of once; in which order two at the same time were written says nobody. */
  private void compareCheckIns() {
    for (CheckInRow row : checkIns) {
      CheckIn said = row.said();
      Deque<SealedEntry> told = said == null ? null : checkedIn.get(Wording.entry(said));
      if (told == null || told.isEmpty()) {
        add("check_in " + row.id(), "is not what any entry says: it was added or changed");
      } else {
        told.removeFirst();
      }
    }
    checkedIn.values().forEach(left -> left.forEach(this::checkInMissing));
  }

  private void checkInMissing(SealedEntry entry) {
    add(
        "check_in of " + entry.entry().subject(),
        "is missing or changed, though entry %d tells of it".formatted(entry.sequence()));
  }

  private void readingMissing(SealedEntry entry) {
    if (evidence.hasReadingAt(entry.entry().subject(), entry.entry().at())) {
      return; // published while this check was under way
    }
    add(
        "reading of " + entry.entry().subject(),
        "is missing or changed, though entry %d tells of it at %s: %s"
            .formatted(entry.sequence(), entry.entry().at(), entry.entry().detail()));
  }

  private void statementTold(SealedEntry entry) {
    Optional<Statement> told =
        statements.stream().filter(it -> tells(entry.entry(), it)).findFirst();
    if (told.map(statements::remove).orElse(false)
        || evidence.statements().stream().anyMatch(it -> tells(entry.entry(), it))) {
      return;
    }
    add(
        "statement about " + entry.entry().subject(),
        "is missing or changed, though entry %d tells of it: %s"
            .formatted(entry.sequence(), entry.entry().detail()));
  }

  private static boolean tells(AuditEntry entry, Statement said) {
    return entry.subject().equals(said.keyResult())
        && entry.at().equals(said.at())
        && entry.actor().equals(said.by())
        && entry.detail().equals(Wording.of(said));
  }

  private void configurationTold(SealedEntry entry) {
    Matcher named = VERSION.matcher(entry.entry().detail());
    if (!named.matches()) {
      return;
    }
    long version = Long.parseLong(named.group(1));
    ConfigurationText row = configurations.remove(version);
    if (row == null) {
      row = evidence.configuration(version).orElse(null);
    }
    if (row == null) {
      add(
          "config_version " + version,
          "is missing, though entry %d tells of it".formatted(entry.sequence()));
    } else if (!row.digest().equals(entry.entry().subject())
        || !row.loadedAt().equals(entry.entry().at())
        || !entry.entry().detail().equals(wording(row))) {
      add(
          "config_version " + version,
          "is not the one that entry %d tells of".formatted(entry.sequence()));
    }
  }

  private static String wording(ConfigurationText row) {
    return Wording.configuration(row.version(), row.files().keySet(), row.defined());
  }

  private void checkDigest(ConfigurationText row) {
    if (!ConfigurationFolder.digest(row.files()).equals(row.digest())) {
      add("config_version " + row.version(), "has other texts than its digest says");
    }
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }

  private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return one.compareTo(other) == 0;
  }
}
