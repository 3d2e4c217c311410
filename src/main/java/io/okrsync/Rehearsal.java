package io.okrsync;

import io.okrsync.config.Configuration;
import io.okrsync.connector.Page;
import io.okrsync.connector.Source;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Clock;
import java.time.Instant;
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
        store.configurationLoaded(configuration.digest(), configuration.files(), loadedAt);
    this.setup = new Setup(configuration, version);
    configuration.sources().keySet().forEach(it -> store.derive(it, setup.measuresFrom(it)));
  }

  /** A source is read completely; what it returned is published. */
  SyncRun read(Source source, Iterable<Page> pages, Instant at) {
    SyncRun run = store.begin(source, Setup.definition(source), Trigger.MANUAL, false, at);
    for (Page page : pages) {
      run = store.append(run, page, setup.measuresFrom(source.name()));
    }
    Movements movements = new Movements(setup, Cause.SYNC, at);
    return store
        .publish(
            run,
            setup.version(),
            readings -> movements.of(setup.fedBy(source.name()), readings),
            at)
        .run();
  }

  /** What is left to compute: key results of sources that were never read. */
  void settle(Instant at) {
    Movements movements = new Movements(setup, Cause.CONFIGURATION, at);
    store.publishConfiguration(
        setup.version(), readings -> movements.of(setup.keyResults(), readings));
  }

  /** Where every key result stands by the clock. */
  List<Standing> standings() {
    return new Standings(store, () -> setup, clock)
        .now().stream().flatMap(it -> it.keyResults().stream()).toList();
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
