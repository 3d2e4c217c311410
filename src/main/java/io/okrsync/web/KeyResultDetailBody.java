package io.okrsync.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.store.KeyResultReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key result with what it is computed from.
 *
 * @param inputs what the formula was given at the newest reading; empty before the first
 */
record KeyResultDetailBody(
    @JsonUnwrapped KeyResultBody keyResult, List<MeasureBody> measures, List<InputBody> inputs) {

  static KeyResultDetailBody of(KeyResultDetail detail, List<KeyResultReading> newest) {
    return new KeyResultDetailBody(
        KeyResultBody.of(detail.standing()),
        detail.measures().stream().map(MeasureBody::of).toList(),
        newest.stream()
            .limit(1)
            .flatMap(reading -> reading.inputs().stream())
            .map(InputBody::of)
            .toList());
  }

  /** A measure as measures.yaml defines it; what it does not set is null. */
  record MeasureBody(
      String name,
      String from,
      @Nullable String where,
      String at,
      String aggregate,
      @Nullable String value,
      @Nullable String currency,
      @Nullable String in) {

    static MeasureBody of(MeasureDefinition measure) {
      return new MeasureBody(
          measure.name(),
          measure.from(),
          measure.where(),
          measure.at(),
          measure.aggregate().key(),
          measure.value(),
          measure.currency(),
          measure.in());
    }
  }
}
