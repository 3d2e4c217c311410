package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.formula.Evaluation;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Statement;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.RunByRun;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes readings again: by the configuration of then, from the records that were true at the run
 * of then, and compares to the last digit.
 */
final class Replay {
  private final Evidence evidence;
  private final RunByRun readings;
  private final StoredSetups setups;

  Replay(Evidence evidence, StoredSetups setups) {
    this.evidence = evidence;
    this.readings = evidence.populations().runByRun();
    this.setups = setups;
  }

  /** All that comes out differently; empty where the reading is what it was. */
  List<String> differences(KeyResultReading reading) {
    StoredSetups.Compiled compiled = setups.version(reading.configVersion());
    Setup setup = compiled.setup();
    if (setup == null) {
      return List.of("cannot be computed again: " + compiled.why());
    }
    Optional<Series> series = Series.named(reading.keyResult(), setup);
    if (series.isEmpty()) {
      return List.of(
          "config_version %d has no key result '%s'"
              .formatted(reading.configVersion(), reading.keyResult()));
    }
    return reading.cause() == Cause.TYPED
        ? typed(reading)
        : differences(reading, setup, series.get());
  }

  /** A value that was typed is not computed; but somebody must have typed it. */
  private List<String> typed(KeyResultReading reading) {
    boolean isStated =
        evidence.statements().stream()
            .filter(it -> it.kind() == Statement.Kind.VALUE)
            .filter(it -> it.keyResult().equals(reading.keyResult()))
            .filter(it -> it.at().equals(reading.at()))
            .anyMatch(it -> Objects.equals(plain(it.value()), plain(reading.value())));
    return isStated ? List.of() : List.of("was typed, but no statement says this value");
  }

  private List<String> differences(KeyResultReading reading, Setup setup, Series series) {
    KeyResult keyResult = series.keyResult();
    Scope scope = series.scope(reading.at());
    Map<MeasureUse, Reading> read = new LinkedHashMap<>();
    for (MeasureUse use : setup.formula(keyResult).uses(scope)) {
      Optional<String> missing = read(use, reading.inputs(), read);
      if (missing.isPresent()) {
        return List.of(missing.get());
      }
    }
    List<String> names = read.keySet().stream().map(MeasureUse::toString).toList();
    List<String> stored = reading.inputs().stream().map(Input::name).toList();
    if (!names.equals(stored)) {
      return List.of("the formula reads %s, but stored are %s".formatted(names, stored));
    }
    List<String> differences = new ArrayList<>();
    Iterator<Input> inputs = reading.inputs().iterator();
    read.forEach(
        (use, again) ->
            differences.addAll(differences(inputs.next(), use.selection().measure(), again)));
    differences.addAll(differences(reading, setup.formula(keyResult).evaluate(scope, read)));
    return differences;
  }

  /** Reads it as of the runs that the inputs name; tells what is missing for that. */
  private Optional<String> read(MeasureUse use, List<Input> inputs, Map<MeasureUse, Reading> to) {
    Map<String, Long> runs = new HashMap<>();
    inputs.stream()
        .filter(it -> it.run() != null)
        .forEach(it -> runs.put(it.version(), requireNonNull(it.run())));
    Optional<Measure> unread =
        use.selection().measures().filter(it -> !runs.containsKey(it.version())).findFirst();
    if (unread.isPresent()) {
      to.put(use, Reading.neverRead(unread.get().definition(), use.window()));
      return Optional.empty();
    }
    Optional<Reading> again = readings.reading(use.selection(), runs);
    if (again.isEmpty()) {
      return Optional.of(
          "the contributions to %s as of run %d are not stored"
              .formatted(
                  use.selection().measure().version(),
                  runs.get(use.selection().measure().version())));
    }
    to.put(use, again.get());
    if (use.grouped()) {
      readings
          .groups(use.selection(), runs)
          .orElse(Map.of())
          .forEach((key, one) -> to.put(use.of(key), one));
    }
    return Optional.empty();
  }

  private static List<String> differences(Input stored, Measure measure, Reading again) {
    List<String> differences = new ArrayList<>();
    compare(stored.name() + " is of version", stored.version(), measure.version(), differences);
    compare(
        stored.name() + " is read in",
        stored.from() + " to " + stored.to(),
        again.window().from() + " to " + again.window().to(),
        differences);
    compare(stored.name() + " counts", stored.records(), again.records(), differences);
    compare(stored.name() + " is", plain(stored.value()), plain(again.value()), differences);
    compare(
        stored.name() + " has the reason",
        stored.reason(),
        again.reason() == null ? null : again.reason().toString(),
        differences);
    return differences;
  }

  private static List<String> differences(KeyResultReading stored, Evaluation again) {
    List<String> differences = new ArrayList<>();
    @Nullable String reason =
        again instanceof Evaluation.NoValue none ? none.reason().toString() : null;
    @Nullable BigDecimal value =
        again instanceof Evaluation.Value found ? found.value() : stored.previous();
    compare("the value is", plain(stored.value()), plain(value), differences);
    compare("the reason is", stored.reason(), reason, differences);
    return differences;
  }

  private static void compare(
      String what, @Nullable Object stored, @Nullable Object again, List<String> differences) {
    if (!Objects.equals(stored, again)) {
      differences.add("%s %s, but computed again %s".formatted(what, stored, again));
    }
  }

  private static @Nullable String plain(@Nullable BigDecimal value) {
    return value == null ? null : value.stripTrailingZeros().toPlainString();
  }
}
