package io.okrsync.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.CheckIn;
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
 * @param checkIn what a person said last; null while nobody did
 * @param disagreement how that differs from the computed status; null where it does not
 */
record KeyResultDetailBody(
    @JsonUnwrapped KeyResultBody keyResult,
    List<MeasureBody> measures,
    SortedMap<String, String> definitions,
    List<InputBody> inputs,
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
        said.map(CheckInBody::of).orElse(null),
        said.flatMap(it -> it.disagreement(detail.standing().status())).orElse(null));
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
