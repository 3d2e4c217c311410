package io.okrsync.store;

import io.okrsync.okr.Cause;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.Statement;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Differences;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The one transaction by which anything becomes visible. */
final class Publisher {
  private final Work work;

  Publisher(Work work) {
    this.work = work;
  }

  Publication publish(
      SyncRun run, long configVersion, Function<Readings, List<KeyResultChange>> moves, Instant now)
      throws SQLException {
    StoredSource source = work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    if (stored.asRun().counts().balance() instanceof Balance.Off off) {
      throw new IllegalStateException(
          "run %d is published but %s".formatted(run.id(), off.reason()));
    }
    @Nullable String doubt = stored.readsEverything() ? stored.doubt() : null;
    if (stored.kind() == RunKind.CENSUS) {
      doubt = unknown(stored);
    }
    source.published(stored);
    if (stored.readsEverything()) { // of all runs since the look before, so not with each
      source.looked(stored, work.runs().looksBefore(source, stored));
    }
    long missed = stored.readsEverything() ? source.missedBy(stored) : 0;
    String missing = stored.looksForAll() ? missed(missed) : null;
    stored.publish(both(run.reason(), both(doubt, missing)), now);
    work.runs().update(stored);
    work.sources().update(source);
    for (StoredMeasure measure : work.measures().of(run.source())) {
      if (measure.isUpToDate()) {
        work.dailyTotals(run.source()).follow(measure.id(), run.id());
      }
    }

    SyncRun published = stored.asRun();
    work.audit().runEnded(stored);
    Differences found = work.differences().of(published.id(), AuditLog.FOUND_LISTED);
    if (found.all() > 0) {
      work.audit().found(published, found, work.differences().seal(published.id()));
    }
    return new Publication(published, missed, move(moves, published, configVersion));
  }

  List<KeyResultChange> publish(long configVersion, Function<Readings, List<KeyResultChange>> moves)
      throws SQLException {
    work.audit().lock();
    return move(moves, null, configVersion);
  }

  /** A person types a value, while the chain is locked. */
  void type(Statement said, long configVersion) throws SQLException {
    KeyResultReading before =
        work.history().latest(List.of(said.keyResult())).get(said.keyResult());
    KeyResultChange change =
        new KeyResultChange(
            said.keyResult(),
            before == null ? null : before.value(),
            said.value(),
            null,
            Cause.TYPED,
            said.at(),
            List.of());
    work.history().append(List.of(change), null, configVersion);
    work.audit().typed(change, said.by(), configVersion);
  }

  /**
   * Reads, and writes what moved, while the chain is locked: nothing can be published meanwhile.
   */
  private List<KeyResultChange> move(
      Function<Readings, List<KeyResultChange>> moves, @Nullable SyncRun run, long configVersion)
      throws SQLException {
    List<KeyResultChange> changes = moves.apply(new PublishedReadings(work));
    work.history().append(changes, run == null ? null : run.id(), configVersion);
    work.audit().keyResultsMoved(changes, run, configVersion);
    return changes;
  }

  private static @Nullable String missed(long missed) {
    return missed == 0
        ? null
        : "records that did not come: %d; they count until another look does not bring them either"
            .formatted(missed);
  }

  private static @Nullable String unknown(StoredRun census) {
    if (census.returned() > 0) {
      return "ids are there again of which the record was taken for gone: %d; everything is read next, once a day at most"
          .formatted(census.returned());
    }
    long ids = census.unknown();
    return ids == 0
        ? null
        : "%d of the ids %s not known here; what is new comes with the next run, and what runs missed with a reconcile"
            .formatted(ids, ids == 1 ? "is" : "are");
  }

  private static @Nullable String both(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + "; " + other;
  }
}
