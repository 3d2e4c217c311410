package io.okrsync;

import io.okrsync.okr.KeyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a configuration defines otherwise than the one before, in words. */
final class DefinitionChanges {
  private final StoredSetups.Compiled old;
  private final Setup now;
  private final boolean withRates;

  /**
   * @param withRates whether it is said, too, that the rates of a measure are others
   */
  DefinitionChanges(StoredSetups.Compiled old, Setup now, boolean withRates) {
    this.old = old;
    this.now = now;
    this.withRates = withRates;
  }

  /** What decides the value of a key result, such as {@code formula: 'revenue' instead of '0'}. */
  String of(KeyResult keyResult) {
    Setup before = old.setup();
    Optional<KeyResult> then = old.keyResult(keyResult.id());
    if (before == null || then.isEmpty()) {
      return "defined anew; " + old.why();
    }
    OtherRates rates = new OtherRates(now);
    List<String> changes = new ArrayList<>();
    if (!keyResult.formula().equals(then.get().formula())) {
      changes.add(
          "formula: '%s' instead of '%s'".formatted(keyResult.formula(), then.get().formula()));
    }
    if (!keyResult.cycle().sameDays(then.get().cycle())) {
      changes.add(
          "cycle: %s to %s instead of %s to %s"
              .formatted(
                  keyResult.cycle().from(),
                  keyResult.cycle().to(),
                  then.get().cycle().from(),
                  then.get().cycle().to()));
    }
    now.formula(keyResult).measures().stream()
        .filter(it -> before.configuration().measures().containsKey(it))
        .map(before::measure)
        .map(it -> withRates ? it : rates.of(it))
        .filter(it -> !it.version().equals(now.measure(it.definition().name()).version()))
        .map(it -> it.definition().name())
        .map(it -> "measure '" + it + "' is defined anew")
        .forEach(changes::add);
    return changes.isEmpty() ? "the source or its settings are others" : String.join("; ", changes);
  }
}
