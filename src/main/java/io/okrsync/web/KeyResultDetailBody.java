package io.okrsync.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Forecast;
import io.okrsync.okr.ObjectiveStanding;
import io.okrsync.okr.Standing;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A key result with what it is computed from.
 *
 * @param definitions the named expressions that its formula and measures use
 * @param inputs what the formula was given at the newest reading; empty before the first
 * @param parts the key results of the objective whose score is the value; empty where none is
 * @param initiatives the issues that are linked to it; null where none are asked for
 * @param forecast null while too few days are known, outside of the cycle, and while the value is
 *     outdated
 * @param checkIn what a person said last; null while nobody did
 * @param disagreement how that differs from the computed status; null where it does not
 */
record KeyResultDetailBody(
    @JsonUnwrapped KeyResultBody keyResult,
    List<MeasureBody> measures,
    SortedMap<String, String> definitions,
    List<InputBody> inputs,
    List<PartBody> parts,
    @Nullable InitiativesBody initiatives,
    @Nullable ForecastBody forecast,
    @Nullable CheckInBody checkIn,
    @Nullable String disagreement) {

  static KeyResultDetailBody of(
      KeyResultDetail detail, List<KeyResultReading> newest, List<CheckIn> checkIns) {
    Optional<CheckIn> said = checkIns.stream().findFirst();
    return new KeyResultDetailBody(
        KeyResultBody.of(detail.standing()),
        detail.measures().stream().map(MeasureBody::of).toList(),
        detail.definitions(),
        newest.stream()
            .limit(1)
            .flatMap(reading -> reading.inputs().stream())
            .map(InputBody::of)
            .toList(),
        PartBody.of(detail.standing()),
        detail.initiatives().map(InitiativesBody::of).orElse(null),
        detail.forecast().map(ForecastBody::of).orElse(null),
        said.map(CheckInBody::of).orElse(null),
        said.flatMap(it -> it.disagreement(detail.standing().status())).orElse(null));
  }

  /**
   * Where the value ends if the days to come are like those so far; eight of ten such courses end
   * between low and high.
   *
   * @param reachedOn the day on which the target would be reached; null where none is to be seen
   */
  record ForecastBody(
      BigDecimal value, BigDecimal low, BigDecimal high, int days, @Nullable String reachedOn) {
    static ForecastBody of(Forecast forecast) {
      return new ForecastBody(
          forecast.value(),
          forecast.low(),
          forecast.high(),
          forecast.days(),
          forecast.reachedOn() == null ? null : forecast.reachedOn().toString());
    }
  }

  /**
   * What one key result adds to the score of its objective.
   *
   * @param adds its weight times its score, divided by all weights; null while it has no score
   */
  record PartBody(
      String keyResult,
      BigDecimal weight,
      @Nullable BigDecimal score,
      @Nullable BigDecimal adds,
      String status) {
    static List<PartBody> of(Standing rolledUp) {
      return Optional.ofNullable(rolledUp.marks().child()).stream()
          .flatMap(child -> child.judged().stream().map(it -> of(it, child)))
          .toList();
    }

    private static PartBody of(Standing it, ObjectiveStanding objective) {
      return new PartBody(
          it.keyResult().id(), it.weight(), it.score(), objective.adds(it), it.status().label());
    }
  }

  /** A measure as measures.yaml defines it; what it does not set is null. */
  record MeasureBody(
      String name,
      String from,
      @Nullable String where,
      String at,
      String aggregate,
      @Nullable String value,
      @Nullable BigDecimal rank,
      @Nullable String by,
      @Nullable String currency,
      @Nullable String in,
      @Nullable String rates) {

    static MeasureBody of(MeasureDefinition measure) {
      return new MeasureBody(
          measure.name(),
          measure.from(),
          measure.where(),
          measure.at(),
          measure.aggregate().key(),
          measure.value(),
          measure.rank(),
          measure.by(),
          measure.currency(),
          measure.in(),
          measure.rates() == null ? null : measure.rates().name());
    }
  }
}
