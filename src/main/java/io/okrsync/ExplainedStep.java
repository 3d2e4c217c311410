package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.Why;
import io.okrsync.formula.Evaluation;
import io.okrsync.formula.MeasureUse;
import io.okrsync.formula.Scope;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Window;
import io.okrsync.okr.Cause;
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
import org.jspecify.annotations.Nullable;

/**
 * Explains one step from a value to the next, in a fixed order: first the configuration, then time,
 * then the records.
 */
final class ExplainedStep {
  private final Evidence evidence;
  private final RecordMoves moves;
  private final KeyResultReading before;
  private final KeyResultReading after;
  private final List<Effect> effects = new ArrayList<>();

  private final Map<MeasureUse, Input> inputs = new LinkedHashMap<>();

  /** Up to which run the records of each measure are in what is explained so far. */
  private final Map<MeasureUse, Long> runs = new HashMap<>();

  ExplainedStep(
      Evidence evidence, RecordMoves moves, KeyResultReading before, KeyResultReading after) {
    this.evidence = evidence;
    this.moves = moves;
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
    Optional<KeyResult> keyResult = now.keyResult(after.keyResult());
    Setup setup = now.setup();
    if (setup == null || keyResult.isEmpty()) {
      rest(value(before), now.why());
      return effects;
    }
    if (!reads(setup, keyResult.get())) {
      together(old, setup, keyResult.get());
      return effects;
    }
    Map<MeasureUse, Reading> state = configured(old, keyResult.get());
    BigDecimal value = definitionDid(old, setup, keyResult.get(), state);
    Attribution attribution =
        new Attribution(evidence, evaluation(setup, keyResult.get()), state, value, value(after));
    attribution.change(windowsMoved(state));
    attribution.change(recordsMoved());
    effects.addAll(attribution.effects());
    rest(attribution.value(), "");
    return effects;
  }

  /** Records under keys are not taken apart: all of the step has one cause. */
  private void together(StoredSetups.Compiled old, Setup setup, KeyResult keyResult) {
    BigDecimal amount = value(after).subtract(value(before));
    if (amount.signum() == 0) {
      return;
    }
    if (before.configVersion() != after.configVersion()) {
      String text = new DefinitionChanges(old, setup).of(keyResult);
      long version = after.configVersion();
      effects.add(new Effect(Why.CONFIGURATION, null, version, text, amount, 0, null));
    } else if (after.cause() == Cause.TIME) {
      effects.add(Effect.of(Why.TIME, amount, Why.TIME.words()));
    } else {
      effects.add(
          Effect.of(Why.MANY, amount, "records under keys, which are not named one by one"));
    }
  }

  /**
   * Whether the formula reads whole measures only and what is stored; each of its uses belongs to
   * an input then.
   */
  private boolean reads(Setup setup, KeyResult keyResult) {
    List<MeasureUse> uses = List.copyOf(setup.formula(keyResult).uses(scope(keyResult)));
    List<String> names = uses.stream().map(MeasureUse::toString).toList();
    if (!names.equals(after.inputs().stream().map(Input::name).toList())
        || uses.stream().anyMatch(it -> it.grouped() || !it.selection().among().isEmpty())) {
      return false;
    }
    for (int i = 0; i < uses.size(); i++) {
      inputs.put(uses.get(i), after.inputs().get(i));
    }
    return true;
  }

  private Scope scope(KeyResult keyResult) {
    return Movements.scope(keyResult.cycle(), after.at());
  }

  private Function<Map<MeasureUse, Reading>, Evaluation> evaluation(
      Setup setup, KeyResult keyResult) {
    return readings -> setup.formula(keyResult).evaluate(scope(keyResult), readings);
  }

  /** The measures of the new configuration, as of the runs and the windows of before. */
  private Map<MeasureUse, Reading> configured(StoredSetups.Compiled old, KeyResult keyResult) {
    boolean sameCycle =
        old.keyResult(keyResult.id()).map(it -> it.cycle().equals(keyResult.cycle())).orElse(false);
    Map<MeasureUse, Reading> state = new LinkedHashMap<>();
    inputs.forEach(
        (use, input) -> {
          Optional<Input> known = known(input, sameCycle);
          if (known.isPresent()) {
            note(use, known.get().run());
            state.put(use, reading(known.get()));
          } else {
            state.put(use, asOfBefore(old, use.selection().measure(), use, input));
          }
        });
    return state;
  }

  /** The same input before, in the same window or, where that moves with time, the only one. */
  private Optional<Input> known(Input input, boolean sameCycle) {
    List<Input> like =
        before.inputs().stream()
            .filter(it -> it.name().equals(input.name()) && it.version().equals(input.version()))
            .toList();
    Optional<Input> same =
        like.stream()
            .filter(it -> Movements.window(it).equals(Movements.window(input)))
            .findFirst();
    return same.isEmpty() && sameCycle && like.size() == 1 ? Optional.of(like.get(0)) : same;
  }

  private Reading asOfBefore(
      StoredSetups.Compiled old, Measure measure, MeasureUse use, Input input) {
    Long run = runBefore(old, measure.definition().from());
    Optional<Reading> then =
        run == null || input.run() == null || run > input.run()
            ? Optional.empty()
            : evidence.reading(measure, Movements.window(input), run);
    note(use, then.isPresent() ? run : input.run());
    return then.orElseGet(() -> reading(input));
  }

  /** As of which run a source was seen before; null where it was not. */
  private @Nullable Long runBefore(StoredSetups.Compiled old, String source) {
    Setup setup = old.setup();
    if (setup == null) {
      return null;
    }
    return before.inputs().stream()
        .filter(it -> setup.sourceOf(it).equals(Optional.of(source)))
        .map(Input::run)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /**
   * What a new configuration did, or time alone in a formula that goes by the day. Where a new
   * configuration has no value as of before, all of the step is its doing.
   */
  private BigDecimal definitionDid(
      StoredSetups.Compiled old, Setup setup, KeyResult keyResult, Map<MeasureUse, Reading> state) {
    boolean configured = before.configVersion() != after.configVersion();
    if (configured && !(evaluation(setup, keyResult).apply(state) instanceof Evaluation.Value)) {
      inputs.forEach(
          (use, input) -> {
            state.put(use, reading(input));
            note(use, input.run());
          });
    }
    if (!(evaluation(setup, keyResult).apply(state) instanceof Evaluation.Value found)) {
      return value(before);
    }
    BigDecimal amount = found.value().subtract(value(before));
    if (amount.signum() != 0) {
      effects.add(
          configured
              ? new Effect(
                  Why.CONFIGURATION,
                  null,
                  after.configVersion(),
                  new DefinitionChanges(old, setup).of(keyResult),
                  amount,
                  0,
                  null)
              : Effect.of(Why.TIME, amount, Why.TIME.words()));
    }
    return found.value();
  }

  /** Windows move on, the records staying as they were. */
  private List<MeasureMove> windowsMoved(Map<MeasureUse, Reading> state) {
    List<MeasureMove> moved = new ArrayList<>();
    state.forEach(
        (use, reading) -> {
          Window to = Movements.window(requireNonNull(inputs.get(use)));
          Long run = runs.get(use);
          if (run == null || reading.window().equals(to)) {
            return;
          }
          Measure measure = use.selection().measure();
          evidence
              .reading(measure, to, run)
              .map(
                  then ->
                      new MeasureMove(
                          use,
                          measure,
                          then,
                          run,
                          Why.TIME,
                          moves.ofWindow(measure, reading.window(), to, run)))
              .ifPresent(moved::add);
        });
    return moved;
  }

  private List<MeasureMove> recordsMoved() {
    List<MeasureMove> moved = new ArrayList<>();
    inputs.forEach(
        (use, input) -> {
          Long until = input.run();
          Long run = runs.get(use);
          if (until != null && !until.equals(run)) {
            moved.add(recordsMoved(use.selection().measure(), use, input, run, until));
          }
        });
    return moved;
  }

  private MeasureMove recordsMoved(
      Measure measure, MeasureUse use, Input input, @Nullable Long run, long until) {
    Reading to = reading(input);
    if (run == null) {
      return new MeasureMove(use, measure, to, until, Why.FIRST_READ, Optional.empty());
    }
    Optional<List<RecordMoves.Move>> its =
        moves.between(measure, Movements.window(input), run, until);
    return new MeasureMove(use, measure, to, until, Why.MANY, its);
  }

  /** What is left when all is said; the ledger says by what. */
  private void rest(BigDecimal explained, String why) {
    BigDecimal left = value(after).subtract(explained);
    if (left.signum() != 0) {
      String by = "set by " + after.cause().name().toLowerCase(Locale.ROOT);
      effects.add(Effect.of(Why.OTHER, left, why.isEmpty() ? by : by + "; " + why));
    }
  }

  private void note(MeasureUse use, @Nullable Long run) {
    if (run != null) {
      runs.put(use, run);
    }
  }

  private static Reading reading(Input input) {
    @Nullable Reason reason =
        input.value() != null
            ? null
            : new Reason(Reason.Name.NO_RECORDS, String.valueOf(input.reason()));
    return new Reading(
        input.name(), Movements.window(input), input.records(), input.value(), reason);
  }

  private static BigDecimal value(KeyResultReading reading) {
    return Objects.requireNonNull(reading.value(), "only readings with a value are explained");
  }
}
