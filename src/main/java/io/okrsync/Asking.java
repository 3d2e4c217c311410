package io.okrsync;

import io.okrsync.connector.Connector;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Source;
import io.okrsync.schedule.Schedule;
import io.okrsync.store.Store;
import io.okrsync.sync.Asked;
import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What can be asked of a source, which of it is due, and what is to be asked when a run has ended.
 */
final class Asking {
  /** After this time a comparison that failed is tried again, if it is not due before. */
  private static final Duration TRIES_AGAIN_AFTER = Duration.ofHours(1);

  private static final Duration LOOKS_AGAIN_AFTER = Duration.ofDays(1);

  private static final Duration SOON = Duration.ofHours(1);

  /** The kinds of runs that may read all records. */
  private static final Set<RunKind> RECORDS = Set.of(RunKind.SYNC, RunKind.RECONCILE);

  /** The kinds of runs that may read the ids of all records. */
  private static final Set<RunKind> IDS = Set.of(RunKind.SYNC, RunKind.RECONCILE, RunKind.CENSUS);

  private final Connectors connectors;
  private final Store store;
  private final InForce inForce;
  private final Clock clock;

  Asking(Connectors connectors, Store store, InForce inForce, Clock clock) {
    this.connectors = connectors;
    this.store = store;
    this.inForce = inForce;
    this.clock = clock;
  }

  /** All that decides what the source returns. */
  String definition(Source source) {
    String version = connectors.named(source.connector()).map(Connector::version).orElse("missing");
    return Setup.definition(source) + " " + version;
  }

  /** Whether it can be asked for what changed. */
  boolean readsChanges(Source source) {
    return connectors.named(source.connector()).map(it -> it.readsChanges(source)).orElse(false);
  }

  /** Whether its ids can be listed without the records. */
  boolean listsIds(Source source) {
    return connectors.named(source.connector()).map(it -> it.listsIds(source)).orElse(false);
  }

  /** Why what is asked cannot be done with this source, and what to do; empty where it can. */
  Optional<String> refusal(Source source, Asked asked) {
    String name = source.name();
    if (connectors.named(source.connector()).map(Connector::isPushed).orElse(false)) {
      return Optional.of(
          "Source '%s' cannot be asked, it is sent to us: POST /api/v1/intake/%s"
              .formatted(name, name));
    }
    if (asked.kind() == RunKind.SYNC) {
      return Optional.empty();
    }
    if (!readsChanges(source)) {
      return Optional.of(
          "Source '%s' cannot be asked for what changed, so each of its runs reads everything; there is nothing to %s: sync it"
              .formatted(name, asked.kind().label()));
    }
    if (asked.kind() == RunKind.CENSUS && !listsIds(source)) {
      return Optional.of(
          "Source '%s' cannot list its ids alone; reconcile it, which reads everything"
              .formatted(name));
    }
    return store.isReadAs(name, definition(source))
        ? Optional.empty()
        : Optional.of(
            "Source '%s' was not read yet as it is configured now, and its next run reads everything; there is nothing to %s: sync it"
                .formatted(name, asked.kind().label()));
  }

  /** What is really to be done: everything is read again when that is due. */
  Asked wanted(Setup setup, Source source, Asked asked) {
    boolean due = asked.kind() == RunKind.SYNC && isDue(reconcileAt(setup, source));
    return due ? Asked.RECONCILE : asked;
  }

  /**
   * From when on the next run reads everything; empty where none does, or each does anyway. It is
   * within a day where something was left out that only such a run comes to.
   */
  Optional<Instant> reconcileAt(Setup setup, Source source) {
    if (refusal(source, Asked.RECONCILE).isPresent()) {
      return Optional.empty();
    }
    Optional<SyncRun> last = store.lastOfEverything(source.name(), RECORDS);
    Schedule reconcile = setup.comparisons(source.name()).reconcile();
    Optional<Instant> due =
        last.flatMap(it -> reconcile == null ? Optional.empty() : dueAt(reconcile, it));
    Optional<Instant> soon =
        last.filter(it -> store.leavesBehind(source))
            .map(it -> it.startedAt().plus(LOOKS_AGAIN_AFTER));
    return Stream.of(due, soon).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** From when on the ids are listed after the next run; empty where they never are. */
  Optional<Instant> censusAt(Setup setup, Source source) {
    Schedule census = setup.comparisons(source.name()).census();
    return census == null || refusal(source, Asked.CENSUS).isPresent()
        ? Optional.empty()
        : store.lastOfEverything(source.name(), IDS).flatMap(it -> dueAt(census, it));
  }

  /** What is to follow a run that has ended, for all that was asked to be done. */
  Optional<Asked> after(SyncRun run, Asked asked) {
    if (!asked.isMetBy(run)) {
      return run.outcome().isWell() ? Optional.of(asked) : Optional.empty();
    }
    if (isContradicted(run)) {
      return Optional.of(Asked.RECONCILE);
    }
    if (!run.outcome().isWell()) {
      return Optional.empty();
    }
    boolean census = run.kind().isLive() && isCensusDue(run.source());
    return census ? Optional.of(Asked.CENSUS) : secondLook(run.source());
  }

  /**
   * How to look again for records that the last look did not bring, and that may be there; empty
   * where that is not due. A look that came to nothing is tried again after an hour. Where one look
   * may have taken for gone what is there, only reading everything brings it back.
   */
  Optional<Asked> secondLook(String name) {
    Optional<SyncRun> look = store.owesLook(name).flatMap(store::run);
    if (look.isEmpty() || !isTimeFor(look.get())) {
      return Optional.empty();
    }
    return inForce.during(
        setup -> {
          Source source = setup.configuration().sources().get(name);
          if (source == null) {
            return Optional.empty();
          }
          return Stream.of(Asked.CENSUS, Asked.RECONCILE, Asked.SYNC)
              .filter(it -> refusal(source, it).isEmpty())
              .filter(it -> it.kind() != RunKind.CENSUS || idsSuffice(look.get(), source))
              .filter(it -> it.kind() != RunKind.SYNC || !isSoonRead(setup, name))
              .findFirst();
        });
  }

  /** What a census saw again is read once a day at most: it may be no record for us. */
  private boolean isTimeFor(SyncRun look) {
    String source = look.source();
    boolean wasTried =
        store.lastOfEverything(source, IDS).filter(it -> it.id() > look.id()).isPresent();
    return (!wasTried || wereReadBefore(source, IDS, TRIES_AGAIN_AFTER))
        && (!store.sawReturned(look)
            || wereReadBefore(source, Set.of(RunKind.RECONCILE), LOOKS_AGAIN_AFTER));
  }

  /** Whether the look has taken nothing for gone that may be there. */
  private boolean idsSuffice(SyncRun look, Source source) {
    return look.kind() != RunKind.SYNC
        && store.wasDefinedAs(look, definition(source))
        && !store.sawReturned(look);
  }

  /** Whether its schedule asks for it soon anyway. */
  private boolean isSoonRead(Setup setup, String source) {
    Schedule schedule = setup.configuration().schedules().get(source);
    Instant soon = clock.instant().plus(SOON);
    return schedule != null && !schedule.after(clock.instant()).isAfter(soon);
  }

  /** An empty answer that what is known contradicts; reading everything tells who is right. */
  private boolean isContradicted(SyncRun run) {
    return run.kind() == RunKind.SYNC
        && run.outcome() == Outcome.FAILED
        && run.trigger() != Trigger.PUSH
        && !run.readsEverything()
        && run.readToTheEnd()
        && run.counts().read() == 0
        && wereReadBefore(run.source(), RECORDS, TRIES_AGAIN_AFTER);
  }

  /** Whether all were read last by a run of these kinds at least this long ago, or never. */
  private boolean wereReadBefore(String source, Set<RunKind> kinds, Duration ago) {
    return store
        .lastOfEverything(source, kinds)
        .map(SyncRun::startedAt)
        .map(it -> isYetToCome(it) || !it.plus(ago).isAfter(clock.instant()))
        .orElse(true);
  }

  /** Whether the ids are to be listed, now that what changed is known. */
  private boolean isCensusDue(String name) {
    return inForce.during(
        setup -> {
          Source source = setup.configuration().sources().get(name);
          return source != null && isDue(censusAt(setup, source));
        });
  }

  private boolean isDue(Optional<Instant> at) {
    return at.map(it -> !it.isAfter(clock.instant())).orElse(false);
  }

  private boolean isYetToCome(Instant began) {
    return ClockPutBack.isShownBy(began, clock.instant());
  }

  /**
   * At once where the last one was at a time yet to come: it may be long before it comes. Empty
   * where the schedule does not come again.
   */
  private Optional<Instant> dueAt(Schedule schedule, SyncRun last) {
    if (isYetToCome(last.startedAt())) {
      return Optional.of(clock.instant());
    }
    Instant next = schedule.after(last.startedAt());
    Instant again = last.startedAt().plus(TRIES_AGAIN_AFTER);
    Instant due = last.outcome() == Outcome.FAILED && again.isBefore(next) ? again : next;
    return Optional.of(due).filter(it -> !it.equals(Instant.MAX));
  }
}
