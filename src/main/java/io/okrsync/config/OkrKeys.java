package io.okrsync.config;

import io.okrsync.okr.Ambition;
import io.okrsync.okr.Indicator;
import io.okrsync.okr.Target;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The keys of {@code okrs/*.yaml}: a cycle, its objectives and their key results. */
final class OkrKeys {
  static final Key<String> CYCLE_ID =
      Key.required("id", Kinds.ID, "2026-Q4", "The name of the cycle.");
  static final Key<LocalDate> FROM =
      Key.required("from", Kinds.DATE, "2026-10-01", "Its first day.");
  static final Key<LocalDate> TO = Key.required("to", Kinds.DATE, "2026-12-31", "Its last day.");
  static final Key<ZoneId> ZONE =
      Key.optional(
          "zone",
          Kinds.ZONE,
          "UTC",
          "Asia/Jakarta",
          "The time zone in which its days begin and end.");
  static final Key<BigDecimal> TOLERANCE =
      Key.optional(
          "tolerance",
          Kinds.SHARE,
          "0%",
          "1%",
          "By how much of its final value a key result may change after the last day; more is a"
              + " finding.");
  static final Shape CYCLE = Shape.of(CYCLE_ID, FROM, TO, ZONE, TOLERANCE);

  static final Key<String> KEY_RESULT_ID =
      Key.required(
          "id",
          Kinds.ID,
          "win-rate",
          "Its name in addresses and histories; unique over all files.");
  static final Key<String> KEY_RESULT_TITLE =
      Key.required(
          "title", Kinds.LINE, "Raise the win rate from 18% to 25%", "What is to be reached.");
  static final Key<String> KEY_RESULT_OWNER =
      Key.optional(
          "owner",
          Kinds.LINE,
          "that of the objective",
          "Ani",
          "The team or person who answers for it.");
  static final Key<Duration> TYPED =
      Key.optional(
          "typed",
          Kinds.DURATION,
          null,
          "14d",
          "Instead of formula: a person types the value, at least this often.");
  static final Key<Node.Scalar> FORMULA =
      Key.optional(
          "formula",
          new ExpressionText(),
          null,
          "100.0 * deals_won / (deals_won + deals_lost)",
          "Its value, computed from measures.");
  static final Key<String> CHILD =
      Key.optional(
          "child",
          Kinds.ID,
          null,
          "win-in-jakarta",
          "Instead of formula: the objective whose score, in per cent, is its value.");
  static final Key<Optional<BigDecimal>> BASELINE =
      Key.optional(
          "baseline",
          new NumberOr<>(
              Optional::of, Kinds.textValue("measured", "measured", text -> Optional.empty())),
          null,
          "18",
          "The value when the cycle began; measured: what it was in the cycle before.");
  static final Key<Target> TARGET =
      Key.optional(
          "target",
          new NumberOr<>(
              Target::number,
              Kinds.textValue(
                  "a change such as +20%, -15% or +3 points", Target.LOOKS, Target::change)),
          null,
          "25",
          "The value at which it is done, or by how much the baseline is to change.");
  static final Key<BigDecimal> AT_LEAST =
      Key.optional(
          "atLeast", Kinds.NUMBER, null, "80", "A limit to keep: never less. Instead of target.");
  static final Key<BigDecimal> AT_MOST =
      Key.optional(
          "atMost", Kinds.NUMBER, null, "2", "A limit to keep: never more. With atLeast, a band.");
  static final Key<LocalDate> DONE_BY =
      Key.optional(
          "doneBy",
          Kinds.DATE,
          null,
          "2026-11-15",
          "A milestone: the last day for the value to be 1 or more. Instead of target.");
  static final Key<Boolean> WATCH =
      Key.optional(
          "watch",
          Kinds.TRUE,
          null,
          "true",
          "Instead of target: nothing is asked, the value is shown and counts into no score.");
  static final Key<String> UNIT =
      Key.optional("unit", Kinds.LINE, "none", "\"%\"", "What the value is counted in.");
  static final Key<BigDecimal> WEIGHT =
      Key.optional("weight", Kinds.NUMBER, "1", "2", "Its share in the objective.");
  static final Key<Integer> PRIORITY =
      Key.optional("priority", Kinds.FACTOR, "1", "3", "How important it is; multiplies weight.");
  static final Key<Integer> DIFFICULTY =
      Key.optional("difficulty", Kinds.FACTOR, "1", "2", "How hard it is; multiplies weight.");
  static final Key<Ambition> AMBITION =
      Key.optional(
          "ambition",
          Kinds.text("committed or stretch", "committed|stretch", Kinds.of(Ambition.class)),
          "committed",
          "stretch",
          "Whether the target is promised or is more than can be.");
  static final Key<Indicator> INDICATOR =
      Key.optional(
          "indicator",
          Kinds.text("leading or lagging", "leading|lagging", Kinds.of(Indicator.class)),
          "none",
          "leading",
          "Whether it tells what is coming or what has come.");
  static final Key<String> INITIATIVES =
      Key.optional(
          "initiatives",
          Kinds.ID,
          "none",
          "win_rate_work",
          "The measure that counts the issues by which it is to be reached; they are shown.");
  static final Key<LocalDate> BY =
      Key.required("by", Kinds.DATE, "2026-10-31", "The last day for it.");
  static final Key<BigDecimal> REACH =
      Key.required("reach", Kinds.NUMBER, "20", "The value that should be there then.");
  static final Shape STEP = Shape.of(BY, REACH);
  static final Key<List<Section>> PACE =
      Key.optional(
          "pace",
          new ListOf<>(STEP),
          "as much on each day",
          "[{ by: 2026-10-31, reach: 20 }]",
          "Dated steps, where progress is not expected day by day.");
  static final Key<Section> OWN_CYCLE =
      Key.optional(
          "cycle",
          CYCLE,
          "that of the file",
          "{ id: 2026-11, from: 2026-11-01, to: 2026-11-30 }",
          "Days of its own, within those of the objective or not.");
  static final Shape KEY_RESULT =
      Shape.of(
              KEY_RESULT_ID,
              KEY_RESULT_TITLE,
              KEY_RESULT_OWNER,
              FORMULA,
              TYPED,
              CHILD,
              BASELINE,
              TARGET,
              AT_LEAST,
              AT_MOST,
              DONE_BY,
              WATCH,
              UNIT,
              WEIGHT,
              PRIORITY,
              DIFFICULTY,
              AMBITION,
              INDICATOR,
              PACE,
              INITIATIVES,
              OWN_CYCLE)
          .with(
              new Rule.OneOf(List.of(FORMULA, TYPED, CHILD)),
              new Rule.SomeOf(List.of(TARGET, AT_LEAST, AT_MOST, DONE_BY, CHILD, WATCH)),
              new Rule.NotBoth(TARGET, AT_LEAST),
              new Rule.NotBoth(TARGET, AT_MOST),
              new Rule.NoneWith(
                  WATCH,
                  List.of(
                      BASELINE,
                      TARGET,
                      AT_LEAST,
                      AT_MOST,
                      DONE_BY,
                      CHILD,
                      PACE,
                      WEIGHT,
                      PRIORITY,
                      DIFFICULTY,
                      AMBITION)),
              new Rule.NoneWith(DONE_BY, List.of(TARGET, AT_LEAST, AT_MOST, UNIT, PACE)),
              new Rule.NoneWith(
                  CHILD, List.of(BASELINE, TARGET, AT_LEAST, AT_MOST, DONE_BY, UNIT, PACE)),
              new Rule.Needs(TARGET, BASELINE),
              new Rule.Needs(BASELINE, TARGET));

  static final Key<String> OBJECTIVE_ID =
      Key.required("id", Kinds.ID, "close-better-deals", "Its name; unique over all files.");
  static final Key<String> OBJECTIVE_TITLE =
      Key.required(
          "title",
          Kinds.LINE,
          "Close more of the right deals",
          "What it is about, without a number.");
  static final Key<String> OWNER =
      Key.required("owner", Kinds.LINE, "sales", "The team or person who answers for it.");
  static final Key<List<Section>> KEY_RESULTS =
      Key.required("keyResults", new ListOf<>(KEY_RESULT), "[…]", "How it is known to be reached.");
  static final Shape OBJECTIVE = Shape.of(OBJECTIVE_ID, OBJECTIVE_TITLE, OWNER, KEY_RESULTS);

  static final Key<Section> CYCLE_KEY =
      Key.required(
          "cycle",
          CYCLE,
          "{ id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta }",
          "The time the objectives are set for.");
  static final Key<BigDecimal> GOOD =
      Key.optional(
          "good", Kinds.NUMBER, "0.7", "0.75", "From this score on it is good progress, on track.");
  static final Key<BigDecimal> FAR_OFF =
      Key.optional(
          "farOff", Kinds.NUMBER, "0.3", "0.4", "Up to this score it is far off, off track.");
  static final Key<BigDecimal> SUCCESS =
      Key.optional(
          "success",
          Kinds.NUMBER,
          "0.8",
          "0.9",
          "From this score on a stretch target is a success.");
  static final Shape GRADE_BOUNDS = Shape.of(GOOD, FAR_OFF, SUCCESS);
  static final Key<Section> GRADES =
      Key.optional(
          "grades",
          GRADE_BOUNDS,
          "as below",
          "{ good: 0.75, farOff: 0.4 }",
          "From which scores on which grades are given.");
  static final Key<List<Section>> OBJECTIVES =
      Key.required("objectives", new ListOf<>(OBJECTIVE), "[…]", "What the teams want to reach.");
  static final Shape FILE = Shape.of(CYCLE_KEY, GRADES, OBJECTIVES);

  private OkrKeys() {}
}
