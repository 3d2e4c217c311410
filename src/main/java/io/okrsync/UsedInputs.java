package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Selection;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.KeyResultReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a formula was given by the inputs of a stored reading: each of its uses and, of those that
 * are grouped, each key.
 */
final class UsedInputs {
  private final List<MeasureUse> uses;
  private final Map<MeasureUse, Map<MeasureUse, Reading>> readings;
  private final Map<String, Long> runs = new HashMap<>();

  private UsedInputs(
      List<MeasureUse> uses,
      Map<MeasureUse, Map<MeasureUse, Reading>> readings,
      List<Input> inputs) {
    this.uses = uses;
    this.readings = readings;
    for (Input input : inputs) {
      if (input.run() != null) {
        runs.put(input.version(), input.run());
      }
    }
  }

  /** Empty where these inputs are not those that the formula asks for. */
  static Optional<UsedInputs> of(
      @Nullable Setup setup, Optional<KeyResult> keyResult, KeyResultReading reading) {
    if (setup == null || keyResult.filter(KeyResult::isComputed).isEmpty()) {
      return Optional.empty();
    }
    Scope scope = Movements.scope(keyResult.get().cycle(), reading.at());
    List<MeasureUse> uses = List.copyOf(setup.formula(keyResult.get()).uses(scope));
    Map<MeasureUse, Map<MeasureUse, Reading>> readings = new LinkedHashMap<>();
    List<Input> left = new ArrayList<>(reading.inputs());
    for (MeasureUse use : uses) {
      if (left.isEmpty() || !left.get(0).name().equals(use.toString())) {
        return Optional.empty();
      }
      Map<MeasureUse, Reading> its = new LinkedHashMap<>();
      its.put(use, reading(left.remove(0)));
      while (use.grouped() && !left.isEmpty() && key(use, left.get(0)).isPresent()) {
        its.put(use.of(key(use, left.get(0)).orElseThrow()), reading(left.get(0)));
        left.remove(0);
      }
      readings.put(use, its);
    }
    return left.isEmpty()
        ? Optional.of(new UsedInputs(uses, readings, reading.inputs()))
        : Optional.empty();
  }

  /** Of which key an input is; empty where it is none of one key of this use. */
  private static Optional<String> key(MeasureUse use, Input input) {
    if (input.name().equals(use.of("").toString())) {
      return Optional.of("");
    }
    String begin = use + "['";
    return input.name().startsWith(begin) && input.name().endsWith("']")
        ? Optional.of(input.name().substring(begin.length(), input.name().length() - 2))
        : Optional.empty();
  }

  private static Reading reading(Input input) {
    @Nullable Reason reason =
        input.value() != null
            ? null
            : new Reason(Reason.Name.NO_RECORDS, String.valueOf(input.reason()));
    return new Reading(
        input.name(), Movements.window(input), input.records(), input.value(), reason);
  }

  /** In the order in which the formula names them. */
  List<MeasureUse> uses() {
    return uses;
  }

  /** What was read of a use, and of its keys. */
  Map<MeasureUse, Reading> of(MeasureUse use) {
    return requireNonNull(readings.get(use), "it is one of the uses");
  }

  /** As of which runs the measures of a selection were read, by version; none of those never. */
  Map<String, Long> runs(Selection selection) {
    return selection
        .measures()
        .map(Measure::version)
        .distinct()
        .filter(runs::containsKey)
        .collect(Collectors.toMap(it -> it, it -> requireNonNull(runs.get(it))));
  }

  /** The use of the same measures by the same words, in the same windows if there is one. */
  Optional<MeasureUse> like(MeasureUse use, boolean inAnyWindow) {
    List<MeasureUse> like =
        uses.stream()
            .filter(it -> it.written().equals(use.written()))
            .filter(it -> it.grouped() == use.grouped())
            .filter(it -> measures(it.selection()).equals(measures(use.selection())))
            .toList();
    Optional<MeasureUse> same =
        like.stream().filter(it -> isSame(it.selection(), use.selection())).findFirst();
    return same.isEmpty() && inAnyWindow && like.size() == 1 ? Optional.of(like.get(0)) : same;
  }

  private static List<String> measures(Selection selection) {
    return selection.measures().map(Measure::version).toList();
  }

  /** Whether both select the same of the same measures, whichever configuration has them. */
  static boolean isSame(Selection one, Selection other) {
    return one.measure().version().equals(other.measure().version())
        && one.window().equals(other.window())
        && one.among().size() == other.among().size()
        && IntStream.range(0, one.among().size())
            .allMatch(it -> isSame(one.among().get(it), other.among().get(it)));
  }

  private static boolean isSame(Selection.Among one, Selection.Among other) {
    return one.inside() == other.inside() && isSame(one.keys(), other.keys());
  }
}
