package io.okrsync;

import io.okrsync.okr.KeyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a configuration defines otherwise than the one before, in words. */
final class DefinitionChanges {
  private final StoredSetups.Compiled old;
  private final Setup now;

  DefinitionChanges(StoredSetups.Compiled old, Setup now) {
    this.old = old;
    this.now = now;
  }

  /** What decides the value of a key result, such as {@code formula: 'revenue' instead of '0'}. */
  String of(KeyResult keyResult) {
    Setup before = old.setup();
    Optional<KeyResult> then = old.keyResult(keyResult.id());
    if (before == null || then.isEmpty()) {
      return "defined anew; " + old.why();
    }
    List<String> changes = new ArrayList<>();
    if (!keyResult.formula().equals(then.get().formula())) {
      changes.add(
          "formula: '%s' instead of '%s'".formatted(keyResult.formula(), then.get().formula()));
    }
    if (!keyResult.cycle().equals(then.get().cycle())) {
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
        .filter(it -> !before.measure(it).version().equals(now.measure(it).version()))
        .map(it -> "measure '" + it + "' is defined anew")
        .forEach(changes::add);
    return changes.isEmpty() ? "the source or its settings are others" : String.join("; ", changes);
  }
}
