package io.okrsync.store;

import io.okrsync.connector.Source;
import io.okrsync.sync.Asked;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the unfinished run of a source go on, or clears it away and begins a new one. */
final class RunStarter {
  private final Work work;

  RunStarter(Work work) {
    this.work = work;
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
    if (unfinished != null && unfinished.canGoOn(definition, now)) {
      unfinished.resume(now);
      work.runs().update(unfinished);
      return unfinished.asRun();
    }
    if (unfinished != null && unfinished.isStillWanted(definition)) {
      new Unpublished(work).discard(state);
      unfinished.resumeFromTheStart(now);
      work.runs().update(unfinished);
      return unfinished.asRun();
    }
    if (unfinished != null) {
      discard(unfinished, state, now);
    }
    @Nullable Instant due = incremental ? state.since(definition, source.overlap()) : null;
    @Nullable Instant since = asked.kind() == RunKind.BACKFILL ? asked.from() : due;
    StoredRun run =
        work.runs().add(StoredRun.begun(source, definition, trigger, asked, since, now));
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
    if (unfinished != null) {
      discard(unfinished, state, now);
    }
    @Nullable Instant since = complete ? null : now;
    StoredRun run =
        work.runs().add(StoredRun.begun(source, definition, Trigger.PUSH, Asked.SYNC, since, now));
    work.intake().note(run.id(), source.name(), request);
    state.beginning(run);
    work.sources().update(state);
    return new PushedRun(run.asRun(), false);
  }

  private @Nullable StoredRun unfinished(StoredSource state) {
    Long unfinished = state.unfinishedRun();
    return unfinished == null ? null : work.runs().stored(unfinished).orElse(null);
  }

  private void discard(StoredRun run, StoredSource state, Instant now) throws SQLException {
    new Unpublished(work).discard(state);
    String why = "it could not go on, because it is too old or the source changed; begins anew";
    if (run.abandon(why, now)) {
      work.audit().runEnded(run.asRun());
    }
    work.runs().update(run);
  }
}
