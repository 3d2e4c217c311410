package io.okrsync;

import io.okrsync.audit.Belief;
import io.okrsync.okr.Standing;
import io.okrsync.store.ConfigurationText;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * configuration.
   *
   * @throws IllegalStateException when that configuration cannot be compiled any more
   */
  List<Belief> at(Instant at) {
    List<ConfigurationText> inForce = evidence.configurations(at, at);
    if (inForce.isEmpty()) {
      return List.of();
    }
    StoredSetups.Compiled compiled = setups.version(inForce.get(inForce.size() - 1).version());
    Setup setup = compiled.setup();
    if (setup == null) {
      throw new IllegalStateException(compiled.why());
    }
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
    @Nullable KeyResultReading last =
        then.marks().child() == null ? last(then.keyResult().id(), at) : null;
    return new Belief(
        then,
        at,
        last == null ? null : last.id(),
        last == null ? null : last.at(),
        version,
        change(last, latest));
  }

  private static @Nullable BigDecimal change(
      @Nullable KeyResultReading then, @Nullable KeyResultReading latest) {
    @Nullable BigDecimal from = then == null ? null : then.value();
    @Nullable BigDecimal to = latest == null ? null : latest.value();
    return from == null || to == null ? null : to.subtract(from);
  }
}
