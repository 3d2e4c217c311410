package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Why;
import io.okrsync.formula.Evaluation;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Selection;
import io.okrsync.okr.Input;
import io.okrsync.okr.KeyResult;
import io.okrsync.store.Evidence;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains one step from a value to the next, in a fixed order: first exchange rates, then the rest
 * of the configuration, then time, then the records.
 */
final class ExplainedStep {
  private final Evidence evidence;
  private final UseMoves moves;
  private final KeyResultReading before;
  private final KeyResultReading after;
  private final List<Effect> effects = new ArrayList<>();

  /** What is read in what is explained so far, and as of which runs, by the uses of after. */
  private final Map<MeasureUse, Reading> state = new LinkedHashMap<>();

  private final Map<MeasureUse, UseMoves.Seen> seen = new HashMap<>();

  private boolean areRatesTold;

  ExplainedStep(
      Evidence evidence, RecordMoves moves, KeyResultReading before, KeyResultReading after) {
    this.evidence = evidence;
    this.moves = new UseMoves(evidence, moves);
    this.before = before;
    this.after = after;
  }

  /**
   * What adds up to the step.
   *
   * @param old the configuration of the value before
   * @param now the configuration of the value after
   */
  List<Effect> effects(StoredSetups.Compiled old, StoredSetups.Compiled now) {
    Optional<KeyResult> then = old.keyResult(before.keyResult());
    Optional<KeyResult> keyResult = now.keyResult(after.keyResult());
    Optional<UsedInputs> used = UsedInputs.of(now.setup(), keyResult, after);
    if (used.isEmpty()) {
      rest(value(before), now.why());
      return effects;
    }
    Setup setup = requireNonNull(now.setup());
    Optional<UsedInputs> usedBefore = UsedInputs.of(old.setup(), then, before);
    BigDecimal rated =
        usedBefore.isEmpty() || before.configVersion() == after.configVersion()
            ? value(before)
            : ratesDid(requireNonNull(old.setup()), then.orElseThrow(), usedBefore.get(), setup);
    boolean sameCycle =
        then.map(it -> it.cycle().sameDays(keyResult.orElseThrow().cycle())).orElse(false);
    for (MeasureUse use : used.get().uses()) {
      Optional<MeasureUse> like = usedBefore.flatMap(it -> it.like(use, sameCycle));
      if (like.isPresent()) {
        asItWas(use, like.get(), usedBefore.get());
      } else {
        asOfBefore(old, use, used.get());
      }
    }
    Function<Map<MeasureUse, Reading>, Evaluation> formula =
        evaluation(setup, keyResult.orElseThrow(), after);
    BigDecimal value =
        definitionDid(
            rated,
            formula,
            used.get(),
            new DefinitionChanges(old, setup, !areRatesTold),
            keyResult.get());
    Attribution attribution = new Attribution(evidence, formula, state, value, value(after));
    List<MeasureMove> windows = windowsMoved(used.get());
    attribution.change(windows);
    windows.forEach(it -> it.applyTo(state));
    attribution.change(recordsMoved(used.get()));
    effects.addAll(attribution.effects());
    rest(attribution.value(), "");
    return effects;
  }

  private static Function<Map<MeasureUse, Reading>, Evaluation> evaluation(
      Setup setup, KeyResult keyResult, KeyResultReading reading) {
    Scope scope = Movements.scope(keyResult.cycle(), reading.at());
    return readings -> setup.formula(keyResult).evaluate(scope, readings);
  }

  /**
   * What the formula of before comes to when only the rates of its measures are the new ones. Where
   * that is no value, the rates are a part of the new configuration.
   */
  private BigDecimal ratesDid(Setup old, KeyResult then, UsedInputs used, Setup setup) {
    Map<MeasureUse, Reading> rated = new LinkedHashMap<>();
    used.uses().forEach(use -> rated.putAll(used.of(use)));
    Function<Map<MeasureUse, Reading>, Evaluation> formula = evaluation(old, then, before);
    Map<MeasureUse, Reading> all = new LinkedHashMap<>(rated);
    List<MeasureMove> moved = new ArrayList<>();
    for (MeasureUse use : used.uses()) {
      Selection other = new OtherRates(setup).of(use.selection());
      UseMoves.Seen from = new UseMoves.Seen(use.selection(), used.runs(use.selection()));
      if (!UsedInputs.isSame(use.selection(), other) && from.isComplete()) {
        UseMoves.Seen to = new UseMoves.Seen(other, from.runsOf(other));
        moved.addAll(moves.of(use, rated, from, to, Why.RATES, after.configVersion()));
      }
    }
    moved.forEach(it -> it.applyTo(all));
    if (moved.isEmpty() || !(formula.apply(all) instanceof Evaluation.Value found)) {
      return value(before);
    }
    Attribution attribution =
        new Attribution(evidence, formula, rated, value(before), found.value());
    attribution.change(moved);
    effects.addAll(attribution.effects());
    areRatesTold = true;
    return attribution.value();
  }

  private void asItWas(MeasureUse use, MeasureUse like, UsedInputs used) {
    used.of(like)
        .forEach((one, reading) -> state.put(one.key() == null ? use : use.of(one.key()), reading));
    seen.put(use, new UseMoves.Seen(like.selection(), used.runs(like.selection())));
  }

  /** As of the runs of before, where that can be told; otherwise as it is after. */
  private void asOfBefore(StoredSetups.Compiled old, MeasureUse use, UsedInputs used) {
    Map<String, Long> until = used.runs(use.selection());
    Map<String, Long> then = runsBefore(old, use.selection());
    UseMoves.Seen seenThen = new UseMoves.Seen(use.selection(), then);
    boolean isBefore =
        seenThen.isComplete()
            && then.entrySet().stream()
                .allMatch(it -> it.getValue() <= until.getOrDefault(it.getKey(), 0L));
    Optional<Map<MeasureUse, Reading>> readings =
        isBefore ? moves.readings(use, seenThen) : Optional.empty();
    if (readings.isPresent()) {
      state.putAll(readings.get());
      seen.put(use, seenThen);
    } else {
      asItIs(use, used);
    }
  }

  private void asItIs(MeasureUse use, UsedInputs used) {
    state.putAll(used.of(use));
    seen.put(use, new UseMoves.Seen(use.selection(), used.runs(use.selection())));
  }

  /** As of which runs the sources were seen before, by the version of the measure. */
  private Map<String, Long> runsBefore(StoredSetups.Compiled old, Selection selection) {
    Setup setup = old.setup();
    if (setup == null) {
      return Map.of();
    }
    Map<String, Long> runs = new HashMap<>();
    selection
        .measures()
        .forEach(
            measure ->
                before.inputs().stream()
                    .filter(it -> isFrom(measure, setup.sourceOf(it)))
                    .map(Input::run)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(run -> runs.put(measure.version(), run)));
    return runs;
  }

  private static boolean isFrom(Measure measure, Optional<String> source) {
    return source.equals(Optional.of(measure.definition().from()));
  }

  /**
   * What a new configuration did, or time alone in a formula that goes by the day. Where a new
   * configuration has no value as of before, all of the step is its doing.
   */
  private BigDecimal definitionDid(
      BigDecimal rated,
      Function<Map<MeasureUse, Reading>, Evaluation> formula,
      UsedInputs used,
      DefinitionChanges changes,
      KeyResult keyResult) {
    boolean configured = before.configVersion() != after.configVersion();
    if (configured && !(formula.apply(state) instanceof Evaluation.Value)) {
      state.clear();
      used.uses().forEach(it -> asItIs(it, used));
    }
    if (!(formula.apply(state) instanceof Evaluation.Value found)) {
      return rated;
    }
    BigDecimal amount = found.value().subtract(rated);
    if (amount.signum() != 0) {
      effects.add(
          configured
              ? new Effect(
                  Why.CONFIGURATION,
                  null,
                  after.configVersion(),
                  changes.of(keyResult),
                  amount,
                  0,
                  null)
              : Effect.of(Why.TIME, amount, Why.TIME.words()));
    }
    return found.value();
  }

  /** Windows move on, the records staying as they were. */
  private List<MeasureMove> windowsMoved(UsedInputs used) {
    List<MeasureMove> moved = new ArrayList<>();
    for (MeasureUse use : used.uses()) {
      UseMoves.Seen from = requireNonNull(seen.get(use));
      UseMoves.Seen to = new UseMoves.Seen(use.selection(), from.runs());
      if (from.isComplete() && !UsedInputs.isSame(from.selection(), to.selection())) {
        moved.addAll(moves.of(use, state, from, to, Why.TIME, null));
        seen.put(use, to);
      }
    }
    return moved;
  }

  private List<MeasureMove> recordsMoved(UsedInputs used) {
    List<MeasureMove> moved = new ArrayList<>();
    for (MeasureUse use : used.uses()) {
      UseMoves.Seen from = requireNonNull(seen.get(use));
      UseMoves.Seen to = new UseMoves.Seen(use.selection(), used.runs(use.selection()));
      if (!from.runs().equals(to.runs())) {
        moved.addAll(moves.of(use, state, from, to, used.of(use)));
      }
    }
    return moved;
  }

  /** What is left when all is said; the ledger says by what. */
  private void rest(BigDecimal explained, String why) {
    BigDecimal left = value(after).subtract(explained);
    if (left.signum() != 0) {
      String by = "set by " + after.cause().name().toLowerCase(Locale.ROOT);
      effects.add(Effect.of(Why.OTHER, left, why.isEmpty() ? by : by + "; " + why));
    }
  }

  private static BigDecimal value(KeyResultReading reading) {
    return requireNonNull(reading.value(), "only readings with a value are explained");
  }
}
