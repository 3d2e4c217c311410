package io.okrsync;

import io.okrsync.connector.Source;
import io.okrsync.connector.SourceFailure;
import io.okrsync.store.AtWorkElsewhere;
import io.okrsync.store.Store;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ends of runs that publish nothing: failed, cut off, or never begun. Each says why, what is
 * kept, and what happens next.
 */
final class Endings {
  /** So long no schedule tries credentials that were refused: some vendors lock who goes on. */
  private static final Duration REFUSED_FOR = Duration.ofHours(1);

  private final Store store;
  private final Clock clock;
  private final Consumer<SyncRun> ended;
  private final Pauses pauses = new Pauses();

  /** The sources, as they were configured, whose credentials were refused since the start. */
  private final Map<String, Source> refused = new ConcurrentHashMap<>();

  /**
   * @param ended told of runs that broke off and go on soon
   */
  Endings(Store store, Clock clock, Consumer<SyncRun> ended) {
    this.store = store;
    this.clock = clock;
    this.ended = ended;
  }

  /**
   * A run whose source could not be read. One that took up a place and could not read even one page
   * from it does not keep that place: cursors of vendors expire, and then only beginning anew
   * helps.
   *
   * @param begun the run as it began, or was taken up
   */
  SyncRun unread(SyncPipeline.Begun begun, SyncRun run, SourceFailure failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.remedy()) {
      case RETRY_LATER -> interrupted(run, message, failure.retryAt());
      case REAUTHENTICATE -> {
        refused.put(run.source(), begun.source());
        boolean keepsPlace = run.kind() == RunKind.SYNC;
        String why = message + "; " + next(run, keepsPlace);
        yield store.refuse(run, why, keepsPlace, now().plus(REFUSED_FOR), now());
      }
      case BEGIN_ANEW -> failed(run, message, false);
      case ASK_ADMIN -> {
        @Nullable String from = begun.run().cursor();
        boolean gotOn = from == null || !from.equals(run.cursor());
        yield failed(run, message, gotOn && run.kind() == RunKind.SYNC);
      }
    };
  }

  private SyncRun failed(SyncRun run, String message, boolean keepsPlace) {
    return store.fail(run, message + "; " + next(run, keepsPlace), keepsPlace, now());
  }

  private static String next(SyncRun run, boolean keepsPlace) {
    return keepsPlace ? "nothing is published until it is repaired" : anew(run);
  }

  /** No other run stands in the way of an ordinary one. */
  private static String anew(SyncRun run) {
    return switch (run.kind()) {
      case SYNC -> "nothing is published, the next run begins anew";
      case RECONCILE ->
          "nothing of it is kept; it is tried again after an hour, and until then runs read what"
              + " changed";
      case CENSUS -> "nothing was removed; it is tried again after an hour";
      case BACKFILL -> "nothing of it is kept; ask for the backfill again when that is repaired";
    };
  }

  private SyncRun interrupted(SyncRun run, String message, @Nullable Instant until) {
    return until == null
        ? store.interrupt(run, message + "; the next run goes on from here", now())
        : store.interrupt(run, message, until, now());
  }

  /** The source was configured anew meanwhile, so what it told before is of no use. */
  SyncRun overtaken(SyncRun run, String next) {
    return failed(run, "the source was configured anew meanwhile; " + next);
  }

  /** What came is not what was read for, or not all; nothing of it is kept. */
  SyncRun failed(SyncRun run, String why) {
    return store.fail(run, why, false, now());
  }

  /**
   * What nobody planned, such as a full disk: what was stored stays, and the run goes on later.
   * Only our own store was away, not the source, so it is asked again soon; what was pushed is sent
   * again by its sender.
   */
  void brokeOff(SyncRun run, Throwable failure) {
    String why = "broke off: " + failure.getMessage();
    try {
      if (!(failure instanceof StoreUnavailable)) {
        store.interrupt(run, why + "; goes on with the next run", now());
      } else if (run.trigger() == Trigger.PUSH) {
        store.interrupt(run, why, now());
      } else {
        Instant soon = pauses.end(run.source(), now());
        tell(store.interrupt(run, why, soon, now()));
      }
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  /** Other processes are told that this one is at work, and so leave its runs alone. */
  void announce() {
    store.announce();
  }

  /** The runs that have not ended, as far as it is stored, and that no other process works on. */
  List<SyncRun> notElsewhere() {
    return store.notElsewhere();
  }

  /**
   * Ends a run that could not say that it broke off, since the database was away or the process
   * killed; empty where it needs no end.
   *
   * @param isAtWork whether somebody works on its source after all
   */
  Optional<SyncRun> left(SyncRun run, BooleanSupplier isAtWork) {
    @Nullable Instant soon = run.trigger() == Trigger.PUSH ? null : pauses.end(run.source(), now());
    Optional<SyncRun> left = store.interruptLeft(run, isAtWork, soon, now());
    left.ifPresent(this::tell);
    return left;
  }

  private void tell(SyncRun run) {
    pauses.began(run);
    ended.accept(run);
  }

  /**
   * The last run of this source, when it says that the source is to be left alone for a while;
   * empty where the source may be asked, as it may once it is configured anew. Refused credentials
   * are tried again as soon as the configuration, with its secrets, is loaded again.
   */
  Optional<SyncRun> waiting(Source source, String definition) {
    boolean sameCredentials = source == refused.get(source.name());
    return store
        .lastBegun(source.name())
        .filter(run -> run.waits(now()))
        .filter(run -> store.wasDefinedAs(run, definition))
        .filter(run -> !run.needsAuthorisation() || sameCredentials);
  }

  /** The run of this source about which a person has to decide; empty where there is none. */
  Optional<SyncRun> held(String source) {
    return store.held(source);
  }

  /**
   * Notes that a run was asked for and not begun, because one is held; at most once after each held
   * run by the schedule, which would go on asking all night.
   */
  Optional<SyncRun> skipHeld(SyncRun held, Asked asked, Trigger trigger) {
    boolean noted =
        store.runs(held.source(), 1).stream()
            .anyMatch(it -> it.outcome() == Outcome.SKIPPED && it.id() > held.id());
    if (noted && trigger == Trigger.SCHEDULE) {
      return Optional.empty();
    }
    return Optional.of(skipped(held.source(), asked, trigger, SyncRun.held(held)));
  }

  /** Notes that a run was asked for by the schedule while the one before was still at work. */
  SyncRun skip(String source, SyncRun atWork) {
    String reason = "run %d of this source was still at work".formatted(atWork.id());
    return skipped(source, Asked.SYNC, Trigger.SCHEDULE, reason);
  }

  /** Notes that a run was asked for while another process is at work on the source. */
  SyncRun skip(AtWorkElsewhere other, Asked asked, Trigger trigger) {
    return skipped(other.run().source(), asked, trigger, String.valueOf(other.getMessage()));
  }

  /**
   * Notes that what a person asked for was not begun, since a run that went on first is not well.
   */
  void skipBehind(SyncRun run, Asked asked) {
    String reason =
        "%s was not begun: run %d goes on first, and is %s; ask again when it has ended"
            .formatted(asked.inWords(), run.id(), run.outcome().label());
    skipped(run.source(), asked, Trigger.MANUAL, reason);
  }

  private SyncRun skipped(String source, Asked asked, Trigger trigger, String reason) {
    return store.skipped(source, trigger, asked, reason, now());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
