package io.okrsync;

import io.okrsync.audit.Finding;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.PruningSeal;
import io.okrsync.audit.SealedEntry;
import io.okrsync.store.RecordVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bodies of record versions that were pruned: each is told by an audit entry, was not true any more
 * by then, and what stays of it is as it was sealed.
 */
final class PrunedBodies {
  private final LongSupplier lastEntryNow;
  private final List<Finding> findings;
  private final Map<Long, Pruning> told = new TreeMap<>();
  private final Map<Long, PruningSeal> again = new HashMap<>();
  private long lastEntry;
  private long checked;

  /**
   * @param lastEntryNow the number of the last entry, whenever it is asked for
   */
  PrunedBodies(LongSupplier lastEntryNow, List<Finding> findings) {
    this.lastEntryNow = lastEntryNow;
    this.findings = findings;
  }

  /** Takes an entry, in order. */
  void told(SealedEntry entry) {
    lastEntry = entry.sequence();
    Pruning.of(entry).ifPresent(it -> told.put(it.entry(), it));
  }

  /**
   * Takes a version, by source, record and run.
   *
   * @param parts what it adds to each measure that is stored, by the version of the measure
   */
  void add(String source, RecordVersion version, Map<String, List<@Nullable Object>> parts) {
    Long entry = version.prunedBy();
    if (version.body() != null) {
      if (entry != null) {
        add(source, version, "has a body, though it says that entry %d pruned it".formatted(entry));
      }
      return;
    }
    if (entry != null && entry > lastEntry && entry <= lastEntryNow.getAsLong()) {
      return; // pruned while this check was under way
    }
    Pruning pruning = entry == null ? null : told.get(entry);
    Long until = version.untilRun();
    if (pruning == null || !pruning.source().equals(source)) {
      add(source, version, "has no body, and no entry tells that it was pruned");
    } else if (until == null || until > pruning.endedBy()) {
      add(source, version, "has no body, though it was true after it was pruned");
    } else {
      checked++;
      again
          .computeIfAbsent(pruning.entry(), it -> new PruningSeal())
          .add(version.recordId(), version.sinceRun(), version.hash(), parts);
    }
  }

  /** After the last version; says how many were pruned as they are told to have been. */
  long compare() {
    told.values().forEach(this::compare);
    return checked;
  }

  private void compare(Pruning pruning) {
    PruningSeal seal = again.getOrDefault(pruning.entry(), new PruningSeal());
    if (seal.versions() != pruning.versions() || !seal.digest().equals(pruning.seal())) {
      findings.add(
          new Finding(
              "record_version of '%s' pruned by entry %d"
                  .formatted(pruning.source(), pruning.entry()),
              "there are %d, or what they add to measures, that are not the %d which were sealed"
                  .formatted(seal.versions(), pruning.versions())));
    }
  }

  /** All that the log tells of. */
  List<Pruning> all() {
    return List.copyOf(told.values());
  }

  private void add(String source, RecordVersion version, String what) {
    findings.add(
        new Finding(
            "record_version %s of '%s'".formatted(version.recordId(), source),
            "since run %d %s".formatted(version.sinceRun(), what)));
  }
}
