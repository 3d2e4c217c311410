package io.okrsync;

import io.okrsync.connector.Connectors;
import io.okrsync.store.Evidence;
import io.okrsync.store.Store;

/** What is stored, opened to be looked at, and able to read it by the configuration of then. */
final class OpenedLedger implements AutoCloseable {
  private final Store store;
  private final Connectors connectors;

  private OpenedLedger(Store store, Connectors connectors) {
    this.store = store;
    this.connectors = connectors;
  }

  /**
   * Opens what is there, with the connectors by which old configurations are read.
   *
   * @throws io.okrsync.store.StoreMissing where nothing is stored
   */
  static OpenedLedger open(Folders folders, Database database) {
    Store store = Store.open(database.existing(folders.dataOr("data")));
    OpenedLedger ledger = new OpenedLedger(store, new Connectors(folders.routes, Main.clock()));
    try {
      ledger.connectors.start();
      return ledger;
    } catch (RuntimeException failure) {
      ledger.close();
      throw failure;
    }
  }

  Store store() {
    return store;
  }

  Evidence evidence() {
    return store.evidence();
  }

  StoredSetups setups() {
    return new StoredSetups(evidence(), connectors, System::getenv);
  }

  @Override
  public void close() {
    connectors.close();
    store.close();
  }
}
