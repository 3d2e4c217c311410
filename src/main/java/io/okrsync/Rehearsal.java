package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Page;
import io.okrsync.connector.SourceRecord;
import io.okrsync.okr.Cause;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * A configuration at work over records at hand, by the same steps as a real run, in a database of
 * its own that is thrown away.
 */
final class Rehearsal implements AutoCloseable {
  private final Store store;
  private final Setup setup;
  private final Clock clock;

  /**
   * @param loadedAt when the first configuration was loaded
   */
  Rehearsal(StoreSettings database, Configuration configuration, Instant loadedAt, Clock clock) {
    this.clock = clock;
    this.store = Store.open(database);
    long version =
        store.configurationLoaded(
            configuration.digest(), configuration.files(), Defined.by(configuration), loadedAt);
    this.setup = new Setup(configuration, version);
    configuration.sources().keySet().forEach(it -> store.derive(it, setup.measuresFrom(it)));
  }

  /**
   * Takes over what was read before and what people stated, so that what cannot be read keeps its
   * value and its age, and what is typed, overridden or frozen stays.
   */
  void carry(Store ledger) {
    List<String> series = setup.keyResults().stream().flatMap(Standings::names).toList();
    Map<String, Instant> unreadable = ledger.unreadableSince(series);
    List<KeyResultChange> before =
        ledger.latestReadings(series).values().stream()
            .map(it -> it.asChange(unreadable.getOrDefault(it.keyResult(), it.at())))
            .toList();
    store.publishConfiguration(setup.version(), readings -> before);
    ledger.overrides(series).values().forEach(it -> store.state(it, setup.version()));
  }

  /** Begins to read a source completely; what is added to it counts once it is published. */
  Source begin(io.okrsync.connector.Source source, Instant at) {
    return new Source(store.begin(source, Setup.definition(source), Trigger.MANUAL, false, at), at);
  }

  /** A source while it is being read. */
  final class Source {
    private final Instant at;
    private SyncRun run;
    private int pages;

    private Source(SyncRun run, Instant at) {
      this.run = run;
      this.at = at;
    }

    void add(List<SourceRecord> records) {
      append(new Page(records, List.of(), String.valueOf(++pages), null));
    }

    void publish() {
      append(new Page(List.of(), List.of(), null, null));
      store.publish(run, setup.version(), readings -> List.of(), at);
    }

    private void append(Page page) {
      run = store.append(run, page, setup.measuresFrom(run.source()), clock.instant());
    }
  }

  /** Computes all key results, once all sources are read. */
  void settle() {
    Movements movements =
        new Movements(setup, Cause.CONFIGURATION, clock.instant().truncatedTo(ChronoUnit.MICROS));
    store.publishConfiguration(
        setup.version(), readings -> movements.of(setup.keyResults(), readings));
  }

  /** Where everything stands by the clock. */
  List<ObjectiveStanding> standings() {
    return new Standings(store, () -> setup, clock).now();
  }

  List<Standing> keyResults() {
    return standings().stream().flatMap(it -> it.keyResults().stream()).toList();
  }

  Map<String, KeyResultReading> readings() {
    return store.latestReadings(setup.keyResults().stream().map(it -> it.id()).toList());
  }

  Setup setup() {
    return setup;
  }

  Store store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
  }
}
