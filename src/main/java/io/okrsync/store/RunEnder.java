package io.okrsync.store;

import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends runs that do not publish, each with its reason. */
final class RunEnder {
  private final Work work;

  RunEnder(Work work) {
    this.work = work;
  }

  SyncRun interrupt(SyncRun run, String reason, Instant now) {
    StoredRun stored = work.runs().atWork(run);
    stored.interrupt(reason, now);
    return ended(stored);
  }

  SyncRun interrupt(SyncRun run, String reason, Instant until, Instant now) {
    StoredRun stored = work.runs().atWork(run);
    stored.interrupt(reason, until, now);
    return ended(stored);
  }

  SyncRun refuse(SyncRun run, String reason, boolean keepsPlace, Instant until, Instant now) {
    StoredRun stored = work.runs().atWork(run);
    stored.refuse(reason, keepsPlace, until, now);
    return ended(stored);
  }

  SyncRun fail(SyncRun run, String reason, boolean keepsPlace, Instant now) {
    StoredRun stored = work.runs().atWork(run);
    stored.fail(reason, keepsPlace, now);
    return ended(stored);
  }

  SyncRun hold(SyncRun run, String reason, Instant now) {
    StoredRun stored = work.runs().atWork(run);
    stored.hold(reason, now);
    return ended(stored);
  }

  SyncRun skip(String source, Trigger trigger, Asked asked, String reason, Instant now) {
    StoredRun skipped = work.runs().add(StoredRun.skipped(source, trigger, asked, reason, now));
    work.audit().runEnded(skipped);
    return skipped.asRun();
  }

  /** The runs at work that were begun by this process, or by one that is gone. */
  List<SyncRun> notElsewhere(Presence presence) throws SQLException {
    List<SyncRun> found = new ArrayList<>();
    for (StoredRun run : work.runs().allAtWork()) {
      if (!presence.isElsewhere(run.owner(), work.sql())) {
        found.add(run.asRun());
      }
    }
    return found;
  }

  /** One of the runs at work when the process has only just started, so that it is at none. */
  void interruptStopped(SyncRun run, Presence presence, Instant now) throws SQLException {
    String goesOn =
        run.trigger() == Trigger.PUSH
            ? "goes on when the same is sent again"
            : "goes on with the next run";
    var unused =
        interrupt(run, presence, () -> false, left -> "the process stopped; " + goesOn, null, now);
  }

  Optional<SyncRun> interruptLeft(
      SyncRun run,
      Presence presence,
      BooleanSupplier isAtWork,
      @Nullable Instant until,
      Instant now)
      throws SQLException {
    return interrupt(
        run,
        presence,
        isAtWork,
        left ->
            left.isOf(presence.self())
                ? "broke off: the database was away for a while"
                : "the process that read it stopped, or lost its database",
        until,
        now);
  }

  /**
   * Whoever begins a run locks its source, and says before that it is at work: so who is not at
   * work while the source is locked here comes only after this, and finds the run interrupted.
   */
  private Optional<SyncRun> interrupt(
      SyncRun run,
      Presence presence,
      BooleanSupplier isAtWork,
      Function<StoredRun, String> why,
      @Nullable Instant until,
      Instant now)
      throws SQLException {
    work.sources().locked(run.source());
    @Nullable StoredRun left =
        work.runs()
            .locked(run.id())
            .filter(StoredRun::isRunning)
            .filter(it -> !isAtWork.getAsBoolean())
            .orElse(null);
    if (left == null || presence.isElsewhere(left.owner(), work.sql())) {
      return Optional.empty();
    }
    left.interrupt(why.apply(left), until, now);
    left.belongsTo(presence.self());
    return Optional.of(ended(left));
  }

  private SyncRun ended(StoredRun stored) {
    work.runs().update(stored);
    work.audit().runEnded(stored);
    return stored.asRun();
  }
}
