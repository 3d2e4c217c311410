package io.okrsync;

import io.okrsync.okr.Cycle;
import io.okrsync.okr.Input;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Pruned;
import io.okrsync.store.Store;
import io.okrsync.sync.Kept;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prunes what records held that have changed or are gone since, where the configuration keeps that
 * for some time only. What is true still stays, and so does all that was true at a run that a
 * reading of an open cycle names.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Store store;
  private final StoredSetups setups;
  private final InForce inForce;

  Retention(Store store, StoredSetups setups, InForce inForce) {
    this.store = store;
    this.setups = setups;
    this.inForce = inForce;
  }

  /**
   * Prunes each source that is not kept forever; stops when the thread is interrupted, or another
   * configuration comes into force.
   *
   * @return how many bodies of record versions, by source
   */
  Map<String, Long> prune(String actor, Instant now) {
    Setup setup = inForce.get();
    Map<String, Kept> kept = setup.configuration().kept();
    Map<String, Long> pruned = new LinkedHashMap<>();
    if (!kept.isEmpty()) {
      Map<String, Long> needed = needed(setup, now);
      kept.forEach(
          (source, its) ->
              store
                  .publishedBefore(source, now.minus(its.retention()))
                  .map(run -> Math.min(run, needed.getOrDefault(source, run)))
                  .map(run -> prune(setup, source, run, actor, now))
                  .filter(many -> many > 0)
                  .ifPresent(many -> pruned.put(source, many)));
    }
    return pruned;
  }

  private long prune(Setup setup, String source, long run, String actor, Instant now) {
    long all = 0;
    Optional<Pruned> some = some(setup, source, run, "", actor, now);
    while (some.isPresent()) {
      all += some.get().versions();
      some = some(setup, source, run, some.get().lastRecord(), actor, now);
    }
    if (all > 0) {
      LOG.info("of source '{}' the bodies of {} record versions were pruned", source, all);
    }
    return all;
  }

  private Optional<Pruned> some(
      Setup setup, String source, long run, String after, String actor, Instant now) {
    return inForce.during(
        current ->
            Thread.currentThread().isInterrupted() || current.version() != setup.version()
                ? Optional.empty()
                : store.prune(source, run, after, actor, now));
  }

  /** The first run of each source that a reading of an open cycle names. */
  private Map<String, Long> needed(Setup setup, Instant now) {
    Set<String> open =
        setup.keyResults().stream()
            .map(it -> it.cycle())
            .filter(it -> it.end().isAfter(now))
            .map(Cycle::id)
            .collect(Collectors.toSet());
    Map<String, Long> needed = new HashMap<>();
    store
        .evidence()
        .readings(
            reading -> {
              if (isOpen(reading, open, now)) {
                reading.inputs().forEach(it -> note(it, reading, setup, needed));
              }
            });
    return needed;
  }

  /** One whose cycle cannot be told any more is taken for open. */
  private boolean isOpen(KeyResultReading reading, Set<String> open, Instant now) {
    Setup then = setups.version(reading.configVersion()).setup();
    return then == null
        || Series.named(reading.keyResult(), then)
            .map(it -> it.keyResult().cycle())
            .map(it -> it.end().isAfter(now) || open.contains(it.id()))
            .orElse(true);
  }

  /** Where it cannot be told any more from which source it is, all are needed. */
  private void note(Input input, KeyResultReading reading, Setup setup, Map<String, Long> needed) {
    Long run = input.run();
    if (run == null) {
      return;
    }
    Setup then = setups.version(reading.configVersion()).setup();
    Set<String> sources =
        Optional.ofNullable(then)
            .flatMap(it -> it.sourceOf(input))
            .map(Set::of)
            .orElse(setup.configuration().sources().keySet());
    sources.forEach(it -> needed.merge(it, run, Math::min));
  }
}
