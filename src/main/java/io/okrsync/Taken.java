package io.okrsync;

import io.okrsync.formula.MeasureUse;
import io.okrsync.measure.Selection;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which records an input of a reading takes.
 *
 * @param runs as of which run each measure of the selection is seen, by its version; one whose
 *     source was not read by then is not in it
 * @param key those of this key only; empty: those without one; null: of any
 */
record Taken(Selection selection, Map<String, Long> runs, @Nullable String key) {
  /** By the names of inputs; one of which it cannot be told any more is not in it. */
  static Map<String, Taken> by(KeyResultReading reading, StoredSetups.Compiled compiled) {
    Setup setup = compiled.setup();
    Optional<Series> series =
        setup == null ? Optional.empty() : Series.named(reading.keyResult(), setup);
    if (setup == null || series.isEmpty() || !series.get().keyResult().isComputed()) {
      return Map.of();
    }
    KeyResult keyResult = series.get().keyResult();
    Set<MeasureUse> uses = setup.formula(keyResult).uses(series.get().scope(reading.at()));
    Map<String, Long> runs = new HashMap<>();
    for (Input input : reading.inputs()) {
      Long run = input.run();
      if (run != null) {
        runs.put(input.version(), run);
      }
    }
    Map<String, Taken> taken = new LinkedHashMap<>();
    for (Input input : reading.inputs()) {
      of(input, uses, runs).ifPresent(it -> taken.put(input.name(), it));
    }
    return taken;
  }

  private static Optional<Taken> of(Input input, Set<MeasureUse> uses, Map<String, Long> runs) {
    for (MeasureUse use : uses) {
      if (use.toString().equals(input.name())) {
        return Optional.of(new Taken(use.selection(), runs, null));
      }
    }
    for (MeasureUse use : uses) {
      Optional<String> key = use.grouped() ? key(input.name(), use) : Optional.empty();
      if (key.isPresent()) {
        return Optional.of(new Taken(use.selection(), runs, key.get()));
      }
    }
    return Optional.empty();
  }

  /** The key of a part of this use; empty where the input is none. */
  private static Optional<String> key(String name, MeasureUse use) {
    if (name.equals(use.of("").toString())) {
      return Optional.of("");
    }
    String begin = use + "['";
    String end = "']";
    return name.startsWith(begin) && name.endsWith(end) && name.length() > begin.length() + 2
        ? Optional.of(name.substring(begin.length(), name.length() - end.length()))
        : Optional.empty();
  }

  /** Whether it takes all records of a measure in a window. */
  boolean isWhole() {
    return key == null && selection.among().isEmpty();
  }

  /** Whether it takes a record that the selection does. */
  boolean takes(@Nullable String keyOfRecord) {
    return key == null || key.equals(keyOfRecord == null ? "" : keyOfRecord);
  }

  /** What a receipt says of it, beside measure, window and run. */
  Map<String, @Nullable Object> told() {
    Map<String, @Nullable Object> told = new TreeMap<>();
    told.put("among", among(selection));
    told.put("key", key);
    return told;
  }

  private List<Map<String, @Nullable Object>> among(Selection of) {
    return of.among().stream().map(this::told).toList();
  }

  private Map<String, @Nullable Object> told(Selection.Among among) {
    Selection keys = among.keys();
    Map<String, @Nullable Object> told = new TreeMap<>();
    told.put("inside", among.inside());
    told.put("version", keys.measure().version());
    told.put("from", keys.window().from());
    told.put("to", keys.window().to());
    told.put("run", runs.get(keys.measure().version()));
    told.put("among", among(keys));
    return told;
  }
}
