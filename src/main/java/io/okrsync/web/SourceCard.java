package io.okrsync.web;

import io.okrsync.store.SourceState;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source on the page of runs.
 *
 * @param action where the form of "Sync now" goes; null where the source cannot be asked
 * @param held whether no run begins until a person has decided about one
 * @param backfills whether it can be asked for what changed in a span of time
 * @param listsIds whether it can be asked for its ids alone
 * @param atWork null while no run is
 * @param readAt null before the first published run
 * @param nextReconcile when everything is read again; null where that is not planned
 * @param nextCensus when its ids are listed; null where that is not planned
 * @param lastRun null before the first run
 */
public record SourceCard(
    String name,
    String connector,
    String schedule,
    String records,
    @Nullable String action,
    boolean held,
    boolean backfills,
    boolean listsIds,
    String runs,
    @Nullable Badge atWork,
    Badge freshness,
    @Nullable Moment readAt,
    @Nullable Moment nextRun,
    @Nullable Moment nextReconcile,
    @Nullable Moment nextCensus,
    @Nullable String waiting,
    List<Worry> concerns,
    @Nullable RunRow lastRun) {

  /** Something its runs show only together, with the words that say so. */
  public record Worry(Badge badge, Reason reason) {
    static Worry of(Concern concern) {
      return new Worry(Badge.of(concern.kind()), Reason.of(concern.sentence()));
    }
  }

  static SourceCard of(SourceRow row, Moments moments) {
    SourceState state = row.state();
    SyncRun last = state.lastRun();
    var readAt = state.readAt();
    return new SourceCard(
        row.name(),
        row.connector(),
        row.schedule(),
        RunRow.count(state.records()),
        row.isPushed() ? null : Addresses.sync(row.name()),
        row.isHeld(),
        row.comparing().possible(),
        row.comparing().listsIds(),
        Addresses.runsOf(row.name()),
        last != null && last.outcome() == Outcome.RUNNING ? Badge.AT_WORK : null,
        Badge.of(row.freshness()),
        readAt == null ? null : moments.relative(readAt),
        due(row.nextRun(), moments),
        due(row.comparing().reconcile(), moments),
        due(row.comparing().census(), moments),
        waiting(row.waiting(), moments),
        row.concerns().stream().map(Worry::of).toList(),
        last == null ? null : RunRow.of(last, moments));
  }

  private static @Nullable String waiting(SourceRow.@Nullable Wait wait, Moments moments) {
    return wait == null ? null : wait.inWords(moments.at(wait.until()).text());
  }

  private static @Nullable Moment due(@Nullable Instant at, Moments moments) {
    return at == null ? null : moments.due(at);
  }
}
