package io.okrsync.store;

import io.okrsync.okr.KeyResultChange;
import io.okrsync.sync.Balance;
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
    @Nullable String doubt = stored.readsEverything() ? doubt(run) : null;
    int unseen = stored.readsEverything() && doubt == null ? closeUnseen(run) : 0;
    stored.publish(both(run.reason(), doubt), unseen, now);
    source.published(stored);
    work.runs().update(stored);
    work.sources().update(source);
    work.seen(run.id()).clear();

    SyncRun published = stored.asRun();
    work.audit().runEnded(published);
    return new Publication(published, move(moves, published, configVersion));
  }

  List<KeyResultChange> publish(
      long configVersion, Function<Readings, List<KeyResultChange>> moves) {
    work.audit().lock();
    return move(moves, null, configVersion);
  }

  /**
   * Reads, and writes what moved, while the chain is locked: nothing can be published meanwhile.
   */
  private List<KeyResultChange> move(
      Function<Readings, List<KeyResultChange>> moves, @Nullable SyncRun run, long configVersion) {
    List<KeyResultChange> changes = moves.apply(new PublishedReadings(work));
    for (KeyResultChange change : changes) {
      work.history().append(change, run == null ? null : run.id(), configVersion);
      work.audit().keyResultMoved(change, run);
    }
    return changes;
  }

  /** Why a record that was not seen may be there all the same; null where there is no doubt. */
  private @Nullable String doubt(SyncRun run) throws SQLException {
    if (run.counts().rejected() > 0) {
      return "nothing was taken as removed while items are rejected";
    }
    if (work.seen(run.id()).count() < run.counts().read()) {
      return "a record came twice, so pages may have shifted; nothing was taken as removed";
    }
    return null;
  }

  private static @Nullable String both(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one + "; " + other;
  }

  private int closeUnseen(SyncRun run) throws SQLException {
    int unseen = work.records(run.source()).closeUnseen(run.id());
    if (unseen > 0) {
      for (StoredMeasure measure : work.measures().of(run.source())) {
        if (measure.isUpToDate()) {
          work.contributions().closeUnseen(measure.id(), run.id());
        }
      }
    }
    return unseen;
  }
}
