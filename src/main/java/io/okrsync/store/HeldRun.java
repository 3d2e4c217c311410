package io.okrsync.store;

import io.okrsync.okr.KeyResultChange;
import io.okrsync.sync.Decision;
import io.okrsync.sync.SyncRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A complete run that waits for a person, and what becomes of it. */
final class HeldRun {
  private final Work work;

  HeldRun(Work work) {
    this.work = work;
  }

  Optional<SyncRun> of(String source) {
    return work.sources()
        .stored(source)
        .flatMap(it -> Optional.ofNullable(it.unfinishedRun()))
        .flatMap(work.runs()::stored)
        .filter(StoredRun::isHeld)
        .map(StoredRun::asRun);
  }

  Optional<Publication> release(
      SyncRun run,
      long configVersion,
      Function<Readings, List<KeyResultChange>> moves,
      Decision decision,
      Instant now)
      throws SQLException {
    Optional<StoredRun> held = locked(run);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    held.get().release(because(held.get(), "released", decision));
    held.get().belongsTo(work.process());
    work.runs().update(held.get());
    work.audit().runReleased(run, decision, now);
    SyncRun released = held.get().asRun();
    return Optional.of(new Publisher(work).publish(released, configVersion, moves, now));
  }

  Optional<SyncRun> discard(SyncRun run, Decision decision, Instant now) throws SQLException {
    StoredSource source = work.sources().locked(run.source());
    Optional<StoredRun> held = locked(run);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    new Unpublished(work).discard(source);
    source.discarded(held.get());
    work.sources().update(source);
    String why = because(held.get(), "discarded", decision) + "; " + run.whenDiscarded();
    held.get().discard(why, now);
    work.runs().update(held.get());
    work.audit().runDiscarded(held.get(), decision);
    return held.map(StoredRun::asRun);
  }

  /** The run, if it is still held now that nobody else can decide about it. */
  private Optional<StoredRun> locked(SyncRun run) {
    work.sources().locked(run.source());
    return work.runs().locked(run.id()).filter(StoredRun::isHeld);
  }

  private static String because(StoredRun held, String decided, Decision decision) {
    return (SyncRun.WAS_HELD + "%s; %s by %s: %s")
        .formatted(held.asRun().reason(), decided, decision.by(), decision.reason());
  }
}
