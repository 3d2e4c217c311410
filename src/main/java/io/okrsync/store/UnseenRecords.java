package io.okrsync.store;

import static java.util.Objects.requireNonNull;

import io.okrsync.store.PageChanges.Change;
import io.okrsync.sync.Balance;
import io.okrsync.sync.SyncRun;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * Ends the records that a run which reads everything did not see, and the one before it neither: a
 * single one may have moved, while the pages were read, from one that was still to come to one that
 * was read already. One look suffices where the source is not what it was: its records are others
 * then, and would count beside those of before. As with pages: in small transactions, seen by
 * nobody until the run is published, and what is done stays done when the run is interrupted.
 * Nothing is looked at when as many records are there as were seen.
 */
final class UnseenRecords {
  private static final String BEFORE_ALL = "";

  private final Database database;
  private final SyncRun run;

  UnseenRecords(Database database, SyncRun run) {
    this.database = database;
    this.run = run;
  }

  void end() {
    Optional<String> done =
        database.get(this::anyUnseen) ? Optional.of(BEFORE_ALL) : Optional.empty();
    while (done.isPresent()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(
            "looking for what is gone from '%s' was stopped".formatted(run.source()));
      }
      String last = done.get();
      done = database.change(work -> endAfter(last, work));
    }
  }

  private boolean anyUnseen(Work work) {
    StoredSource source = work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    return stored.readsEverything()
        && stored.asRun().counts().balance() instanceof Balance.Even
        && stored.doubt() == null
        && source.records() + stored.netRecords() > stored.seenThere();
  }

  /** Ends those among some more records; says up to which it has looked, or nothing at the end. */
  private Optional<String> endAfter(String last, Work work) throws SQLException {
    StoredSource source = work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    List<Change> open = work.records(run.source()).endOfOpenAfter(last, run.id());
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Set<String> noted =
        work.seen(run).noted(open.stream().map(Change::recordId).collect(Collectors.toSet()));
    List<Change> unseen = open.stream().filter(it -> !noted.contains(it.recordId())).toList();
    List<Change> gone =
        stored.isOnePage() || isAnother(source, stored, work)
            ? unseen
            : missedBefore(unseen, source, work);
    work.records(run.source()).write(run.id(), gone);
    work.differences().noteUnseen(stored, gone);
    stored.lost(gone.size());
    stored.wrote(gone);
    work.runs().update(stored);
    return Optional.of(open.get(open.size() - 1).recordId());
  }

  /** Whether the source is configured otherwise than it was at the look before. */
  private static boolean isAnother(StoredSource source, StoredRun run, Work work) {
    return Optional.ofNullable(source.lookedRun())
        .flatMap(work.runs()::stored)
        .filter(before -> !before.definition().equals(run.definition()))
        .isPresent();
  }

  /** Those that the run before, which would have brought any, has not seen, nor one after it. */
  private List<Change> missedBefore(List<Change> unseen, StoredSource source, Work work)
      throws SQLException {
    Long before = source.lookedRun();
    if (before == null) {
      return List.of();
    }
    List<Change> older =
        unseen.stream().filter(it -> requireNonNull(it.before()).sinceRun() < before).toList();
    Set<String> seen =
        work.seen(run).notedSince(before, older.stream().map(Change::recordId).toList());
    return older.stream().filter(it -> !seen.contains(it.recordId())).toList();
  }
}
