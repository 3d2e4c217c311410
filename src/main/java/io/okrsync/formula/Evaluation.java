package io.okrsync.formula;

import io.okrsync.measure.Reason;
import java.math.BigDecimal;

/** What a formula came to. */
public sealed interface Evaluation {
  /** A value, rounded half even to at most 10 decimals, without trailing zeros. */
  record Value(BigDecimal value) implements Evaluation {}

  /** No value, and why. */
  record NoValue(Reason reason) implements Evaluation {}
}
