package io.okrsync.formula;

import io.okrsync.measure.Reading;
import java.util.Map;

/** Where a part of a formula is evaluated, and what was read. */
record Here(Scope scope, Map<MeasureUse, Reading> readings) {

  Here in(Scope other) {
    return new Here(other, readings);
  }

  Reading reading(MeasureUse use) {
    Reading reading = readings.get(use);
    if (reading == null) {
      throw new IllegalArgumentException("no reading was given for " + use);
    }
    return reading;
  }
}
