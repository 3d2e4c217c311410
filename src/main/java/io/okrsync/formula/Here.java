package io.okrsync.formula;

import io.okrsync.measure.Reading;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a part of a formula is evaluated, and what was read.
 *
 * @param key the one key it is evaluated for; null where it is evaluated for all together
 */
record Here(Scope scope, Map<MeasureUse, Reading> readings, @Nullable String key) {

  Here in(Scope other) {
    return new Here(other, readings, key);
  }

  Here of(String one) {
    return new Here(scope, readings, one);
  }

  /** For the key at hand, of which nothing may have been read. */
  Reading reading(MeasureUse use) {
    return use.grouped() && key != null
        ? readings.getOrDefault(
            use.of(key), Reading.ofNothing(use.selection().measure().definition(), use.window()))
        : whole(use);
  }

  /** Whatever the key. */
  Reading whole(MeasureUse use) {
    Reading reading = readings.get(use);
    if (reading == null) {
      throw new IllegalArgumentException("no reading was given for " + use);
    }
    return reading;
  }

  /** The keys that were read. */
  SortedSet<String> keys(MeasureUse use) {
    SortedSet<String> keys = new TreeSet<>();
    readings.keySet().stream()
        .filter(it -> it.key() != null && it.selection().equals(use.selection()))
        .filter(it -> it.equals(use.of(String.valueOf(it.key()))))
        .forEach(it -> keys.add(String.valueOf(it.key())));
    return keys;
  }
}
