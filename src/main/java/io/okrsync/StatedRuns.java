package io.okrsync;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.store.Evidence;
import io.okrsync.store.RunRow;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The runs that audit entries tell of: each that ended is what its last entry says, is published
 * once, and balances if it is; and what a run found is what its entry says.
 */
final class StatedRuns {
  private static final Pattern RUN = Pattern.compile("run (\\d+):.*", Pattern.DOTALL);
  private static final String PUBLISHED = "run.published";
  private static final Set<String> FOR_GOOD = Set.of(PUBLISHED, "run.skipped");
  private static final Set<String> ENDS =
      Set.of(PUBLISHED, "run.failed", "run.discarded", "run.partial", "run.held", "run.skipped");

  private final Evidence evidence;
  private final List<Finding> findings;
  private final Map<Long, RunRow> rows = new TreeMap<>();
  private final Map<Long, SealedEntry> told = new HashMap<>();
  private final Set<Long> found = new HashSet<>();
  private final Set<Long> unreadable = new HashSet<>();

  StatedRuns(Evidence evidence, List<Finding> findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  /** Reads the rows; entries read later tell of all of them. Says how many there are. */
  long readRows() {
    evidence.runs(it -> rows.put(it.id(), it), this::unreadable);
    return rows.size();
  }

  private void unreadable(long run, RuntimeException why) {
    unreadable.add(run);
    findings.add(place(run, "cannot be read: " + why.getMessage()));
  }

  /** Takes an entry, in order. */
  void told(SealedEntry sealed) {
    AuditEntry entry = sealed.entry();
    Matcher named = RUN.matcher(entry.detail());
    if (!named.matches()) {
      return; // of something else; or changed, as the chain says
    }
    long id = Long.parseLong(named.group(1));
    if (entry.action().equals("run.found")) {
      found(id, sealed);
    }
    if (ENDS.contains(entry.action())) {
      SealedEntry before = told.put(id, sealed);
      if (before != null && before.entry().action().equals(PUBLISHED)) {
        add(id, "was published by entry %d, but entry %d ends it once more", before, sealed);
      }
    }
  }

  /** After the last entry: what is left over on either side. */
  void compare() {
    told.forEach(
        (id, entry) -> {
          if (isGone(id)) {
            add(id, "is missing, though entry %d says: %s", entry, entry.entry().detail());
          }
        });
    rows.values().forEach(this::compare);
    evidence.foundBy().stream()
        .filter(it -> !found.contains(it) && !mayFind(it))
        .forEach(
            it ->
                findings.add(
                    new Finding(
                        "difference of run " + it, "is there, though no entry tells of any")));
  }

  private boolean isGone(long run) {
    return !rows.containsKey(run) && !unreadable.contains(run) && evidence.run(run).isEmpty();
  }

  /** Whether nobody need have told yet what it finds: it is under way, or was begun meanwhile. */
  private boolean mayFind(long run) {
    RunRow row = rows.get(run);
    return row == null ? !isGone(run) : !row.run().outcome().isWell() && isUnfinished(row);
  }

  private boolean isUnfinished(RunRow row) {
    return evidence.unfinishedRun(row.run().source()).equals(Optional.of(row.id()));
  }

  private void compare(RunRow row) {
    SyncRun run = row.run();
    if (isPublished(run) && run.counts().balance() instanceof Balance.Off off) {
      findings.add(place(run.id(), "is published but does not balance: " + off.reason()));
    }
    SealedEntry entry = told.get(run.id());
    boolean isTold = entry != null && tells(entry.entry(), row);
    if (isTold || isAtWork(row, entry) || wentOn(row)) {
      return;
    }
    if (entry == null) {
      findings.add(place(run.id(), "is " + run.outcome().label() + ", but no entry tells of it"));
    } else {
      add(run.id(), "is not what entry %d says: %s", entry, entry.entry().detail());
    }
  }

  private static boolean tells(AuditEntry entry, RunRow row) {
    return Wording.tells(entry.detail(), row.run(), row.definition(), row.versions())
        && entry.subject().equals(row.run().source())
        && entry.at().equals(row.run().finishedAt());
  }

  /** One that was interrupted may go on, and one that has ended for good may not. */
  private boolean isAtWork(RunRow row, @Nullable SealedEntry entry) {
    boolean isEnded = entry != null && FOR_GOOD.contains(entry.entry().action());
    return row.run().outcome() == Outcome.RUNNING && !isEnded && isUnfinished(row);
  }

  /** Whether others have gone on with it while this check was under way. */
  private boolean wentOn(RunRow row) {
    return !evidence.run(row.id()).equals(Optional.of(row));
  }

  private void found(long run, SealedEntry sealed) {
    found.add(run);
    if (!Wording.endsWithSeal(sealed.entry().detail(), evidence.foundSeal(run))) {
      findings.add(
          new Finding(
              "difference of run " + run,
              "is not what entry %d says: %s"
                  .formatted(sealed.sequence(), sealed.entry().detail())));
    }
  }

  private static boolean isPublished(SyncRun run) {
    return run.outcome() == Outcome.OK || run.outcome() == Outcome.OK_EMPTY;
  }

  private void add(long run, String what, SealedEntry entry, Object more) {
    Object second = more instanceof SealedEntry sealed ? sealed.sequence() : more;
    findings.add(place(run, what.formatted(entry.sequence(), second)));
  }

  private static Finding place(long run, String what) {
    return new Finding("sync_run " + run, what);
  }
}
