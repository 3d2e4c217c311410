package io.okrsync;

import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Selection;

/** Measures of an earlier configuration with the exchange rates of a later one. */
final class OtherRates {
  private final Setup later;

  OtherRates(Setup later) {
    this.later = later;
  }

  /** The same selection, of measures that differ from these in their rates at most. */
  Selection of(Selection selection) {
    return new Selection(
        of(selection.measure()),
        selection.window(),
        selection.among().stream()
            .map(it -> new Selection.Among(of(it.keys()), it.inside()))
            .toList());
  }

  /** The measure of the same name if only its rates are others, or else the same measure. */
  Measure of(Measure measure) {
    Measure now = later.configuration().measures().get(measure.definition().name());
    return now != null && differsInRates(measure.definition(), now.definition()) ? now : measure;
  }

  private static boolean differsInRates(MeasureDefinition one, MeasureDefinition other) {
    return one.rates() != null
        && other.rates() != null
        && !one.rates().equals(other.rates())
        && one.rated(other.rates()).equals(other);
  }
}
