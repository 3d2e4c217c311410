package io.okrsync;

import io.okrsync.audit.Belief;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was believed at a moment, by the configuration and the readings of then. */
final class Beliefs {
  private final Store store;
  private final Evidence evidence;
  private final StoredSetups setups;

  Beliefs(Store store, StoredSetups setups) {
    this.store = store;
    this.evidence = store.evidence();
    this.setups = setups;
  }

  /**
   * Of all key results that were configured then, in that order; empty before the first
   * configuration.
   *
   * @throws IllegalStateException when that configuration cannot be compiled any more
   */
  List<Belief> at(Instant at) {
    List<ConfigurationText> inForce = evidence.configurations(at, at);
    if (inForce.isEmpty()) {
      return List.of();
    }
    long version = inForce.get(inForce.size() - 1).version();
    StoredSetups.Compiled compiled = setups.version(version);
    Setup setup = compiled.setup();
    if (setup == null) {
      throw new IllegalStateException(compiled.why());
    }
    List<KeyResult> keyResults = setup.keyResults();
    Map<String, KeyResultReading> now =
        store.latestReadings(keyResults.stream().map(KeyResult::id).toList());
    return keyResults.stream().map(it -> belief(it, at, version, now.get(it.id()))).toList();
  }

  private Belief belief(
      KeyResult keyResult, Instant at, long version, @Nullable KeyResultReading now) {
    List<KeyResultReading> then = evidence.readings(keyResult.id(), at, at);
    @Nullable KeyResultReading last = then.isEmpty() ? null : then.get(then.size() - 1);
    return new Belief(
        keyResult,
        at,
        last == null ? null : last.value(),
        last == null ? "not read yet" : last.reason(),
        last == null ? null : last.id(),
        last == null ? null : last.at(),
        version,
        now == null ? null : now.value());
  }
}
