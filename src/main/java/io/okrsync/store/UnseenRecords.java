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
import java.util.stream.Stream;

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
    Optional<Long> notSince =
        database.get(this::anyUnseen) ? database.get(this::lookBefore) : Optional.empty();
    Optional<String> done = notSince.map(it -> BEFORE_ALL);
    while (done.isPresent()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException(
            "looking for what is gone from '%s' was stopped".formatted(run.source()));
      }
      String last = done.get();
      done = database.change(work -> endAfter(last, notSince.get(), work));
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

  /**
   * The look that did not bring them either: what no run has seen since is gone. It is this one
   * where it read all at one moment. Where the source was configured otherwise at the look before,
   * or since, it is the first run after that, which may be this one too. Empty where this is the
   * first look.
   */
  private Optional<Long> lookBefore(Work work) {
    StoredSource source = work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    LooksBefore looks = work.runs().looksBefore(source, stored);
    if (stored.isOfOneMoment(looks.last(), source.records())) {
      return Optional.of(run.id());
    }
    Long otherwise = looks.otherwise();
    if (otherwise != null) {
      Long first = work.runs().firstAlike(source, stored, otherwise);
      return Optional.of(first == null ? run.id() : first);
    }
    return Optional.ofNullable(looks.last()).map(StoredRun::id);
  }

  /** Ends those among some more records; says up to which it has looked, or nothing at the end. */
  private Optional<String> endAfter(String last, long notSince, Work work) throws SQLException {
    work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    List<Change> open = work.records(run.source()).endOfOpenAfter(last, run.id());
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Set<String> noted =
        work.seen(run).noted(open.stream().map(Change::recordId).collect(Collectors.toSet()));
    List<Change> gone =
        unseenSince(notSince, open.stream().filter(it -> !noted.contains(it.recordId())), work);
    work.records(run.source()).write(run.id(), gone);
    work.differences().noteUnseen(stored, gone);
    stored.lost(gone.size());
    stored.wrote(gone);
    work.runs().update(stored);
    return Optional.of(open.get(open.size() - 1).recordId());
  }

  private List<Change> unseenSince(long earlier, Stream<Change> unseen, Work work)
      throws SQLException {
    List<Change> older =
        unseen.filter(it -> requireNonNull(it.before()).sinceRun() < earlier).toList();
    Set<String> seen =
        work.seen(run).notedSince(earlier, older.stream().map(Change::recordId).toList());
    return older.stream().filter(it -> !seen.contains(it.recordId())).toList();
  }
}
