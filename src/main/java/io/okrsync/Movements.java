package io.okrsync;

import io.okrsync.formula.Evaluation;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Window;
import io.okrsync.okr.Cause;
import io.okrsync.okr.Cycle;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.KeyResultChange;
import io.okrsync.store.KeyResultReading;
import io.okrsync.store.Readings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Evaluates formulas over readings and says which key results have something new to tell. */
final class Movements {
  private static final Duration LOOK_WAITED_FOR = Duration.ofDays(1);

  private final Setup setup;
  private final Cause cause;
  private final Instant at;

  Movements(Setup setup, Cause cause, Instant at) {
    this.setup = setup;
    this.cause = cause;
    this.at = at;
  }

  /**
   * The changes of these key results and of what is frozen of them; one whose value, reason and
   * inputs are as before has none.
   */
  List<KeyResultChange> of(List<KeyResult> keyResults, Readings readings) {
    List<Series> series =
        keyResults.stream()
            .flatMap(Series::of)
            .filter(it -> it.notYet(at, since -> isKnownSince(it, since, readings)).isEmpty())
            .toList();
    Map<String, KeyResultReading> latest =
        readings.latest(series.stream().map(Series::name).toList());
    return series.stream().flatMap(it -> of(it, latest.get(it.name()), readings).stream()).toList();
  }

  /**
   * What is frozen waits for a second look that is owed, or it would keep what is gone for good;
   * but not for ever, should none come to an end.
   */
  private boolean isKnownSince(Series series, Instant since, Readings readings) {
    return setup.sourcesOf(series.keyResult()).stream()
        .allMatch(
            source -> {
              @Nullable Instant readAt = readings.readAt(source);
              return readAt != null
                  && !readAt.isBefore(since)
                  && (!readings.owesLook(source) || !readAt.isBefore(since.plus(LOOK_WAITED_FOR)));
            });
  }

  private Optional<KeyResultChange> of(
      Series series, @Nullable KeyResultReading before, Readings readings) {
    if (before != null && series.isFrozenBy(before)) {
      return cause == Cause.CONFIGURATION && series.followsConfiguration()
          ? anew(series, before, readings)
          : Optional.empty();
    }
    return read(series, before, readings);
  }

  private Optional<KeyResultChange> read(
      Series series, @Nullable KeyResultReading before, Readings readings) {
    Map<MeasureUse, Reading> read = new LinkedHashMap<>();
    for (MeasureUse use : uses(series)) {
      read.put(use, readings.read(use.selection()));
      if (use.grouped()) {
        readings.groups(use.selection()).forEach((key, one) -> read.put(use.of(key), one));
      }
    }
    List<Input> inputs =
        read.entrySet().stream().map(it -> input(it.getKey(), it.getValue(), readings)).toList();
    return change(series, before, read, inputs);
  }

  /**
   * What is frozen stays, whatever the records are now; but it must answer the question of today. A
   * configuration that asks for other measures has them read now; one that only computes otherwise
   * is given what was read then.
   */
  private Optional<KeyResultChange> anew(
      Series series, KeyResultReading before, Readings readings) {
    List<Input> inputs = before.inputs();
    Map<MeasureUse, Reading> then = new LinkedHashMap<>();
    for (MeasureUse use : uses(series)) {
      Measure measure = use.selection().measure();
      Window window = use.window();
      Optional<Input> input =
          inputs.stream()
              .filter(it -> it.name().equals(use.toString()))
              .filter(it -> it.version().equals(measure.version()))
              .filter(it -> it.from().equals(window.from()) && it.to().equals(window.to()))
              .filter(it -> it.value() != null)
              .findFirst();
      if (input.isEmpty() || use.grouped()) {
        return read(series, before, readings);
      }
      then.put(
          use,
          new Reading(
              measure.definition().name(),
              window,
              input.get().records(),
              input.get().value(),
              null));
    }
    return then.size() == inputs.size()
        ? change(series, before, then, inputs)
        : read(series, before, readings);
  }

  private Set<MeasureUse> uses(Series series) {
    return setup.formula(series.keyResult()).uses(series.scope(at));
  }

  private Optional<KeyResultChange> change(
      Series series,
      @Nullable KeyResultReading before,
      Map<MeasureUse, Reading> read,
      List<Input> inputs) {
    @Nullable BigDecimal from = before == null ? null : before.value();
    Evaluation evaluation = setup.formula(series.keyResult()).evaluate(series.scope(at), read);
    @Nullable BigDecimal to = evaluation instanceof Evaluation.Value found ? found.value() : from;
    @Nullable String reason =
        evaluation instanceof Evaluation.NoValue none ? none.reason().toString() : null;
    if (before != null && same(from, to, before, reason) && sameInputs(before.inputs(), inputs)) {
      return Optional.empty();
    }
    return Optional.of(new KeyResultChange(series.name(), from, to, reason, cause, at, inputs));
  }

  private Input input(MeasureUse use, Reading reading, Readings readings) {
    Measure measure = use.selection().measure();
    return new Input(
        use.toString(),
        measure.version(),
        reading.window().from(),
        reading.window().to(),
        readings.publishedRun(measure.definition().from()),
        reading.records(),
        reading.value(),
        reading.reason() == null ? null : reading.reason().toString());
  }

  private static boolean same(
      @Nullable BigDecimal from,
      @Nullable BigDecimal to,
      KeyResultReading before,
      @Nullable String reason) {
    return equal(from, to) && Objects.equals(before.reason(), reason);
  }

  /** Whether the formula was given the same; that a later run read the same is nothing new. */
  private static boolean sameInputs(List<Input> before, List<Input> now) {
    return texts(before).equals(texts(now));
  }

  private static List<String> texts(List<Input> inputs) {
    return inputs.stream()
        .map(
            it ->
                Stream.of(it.name(), it.version(), it.from(), it.to(), it.records(), it.reason())
                        .map(String::valueOf)
                        .toList()
                    + (it.value() == null ? "" : it.value().stripTrailingZeros().toPlainString()))
        .toList();
  }

  private static boolean equal(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? one == other : one.compareTo(other) == 0;
  }

  /** The window in which an input was read. */
  static Window window(Input input) {
    return new Window(input.from(), input.to());
  }

  /** Where a formula is evaluated for a key result of this cycle, as it is seen at this moment. */
  static Scope scope(Cycle cycle, Instant at) {
    return Scope.of(cycle.from(), cycle.to(), cycle.zone(), at);
  }
}
