package io.okrsync;

import io.okrsync.audit.Belief;
import io.okrsync.audit.Change;
import io.okrsync.config.CycleZones;
import io.okrsync.okr.AsOf;
import io.okrsync.okr.Frozen;
import io.okrsync.okr.Standing;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was believed at a moment, by the configuration, the readings and the overrides of then. */
final class Beliefs {
  private final Evidence evidence;
  private final StoredSetups setups;

  Beliefs(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.setups = setups;
  }

  /**
   * Of all key results that were configured then, in that order; empty before the first
   * configuration. A day ends for each of them where its cycle is.
   *
   * @throws IllegalArgumentException where it is yet to come
   * @throws IllegalStateException when a configuration that was in force at its end in the zone of
   *     a cycle cannot be compiled any more
   */
  List<Belief> at(AsOf asked, Instant now) {
    return zones(asked).stream()
        .flatMap(
            zone ->
                at(asked.in(zone, now)).stream()
                    .filter(it -> it.keyResult().cycle().zone().equals(zone)))
        .toList();
  }

  /** Those of the cycles there may have been, wherever the day was over. */
  private Set<ZoneId> zones(AsOf asked) {
    return evidence.configurations(asked.in(ZoneOffset.MAX), asked.in(ZoneOffset.MIN)).stream()
        .flatMap(it -> CycleZones.of(it.files()).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private Setup setup(long version) {
    StoredSetups.Compiled compiled = setups.version(version);
    Setup setup = compiled.setup();
    if (setup == null) {
      throw new IllegalStateException(compiled.why());
    }
    return setup;
  }

  private List<Belief> at(Instant at) {
    List<ConfigurationText> inForce = evidence.configurations(at, at);
    if (inForce.isEmpty()) {
      return List.of();
    }
    Setup setup = setup(inForce.get(inForce.size() - 1).version());
    Map<String, KeyResultReading> latest =
        evidence.latest(setup.keyResults().stream().map(it -> it.id()).toList());
    return new RolledUp(setup, evidence.statements())
        .at(at, it -> last(it, at)).stream()
            .flatMap(it -> it.keyResults().stream())
            .map(it -> belief(it, at, setup.version(), latest.get(it.keyResult().id())))
            .toList();
  }

  private @Nullable KeyResultReading last(String series, Instant at) {
    List<KeyResultReading> then = evidence.readings(series, at, at);
    return then.isEmpty() ? null : then.get(then.size() - 1);
  }

  private Belief belief(
      Standing then, Instant at, long version, @Nullable KeyResultReading latest) {
    @Nullable KeyResultReading last = then.marks().child() == null ? last(series(then), at) : null;
    return new Belief(
        then,
        at,
        last == null ? null : last.id(),
        last == null ? null : last.at(),
        version,
        change(last, latest));
  }

  /** Under which name the value is kept that was shown, or that an override stood in for. */
  private static String series(Standing then) {
    String id = then.keyResult().id();
    return then.isClosed() && then.marks().override() == null ? Frozen.closeOf(id) : id;
  }

  private static @Nullable BigDecimal change(
      @Nullable KeyResultReading then, @Nullable KeyResultReading latest) {
    @Nullable BigDecimal from = then == null ? null : then.value();
    @Nullable BigDecimal to = latest == null ? null : latest.value();
    return from == null || to == null ? null : Change.between(from, to);
  }
}
