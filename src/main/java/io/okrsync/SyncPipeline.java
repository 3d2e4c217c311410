package io.okrsync;

import io.okrsync.Completeness.Finding;
import io.okrsync.connector.Connectors;
import io.okrsync.connector.Page;
import io.okrsync.connector.Pages;
import io.okrsync.connector.ReadingPlace;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.Source;
import io.okrsync.connector.SourceFailure;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Counted;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.store.Publication;
import io.okrsync.store.PushedRun;
import io.okrsync.store.Readings;
import io.okrsync.store.RepeatedPage;
import io.okrsync.store.Store;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Differences;
import io.okrsync.sync.Guard;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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

  private final Connectors connectors;
  private final Store store;
  private final InForce inForce;
  private final Clock clock;
  private final Consumer<SyncRun> progress;
  private final Asking asking;
  private final Completeness completeness;
  private final Endings endings;

  SyncPipeline(
      Connectors connectors,
      Store store,
      InForce inForce,
      Asking asking,
      Endings endings,
      Clock clock,
      Consumer<SyncRun> progress) {
    this.connectors = connectors;
    this.store = store;
    this.inForce = inForce;
    this.asking = asking;
    this.completeness = new Completeness(connectors, store);
    this.endings = endings;
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
    setup.measuresReadWith(source.name()).forEach(store::derive);
    Asked wanted = asking.wanted(setup, source, asked);
    SyncRun run =
        store.begin(
            source, asking.definition(source), trigger, wanted, asking.readsChanges(source), now());
    return new Begun(source, run);
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
      run = endings.unread(begun, run, failure);
    } catch (RepeatedPage repeated) {
      run =
          endings.unread(
              begun,
              run,
              Pages.wrongly(begun.source().name(), String.valueOf(repeated.getMessage())));
    } catch (Overtaken overtaken) {
      run = endings.overtaken(run, "the next run begins anew");
    } catch (RuntimeException | Error failure) {
      endings.brokeOff(run, failure);
      throw failure;
    }
    return ended(run);
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
              setup.measuresReadWith(name).forEach(store::derive);
              PushedRun pushed =
                  store.beginPushed(source, asking.definition(source), complete, request, now());
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
      run = endings.overtaken(run, "send again");
    } catch (RuntimeException | Error failure) {
      endings.brokeOff(run, failure);
      throw failure;
    }
    return ended(run);
  }

  /** What was sent cannot be used, so nothing of it is. */
  SyncRun refuse(Begun begun, String why) {
    return ended(endings.failed(begun.run(), why + "; nothing of it was taken"));
  }

  private SyncRun append(Source source, SyncRun run, Page page) {
    return inForce.during(
        setup -> {
          requireUnchanged(setup, source);
          return noting(page, store.append(run, page, setup.measuresFrom(source.name()), now()));
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
    Finding found = completeness.of(source, run, setup.measuresFrom(source.name()));
    if (found instanceof Finding.Incomplete incomplete) {
      return endings.failed(run, incomplete.why());
    }
    if (found instanceof Finding.Unproven unproven) {
      return published(setup, source, run, List.of(unproven.why()));
    }
    return published(setup, source, ((Finding.Complete) found).remarkedOn(run), List.of());
  }

  private SyncRun published(Setup setup, Source source, SyncRun run, List<String> doubts) {
    Instant at = now();
    long known = store.records(source.name());
    try {
      Publication publication =
          store.publish(
              run,
              setup.version(),
              readings -> moved(setup, source.name(), readings),
              it -> requireTrust(setup.guard(source.name()), known, it, doubts),
              at);
      return publication.run();
    } catch (Suspicious doubt) {
      return store.hold(run, run.reasonAnd(doubt.why), at);
    }
  }

  /** As of now, when nothing else can be published: a day may have ended since the run was read. */
  private List<KeyResultChange> moved(Setup setup, String source, Readings readings) {
    return new Movements(setup, Cause.SYNC, now()).of(setup.fedBy(source), readings);
  }

  /** What a guard doubts is not published, so this breaks off the transaction that would do it. */
  private static void requireTrust(
      Guard guard, long known, Publication publication, List<String> doubts) {
    Optional<String> doubt =
        guard.doubt(publication.run(), known, publication.missed(), publication.changes(), doubts);
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
    String next =
        run.kind() == RunKind.SYNC
            ? "read again by each run until it can be"
            : "read again when everything is, within a day";
    return run.because("rejected '%s': %s; %s".formatted(first.id(), first.why(), next));
  }

  private SyncRun ended(SyncRun run) {
    LOG.info("run {} ends: {}", run.id(), run.inWords());
    if (run.outcome().isWell()) {
      logFound(run);
    }
    return run;
  }

  /** The run has ended, whatever becomes of this. */
  private void logFound(SyncRun run) {
    try {
      Differences found = store.differences(run.id(), FOUND_LOGGED);
      found.first().forEach(it -> LOG.info("run {} found that {}", it.run(), it.inWords()));
    } catch (RuntimeException failure) {
      LOG.warn("what run {} found could not be listed; its page lists it", run.id(), failure);
    }
  }

  private static String reading(SyncRun run) {
    if (run.counts().read() > 0) {
      return "going on after " + Counted.of(run.counts().read(), "items");
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
