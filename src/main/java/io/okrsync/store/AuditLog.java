package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Action;
import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.Pruning;
import io.okrsync.audit.SealedEntry;
import io.okrsync.audit.Wording;
import io.okrsync.okr.Cause;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.PersonName;
import io.okrsync.okr.Statement;
import io.okrsync.sync.Decision;
import io.okrsync.sync.Differences;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** The audit entries. Whoever appends waits for whoever else does, so that there are no gaps. */
final class AuditLog {
  /** Of what a run found, in words; the run's page lists more, and the seal is over all. */
  static final int FOUND_LISTED = 20;

  private final StatelessSession session;

  AuditLog(StatelessSession session) {
    this.session = session;
  }

  /** Locks the end of the chain until the transaction ends. Taken after the lock of a source. */
  StoredHead lock() {
    return requireNonNull(
        session.get(StoredHead.class, StoredHead.ONLY, LockMode.PESSIMISTIC_WRITE),
        "the migration made the row of audit_head");
  }

  void configurationLoaded(
      long version, String digest, Iterable<String> files, String defined, Instant at) {
    String detail = Wording.configuration(version, files, defined);
    append(
        new AuditEntry(at, PersonName.CONFIGURATION, Action.CONFIGURATION_LOADED, digest, detail));
  }

  void runEnded(StoredRun stored) {
    runEnded(stored, lower(stored.asRun().trigger()));
  }

  /** A person decided that a run which was held is not published. */
  void runDiscarded(StoredRun stored, Decision decision) {
    runEnded(stored, decision.by());
  }

  private void runEnded(StoredRun stored, String actor) {
    RunRow row = stored.asRow();
    SyncRun run = row.run();
    append(
        new AuditEntry(
            requireNonNull(run.finishedAt(), "a run that ended says when"),
            actor,
            endedAs(run.outcome()),
            run.source(),
            Wording.of(run, row.definition(), row.versions())));
  }

  private static Action endedAs(Outcome outcome) {
    return switch (outcome) {
      case OK, OK_EMPTY -> Action.RUN_PUBLISHED;
      case PARTIAL -> Action.RUN_PARTIAL;
      case HELD -> Action.RUN_HELD;
      case FAILED -> Action.RUN_FAILED;
      case DISCARDED -> Action.RUN_DISCARDED;
      case SKIPPED -> Action.RUN_SKIPPED;
      case RUNNING -> throw new IllegalArgumentException("a run at work has not ended");
    };
  }

  /** What a published run found that its counts alone do not tell. */
  void found(SyncRun run, Differences found, String seal) {
    append(
        new AuditEntry(
            requireNonNull(run.finishedAt(), "a run that ended says when"),
            lower(run.trigger()),
            Action.RUN_FOUND,
            run.source(),
            Wording.of(run, found, seal)));
  }

  /** One entry each, in their order. */
  void keyResultsMoved(List<KeyResultChange> changes, @Nullable SyncRun run, long configVersion) {
    append(changes.stream().map(it -> moved(it, run, configVersion)).toList());
  }

  private static AuditEntry moved(
      KeyResultChange change, @Nullable SyncRun run, long configVersion) {
    String actor = run == null ? actor(change.cause()) : lower(run.trigger());
    return moved(change, actor, run == null ? null : run.id(), configVersion);
  }

  private static AuditEntry moved(
      KeyResultChange change, String actor, @Nullable Long run, long configVersion) {
    return new AuditEntry(
        change.at(),
        actor,
        Wording.action(change),
        change.keyResult(),
        Wording.of(change, run, configVersion));
  }

  /** A person typed a value. */
  void typed(KeyResultChange change, String by, long configVersion) {
    append(moved(change, by, null, configVersion));
  }

  void stated(Statement said) {
    append(Wording.entry(said));
  }

  private static String actor(Cause cause) {
    return cause == Cause.TIME ? PersonName.CLOCK : PersonName.CONFIGURATION;
  }

  void checkedIn(CheckIn said) {
    append(Wording.entry(said));
  }

  void exported(AuditEntry entry) {
    append(entry);
  }

  /** A person lets a run be published that was held; that it was published is told apart. */
  void runReleased(SyncRun run, Decision decision, Instant at) {
    append(
        new AuditEntry(
            at,
            decision.by(),
            Action.RUN_RELEASED,
            run.source(),
            "run %d: %s".formatted(run.id(), decision.reason())));
  }

  /**
   * Bodies of record versions were pruned.
   *
   * @return the number of the entry that tells of it
   */
  long pruned(String source, long versions, long endedBy, String seal, String actor, Instant at) {
    append(Pruning.entry(source, versions, endedBy, seal, actor, at));
    return lock().sequence();
  }

  /** The next entries after this one, in order. */
  List<SealedEntry> after(long sequence, int limit) {
    return session
        .createNativeQuery(
            "select * from audit_entry where sequence > :after order by sequence",
            StoredEntry.class)
        .setParameter("after", sequence)
        .setMaxResults(limit)
        .getResultStream()
        .map(StoredEntry::asSealed)
        .toList();
  }

  private void append(AuditEntry entry) {
    append(List.of(entry));
  }

  /** Each seals the one before; they are written in one batch, and the end of the chain once. */
  private void append(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    StoredHead head = lock();
    session.insertMultiple(entries.stream().map(it -> new StoredEntry(head.seal(it))).toList());
    session.update(head);
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
