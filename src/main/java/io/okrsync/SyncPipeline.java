package io.okrsync;

import io.okrsync.connector.Connector;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Page;
import io.okrsync.connector.Pages;
import io.okrsync.connector.ReadingPlace;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceFailure;
import io.okrsync.okr.Cause;
import io.okrsync.schedule.Schedule;
import io.okrsync.store.AtWorkElsewhere;
import io.okrsync.store.Publication;
import io.okrsync.store.PushedRun;
import io.okrsync.store.RepeatedPage;
import io.okrsync.store.Store;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Differences;
import io.okrsync.sync.Guard;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of the data, for one run of one source: pages are read and stored, one transaction each;
 * when they have ended and the counts balance, one transaction publishes the run and moves the key
 * results that it feeds.
 */
final class SyncPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(SyncPipeline.class);

  /** Of one page; what is wrong with one item is mostly wrong with all. */
  private static final int REJECTIONS_LOGGED = 5;

  /** The page of the run lists more. */
  private static final int FOUND_LOGGED = 20;

  /** A source may look at times by the minute, and leave out what changed at the very time. */
  private static final Duration COARSE = Duration.ofMinutes(1);

  private static final String UNPROVEN =
      "the source returned nothing and tells no total, so nothing proves that it is empty; see"
          + " whether its settings and its token cover what you expect: then discard this run, or"
          + " release it if the source is really empty";

  /** After this time a comparison that failed is tried again, if it is not due before. */
  private static final Duration TRIES_AGAIN_AFTER = Duration.ofHours(1);

  private static final String PAGING_IS_WRONG =
      "the paging of its connector or of the server is wrong; nothing is published, the next run"
          + " begins anew";

  /** So long no schedule tries credentials that were refused: some vendors lock who goes on. */
  private static final Duration REFUSED_FOR = Duration.ofHours(1);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Connectors connectors;
  private final Store store;
  private final InForce inForce;
  private final Clock clock;
  private final Consumer<SyncRun> progress;

  /** The sources, as they were configured, whose credentials were refused since the start. */
  private final Map<String, Source> refused = new ConcurrentHashMap<>();

  SyncPipeline(
      Connectors connectors,
      Store store,
      InForce inForce,
      Clock clock,
      Consumer<SyncRun> progress) {
    this.connectors = connectors;
    this.store = store;
    this.inForce = inForce;
    this.clock = clock;
    this.progress = progress;
  }

  /** A run that has begun, of the source as it was configured then. */
  record Begun(Source source, SyncRun run) {}

  /** Begins a run of this source, or takes up the one that was interrupted. */
  Begun begin(String name, Asked asked, Trigger trigger) {
    Begun begun = inForce.during(setup -> begin(setup, setup.source(name), asked, trigger));
    if (trigger == Trigger.MANUAL) {
      connectors.askAnyway(begun.source());
    }
    LOG.info("run {} begins, {}", begun.run().id(), reading(begun.run()));
    progress.accept(begun.run());
    return begun;
  }

  private Begun begin(Setup setup, Source source, Asked asked, Trigger trigger) {
    store.derive(source.name(), setup.measuresFrom(source.name()));
    boolean due = asked.kind() == RunKind.SYNC && isReconcileDue(setup, source);
    Asked wanted = due ? Asked.RECONCILE : asked;
    boolean incremental = readsChanges(source);
    return new Begun(
        source, store.begin(source, definition(source), trigger, wanted, incremental, now()));
  }

  private boolean readsChanges(Source source) {
    return connectors.named(source.connector()).map(it -> it.readsChanges(source)).orElse(false);
  }

  /** Whether everything is to be read again instead of what changed. */
  private boolean isReconcileDue(Setup setup, Source source) {
    Schedule reconcile = setup.comparisons(source.name()).reconcile();
    return reconcile != null
        && readsChanges(source)
        && store.isReadAs(source.name(), definition(source))
        && store
            .lastOfEverything(source.name(), false)
            .map(it -> isDue(reconcile, it))
            .orElse(false);
  }

  /** Whether the ids are to be listed, now that what changed is known. */
  private boolean isCensusDue(String name) {
    return inForce.during(
        setup -> {
          Source source = setup.configuration().sources().get(name);
          if (source == null) {
            return false;
          }
          Schedule census = setup.comparisons(name).census();
          return census != null
              && refusal(source, Asked.CENSUS).isEmpty()
              && store.lastOfEverything(name, true).map(it -> isDue(census, it)).orElse(false);
        });
  }

  private boolean listsIds(Source source) {
    return connectors.named(source.connector()).map(it -> it.listsIds(source)).orElse(false);
  }

  private boolean isDue(Schedule schedule, SyncRun last) {
    Instant next = schedule.after(last.startedAt());
    Instant again = last.startedAt().plus(TRIES_AGAIN_AFTER);
    boolean failed = last.outcome() == Outcome.FAILED;
    return !(failed && again.isBefore(next) ? again : next).isAfter(now());
  }

  /** Why what is asked cannot be done with this source, and what to do; empty where it can. */
  Optional<String> refusal(Source source, Asked asked) {
    if (connectors.named(source.connector()).map(Connector::isPushed).orElse(false)) {
      return Optional.of(
          "Source '%s' cannot be asked, it is sent to us: POST /api/v1/intake/%s"
              .formatted(source.name(), source.name()));
    }
    if (asked.kind() == RunKind.SYNC) {
      return Optional.empty();
    }
    if (!readsChanges(source)) {
      return Optional.of(
          "Source '%s' cannot be asked for what changed, so each of its runs reads everything; there is nothing to %s: sync it"
              .formatted(source.name(), asked.kind().label()));
    }
    if (asked.kind() == RunKind.CENSUS && !listsIds(source)) {
      return Optional.of(
          "Source '%s' cannot list its ids alone; reconcile it, which reads everything"
              .formatted(source.name()));
    }
    if (!store.isReadAs(source.name(), definition(source))) {
      return Optional.of(
          "Source '%s' was not read yet as it is configured now, and its next run reads everything; there is nothing to %s: sync it"
              .formatted(source.name(), asked.kind().label()));
    }
    return Optional.empty();
  }

  /** All that decides what the source returns. */
  String definition(Source source) {
    String version = connectors.named(source.connector()).map(Connector::version).orElse("missing");
    return Setup.definition(source) + " " + version;
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
    String reason = "run %d is held: %s; release or discard it".formatted(held.id(), held.reason());
    return Optional.of(store.skipped(held.source(), trigger, asked, reason, now()));
  }

  /**
   * The last run of this source, when it says that the source is to be left alone for a while;
   * empty where the source may be asked, as it may once it is configured anew. Refused credentials
   * are tried again as soon as the configuration, with its secrets, is loaded again.
   */
  Optional<SyncRun> waiting(String name) {
    Source source = inForce.get().source(name);
    boolean sameCredentials = source == refused.get(name);
    return store
        .lastBegun(name)
        .filter(run -> run.waits(now()))
        .filter(run -> store.wasDefinedAs(run, definition(source)))
        .filter(run -> !run.needsAuthorisation() || sameCredentials);
  }

  /** Notes that a run was asked for by the schedule while the one before was still at work. */
  SyncRun skip(String source, SyncRun atWork) {
    String reason = "run %d of this source was still at work".formatted(atWork.id());
    return store.skipped(source, Trigger.SCHEDULE, reason, now());
  }

  /** Notes that a run was asked for while another process is at work on the source. */
  SyncRun skip(AtWorkElsewhere other, Asked asked, Trigger trigger) {
    String reason = String.valueOf(other.getMessage());
    return store.skipped(other.run().source(), trigger, asked, reason, now());
  }

  /** What is to follow a run that has ended, for all that was asked to be done. */
  Optional<Asked> after(SyncRun run, Asked asked, Trigger trigger) {
    if (asked.isMetBy(run)) {
      if (isContradicted(run)) {
        return Optional.of(Asked.RECONCILE);
      }
      boolean census = run.outcome().isWell() && run.kind().isLive() && isCensusDue(run.source());
      return census ? Optional.of(Asked.CENSUS) : Optional.empty();
    }
    if (run.outcome().isWell()) {
      return Optional.of(asked);
    }
    String reason =
        "%s was not begun: run %d goes on first, and is %s; ask again when it has ended"
            .formatted(asked.inWords(), run.id(), run.outcome().label());
    if (trigger == Trigger.MANUAL) {
      store.skipped(run.source(), trigger, asked, reason, now());
    }
    return Optional.empty();
  }

  /** An empty answer that what is known contradicts; reading everything tells who is right. */
  private boolean isContradicted(SyncRun run) {
    return run.kind() == RunKind.SYNC
        && run.outcome() == Outcome.FAILED
        && run.trigger() != Trigger.PUSH
        && !run.readsEverything()
        && run.readToTheEnd()
        && run.counts().read() == 0
        && store
            .lastOfEverything(run.source(), false)
            .map(it -> !it.startedAt().plus(TRIES_AGAIN_AFTER).isAfter(now()))
            .orElse(false);
  }

  /** Reads to the end and publishes, or says why not. */
  SyncRun finish(Begun begun) {
    SyncRun run = begun.run();
    try {
      if (!run.readToTheEnd()) {
        ReadingPlace place =
            new ReadingPlace(run.since(), run.until(), run.cursor(), run.kind() == RunKind.CENSUS);
        try (Pages pages = connectors.pages(begun.source(), place)) {
          for (Page page : pages) {
            run = append(begun.source(), run, page);
            progress.accept(run);
          }
        }
      }
      run = publish(begun.source(), run);
    } catch (SourceFailure failure) {
      run = end(begun, run, failure);
    } catch (RepeatedPage repeated) {
      String why = "%s %s".formatted(begun.source().name(), repeated.getMessage());
      run = store.fail(run, why + "; " + PAGING_IS_WRONG, false, now());
    } catch (Overtaken overtaken) {
      String why = "the source was configured anew meanwhile; the next run begins anew";
      run = store.fail(run, why, false, now());
    } catch (RuntimeException failure) {
      leaveForLater(run, failure);
      throw failure;
    }
    LOG.info("run {} ends: {}", run.id(), run.inWords());
    if (run.outcome().isWell()) {
      Differences found = store.differences(run.id(), FOUND_LOGGED);
      found.first().forEach(it -> LOG.info("run {} found that {}", it.run(), it.inWords()));
    }
    return run;
  }

  /** A run of what was pushed, or the run that the same push made before. */
  record BegunPush(Begun begun, boolean repeated) {}

  /**
   * Begins a run of what its source has sent.
   *
   * @param complete whether that is all there is
   */
  BegunPush beginPushed(String name, boolean complete, String request) {
    BegunPush push =
        inForce.during(
            setup -> {
              Source source = setup.source(name);
              store.derive(name, setup.measuresFrom(name));
              PushedRun pushed =
                  store.beginPushed(source, definition(source), complete, request, now());
              return new BegunPush(new Begun(source, pushed.run()), pushed.repeated());
            });
    if (!push.repeated()) {
      LOG.info("run {} begins, taking what was sent", push.begun().run().id());
      progress.accept(push.begun().run());
    }
    return push;
  }

  /** Publishes what was sent, which is one page, or says why not. */
  SyncRun finish(Begun begun, Page sent) {
    SyncRun run = begun.run();
    try {
      run = publish(begun.source(), append(begun.source(), run, sent));
    } catch (Overtaken overtaken) {
      run = store.fail(run, "the source was configured anew meanwhile; send again", false, now());
    } catch (RuntimeException failure) {
      leaveForLater(run, failure);
      throw failure;
    }
    LOG.info("run {} ends: {}", run.id(), run.inWords());
    return run;
  }

  /** What was sent cannot be used, so nothing of it is. */
  SyncRun refuse(Begun begun, String why) {
    SyncRun run = store.fail(begun.run(), why + "; nothing of it was taken", false, now());
    LOG.info("run {} ends: {}", run.id(), run.inWords());
    return run;
  }

  private SyncRun append(Source source, SyncRun run, Page page) {
    return inForce.during(
        setup -> {
          requireUnchanged(setup, source);
          return noting(page, store.append(run, page, setup.measuresFrom(source.name())));
        });
  }

  private SyncRun publish(Source source, SyncRun run) {
    return inForce.during(
        setup -> {
          requireUnchanged(setup, source);
          return publish(setup, source, run);
        });
  }

  /** What was asked for by other settings than those now in force is not published. */
  private static void requireUnchanged(Setup setup, Source source) {
    if (!setup.reads(source)) {
      throw new Overtaken();
    }
  }

  /** The source was configured anew while this run read it by the settings of before. */
  private static final class Overtaken extends RuntimeException {}

  private SyncRun publish(Setup setup, Source source, SyncRun run) {
    if (run.counts().balance() instanceof Balance.Off off) {
      return store.fail(
          run, off.reason() + "; nothing is published, the next run reads again", false, now());
    }
    Counts counts = run.counts();
    if (counts.rejected() > 0 && counts.rejected() == counts.read()) {
      return store.fail(
          run,
          "no item could be read as a " + source.kind().label() + ": " + run.reason(),
          false,
          now());
    }
    if (counts.total() == null && tellsTotal(source)) {
      String why = "the source did not tell its total, as its connector says that it does";
      return store.fail(
          run, why + "; nothing is published, the next run reads again", false, now());
    }
    if (counts.read() == 0) {
      Optional<String> contradiction = contradiction(source, run);
      if (contradiction.isPresent()) {
        return store.fail(run, contradiction.get(), false, now());
      }
      boolean told = counts.total() != null || run.trigger() == Trigger.PUSH;
      if (!told && run.readsEverything() && !store.isPublished(source.name())) {
        return store.hold(run, UNPROVEN, now());
      }
    }
    Optional<String> shaky = run.kind() == RunKind.CENSUS ? store.doubt(run) : Optional.empty();
    if (shaky.isPresent()) {
      return store.fail(run, shaky.get() + "; it is tried again after an hour", false, now());
    }
    Instant at = now();
    Movements movements = new Movements(setup, Cause.SYNC, at);
    long known = store.records(source.name());
    try {
      Publication publication =
          store.publish(
              run,
              setup.version(),
              readings -> movements.of(setup.fedBy(source.name()), readings),
              it -> requireTrust(setup.guard(source.name()), known, it),
              at);
      return publication.run();
    } catch (Suspicious doubt) {
      String why = run.reason() == null ? doubt.why : run.reason() + "; " + doubt.why;
      return store.hold(run, why, at);
    }
  }

  private boolean tellsTotal(Source source) {
    return connectors.named(source.connector()).map(Connector::tellsTotal).orElse(false);
  }

  /** What is known and says that there must be something, where nothing came; mostly empty. */
  private Optional<String> contradiction(Source source, SyncRun run) {
    Instant since = run.since();
    if (since == null) {
      return store.knows(source.name())
          ? Optional.of(
              "the source returned nothing, though records of it are known; nothing was removed."
                  + " If it is really empty, give the source a new name in sources.yaml")
          : Optional.empty();
    }
    if (run.trigger() == Trigger.PUSH) {
      return Optional.empty(); // what is sent replaces what it names, and may name nothing
    }
    List<String> expected = store.changedIn(source.name(), since.plus(COARSE), run.until(), 3);
    String next =
        run.kind() == RunKind.SYNC
            ? "everything is read next, once an hour at most, to find out"
            : "see whether its token still sees everything, and ask again";
    return expected.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the source returned nothing, though records that changed since %s must come again, such as %s; nothing is published; %s"
                .formatted(since, String.join(", ", expected), next));
  }

  /** What a guard doubts is not published, so this breaks off the transaction that would do it. */
  private static void requireTrust(Guard guard, long known, Publication publication) {
    Optional<String> doubt = guard.doubt(publication.run(), known, publication.changes());
    if (doubt.isPresent()) {
      throw new Suspicious(doubt.get());
    }
  }

  /** Nothing is wrong with the run itself, but a person should look at it first. */
  private static final class Suspicious extends RuntimeException {
    private final String why;

    Suspicious(String why) {
      super(why);
      this.why = why;
    }
  }

  /**
   * A run that took up a place and could not read even one page from it does not keep that place:
   * cursors of vendors expire, and then only beginning anew helps.
   */
  private SyncRun end(Begun begun, SyncRun run, SourceFailure failure) {
    String message = String.valueOf(failure.getMessage());
    return switch (failure.remedy()) {
      case RETRY_LATER -> interrupted(run, message, failure.retryAt());
      case REAUTHENTICATE -> {
        refused.put(run.source(), begun.source());
        boolean keepsPlace = run.kind() == RunKind.SYNC;
        String why = message + "; " + after(run, keepsPlace);
        yield store.refuse(run, why, keepsPlace, now().plus(REFUSED_FOR), now());
      }
      case ASK_ADMIN -> {
        @Nullable String from = begun.run().cursor();
        boolean keepsPlace =
            run.kind() == RunKind.SYNC && (from == null || !from.equals(run.cursor()));
        yield store.fail(run, message + "; " + after(run, keepsPlace), keepsPlace, now());
      }
    };
  }

  private static String after(SyncRun run, boolean keepsPlace) {
    return keepsPlace ? "nothing is published until it is repaired" : anew(run);
  }

  private SyncRun interrupted(SyncRun run, String message, @Nullable Instant until) {
    if (until == null) {
      return store.interrupt(run, message + "; the next run goes on from here", now());
    }
    String continues = "continues at " + TIME.format(until);
    return store.interrupt(run, message + "; " + continues, until, now());
  }

  /** No other run stands in the way of an ordinary one. */
  private static String anew(SyncRun run) {
    return switch (run.kind()) {
      case SYNC -> "the next run begins anew";
      case RECONCILE ->
          "nothing of it is kept; it is tried again after an hour, and until then runs read what"
              + " changed";
      case CENSUS -> "nothing was removed; it is tried again after an hour";
      case BACKFILL -> "nothing of it is kept; ask for the backfill again when that is repaired";
    };
  }

  /**
   * The first rejected item of a run becomes its reason, so that it can be found; the others go to
   * the log.
   */
  private static SyncRun noting(Page page, SyncRun run) {
    page.rejections().stream()
        .limit(REJECTIONS_LOGGED)
        .forEach(it -> LOG.warn("run {} rejected {}: {}", run.id(), it.id(), it.why()));
    if (page.rejections().isEmpty() || run.reason() != null) {
      return run;
    }
    Rejection first = page.rejections().get(0);
    return run.because(
        "rejected '%s': %s; read again by each run until it can be"
            .formatted(first.id(), first.why()));
  }

  /** What nobody planned, such as a full disk: what was stored stays, and the run goes on later. */
  private void leaveForLater(SyncRun run, RuntimeException failure) {
    try {
      store.interrupt(
          run, "broke off: " + failure.getMessage() + "; goes on with the next run", now());
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    }
  }

  private static String reading(SyncRun run) {
    if (run.counts().read() > 0) {
      return "going on after " + run.counts().read() + " items";
    }
    if (run.until() != null) {
      return "reading again what changed from %s to %s".formatted(run.since(), run.until());
    }
    if (run.kind() == RunKind.CENSUS) {
      return "listing the ids there are";
    }
    return run.since() == null ? "reading everything" : "reading what changed since " + run.since();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
