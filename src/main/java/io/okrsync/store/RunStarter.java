package io.okrsync.store;

import io.okrsync.connector.Source;
import io.okrsync.sync.Asked;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the unfinished run of a source go on, or clears it away and begins a new one. */
final class RunStarter {
  private final Work work;
  private final Presence presence;

  RunStarter(Work work, Presence presence) {
    this.work = work;
    this.presence = presence;
  }

  SyncRun begin(
      Source source,
      String definition,
      Trigger trigger,
      Asked asked,
      boolean incremental,
      Instant now)
      throws SQLException {
    StoredSource state = work.sources().locked(source.name());
    StoredRun unfinished = unfinished(state);
    if (unfinished != null && unfinished.isHeld()) {
      throw new IllegalStateException(
          "run %d is held; release or discard it first".formatted(unfinished.id()));
    }
    requireNotElsewhere(unfinished);
    int self = presence.self();
    if (unfinished != null && unfinished.canGoOn(definition, now)) {
      unfinished.resume(now);
      unfinished.belongsTo(self);
      work.runs().update(unfinished);
      return unfinished.asRun();
    }
    if (unfinished != null && unfinished.isStillWanted(definition)) {
      new Unpublished(work).discard(state);
      work.seen(unfinished.asRun()).forget(state.seenUpTo());
      unfinished.resumeFromTheStart(now);
      unfinished.belongsTo(self);
      work.runs().update(unfinished);
      return unfinished.asRun();
    }
    if (unfinished != null) {
      discard(unfinished, state, now);
    }
    @Nullable Instant due = incremental ? state.since(definition, source.overlap(), now) : null;
    @Nullable Instant since =
        switch (asked.kind()) {
          case SYNC -> due;
          case BACKFILL -> asked.from();
          case RECONCILE, CENSUS -> null;
        };
    StoredRun run = StoredRun.begun(source, definition, trigger, asked, since, due, now);
    run.belongsTo(self);
    work.runs().add(run);
    state.beginning(run);
    work.sources().update(state);
    return run.asRun();
  }

  PushedRun push(Source source, String definition, boolean complete, String request, Instant now)
      throws SQLException {
    StoredSource state = work.sources().locked(source.name());
    Optional<StoredRun> before =
        work.intake().run(source.name(), request).flatMap(work.runs()::stored);
    if (before.isPresent() && !before.get().wasCutOff()) {
      return new PushedRun(before.get().asRun(), true);
    }
    StoredRun unfinished = unfinished(state);
    if (unfinished != null && unfinished.isHeld()) {
      throw new IllegalStateException(
          "run %d is held; release or discard it first".formatted(unfinished.id()));
    }
    requireNotElsewhere(unfinished);
    if (unfinished != null) {
      discard(unfinished, state, now);
    }
    @Nullable Instant since = complete ? null : now;
    StoredRun run = StoredRun.begun(source, definition, Trigger.PUSH, Asked.SYNC, since, null, now);
    run.belongsTo(presence.self());
    work.runs().add(run);
    work.intake().note(run.id(), source.name(), request);
    state.beginning(run);
    work.sources().update(state);
    return new PushedRun(run.asRun(), false);
  }

  private void requireNotElsewhere(@Nullable StoredRun unfinished) throws SQLException {
    if (unfinished != null
        && unfinished.isRunning()
        && presence.isElsewhere(unfinished.owner(), work.sql())) {
      throw new AtWorkElsewhere(unfinished.asRun());
    }
  }

  private @Nullable StoredRun unfinished(StoredSource state) {
    Long unfinished = state.unfinishedRun();
    return unfinished == null ? null : work.runs().locked(unfinished).orElse(null);
  }

  private void discard(StoredRun run, StoredSource state, Instant now) throws SQLException {
    new Unpublished(work).discard(state);
    String because =
        run.asRun().cursor() == null
            ? "it had stored nothing yet"
            : "it is too old or the source changed";
    if (run.abandon("it could not go on, because " + because + "; begins anew", now)) {
      work.audit().runEnded(run);
    }
    work.runs().update(run);
  }
}
