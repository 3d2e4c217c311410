package io.okrsync.web;

import io.okrsync.measure.MeasureDefinition;
import io.okrsync.okr.Objective;
import io.okrsync.okr.Standing;
import java.util.List;

/**
 * A key result with what it is computed from.
 *
 * @param measures those its formula uses
 */
public record KeyResultDetail(
    Objective objective, Standing standing, List<MeasureDefinition> measures) {
  public KeyResultDetail {
    measures = List.copyOf(measures);
  }
}
