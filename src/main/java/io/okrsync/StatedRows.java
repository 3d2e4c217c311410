package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.config.ConfigurationFolder;
import io.okrsync.okr.CheckIn;
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
  private final SaidRows statements;
  private final SaidRows checkIns;
  private final Map<String, Deque<SealedEntry>> moved = new HashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  /** The entry that tells of the reading at hand. */
  private long lastMoved;

  StatedRows(Evidence evidence, List<Finding> findings) {
    this.evidence = evidence;
    this.findings = findings;
    this.runs = new StatedRuns(evidence, findings);
    this.unreadable = new Unreadable(findings);
    this.statements = new SaidRows("statement", findings);
    this.checkIns = new SaidRows("check_in", findings);
  }

  /** Reads the rows; entries read later tell of all of them. */
  void readRows() {
    unreadable.note("sync_run", () -> counts.put("runs", runs.readRows()));
    evidence
        .configurationVersions()
        .forEach(it -> unreadable.note("config_version " + it, () -> readConfiguration(it)));
    evidence.readings(readings::add, (id, why) -> unreadable.told("reading " + id, why));
    counts.put("configurations", (long) configurations.size());
    readCheckIns(checkIns);
    counts.put("readings", (long) readings.size());
    readStatements(statements);
    counts.put("statements", statements.size());
    counts.put("check-ins", checkIns.size());
    configurations.values().forEach(this::checkDigest);
  }

  private void readConfiguration(long version) {
    evidence.configuration(version).ifPresent(row -> configurations.put(version, row));
  }

  private void readCheckIns(SaidRows to) {
    evidence.checkIns(
        it -> {
          CheckIn said = it.said();
          to.row(it.id(), said == null ? null : Wording.entry(said));
        });
  }

  private void readStatements(SaidRows to) {
    evidence.statements(
        it -> to.row(it.id(), Wording.entry(it.said())), (id, why) -> to.row(id, null));
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
      case "key-result.stated" -> statements.told(entry);
      case "key-result.checked-in" -> checkIns.told(entry);
      default -> {}
    }
  }

  /** After the last entry: what is left over on either side. */
  void compare() {
    runs.compare();
    configurations
        .keySet()
        .forEach(it -> add("config_version " + it, "has no entry that tells of it"));
    statements.compare(this::readStatements);
    checkIns.compare(this::readCheckIns);
    Map<String, BigDecimal> last = new HashMap<>();
    for (KeyResultReading reading : readings) {
      if (last.containsKey(reading.keyResult())
          && !same(last.get(reading.keyResult()), reading.previous())) {
        add("reading " + reading.id(), "does not continue from the value of the reading before it");
      }
      last.put(reading.keyResult(), reading.value());
      compare(reading, moved.getOrDefault(reading.keyResult(), new ArrayDeque<>()));
    }
    moved.values().forEach(left -> left.forEach(this::readingMissing));
  }

  private void compare(KeyResultReading reading, Deque<SealedEntry> told) {
    while (!told.isEmpty() && told.getFirst().entry().at().isBefore(reading.at())) {
      readingMissing(told.removeFirst());
    }
    while (told.stream().skip(1).anyMatch(it -> tells(it, reading))
        && !tells(told.getFirst(), reading)) {
      readingMissing(told.removeFirst());
    }
    if (told.isEmpty() || told.getFirst().entry().at().isAfter(reading.at())) {
      add("reading " + reading.id(), "has no entry that tells of it: it was added or changed");
      return;
    }
    SealedEntry entry = told.removeFirst();
    if (!tells(entry, reading)) {
      add(
          "reading " + reading.id(),
          "is not what entry %d sealed: %s".formatted(entry.sequence(), entry.entry().detail()));
    }
    if (entry.sequence() < lastMoved) {
      add(
          "reading " + reading.id(),
          "does not stand where entry %d tells of it: readings were reordered"
              .formatted(entry.sequence()));
    }
    lastMoved = entry.sequence();
  }

  private static boolean tells(SealedEntry entry, KeyResultReading reading) {
    return entry.entry().at().equals(reading.at())
        && Wording.tells(
            entry.entry().detail(), reading.asChange(), reading.run(), reading.configVersion());
  }

  private void readingMissing(SealedEntry entry) {
    long last = readings.isEmpty() ? 0 : readings.get(readings.size() - 1).id();
    if (evidence.hasReadingAfter(last, entry.entry().subject(), entry.entry().at())) {
      return; // published while this check was under way
    }
    add(
        "reading of " + entry.entry().subject(),
        "is missing or changed, though entry %d tells of it at %s: %s"
            .formatted(entry.sequence(), entry.entry().at(), entry.entry().detail()));
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
