package io.okrsync.measure;

/**
 * Thrown by an operation that cannot be done on these values; becomes an {@link Outcome.Failed}.
 */
final class EvaluationFailure extends RuntimeException {
  private final Reason reason;

  EvaluationFailure(Reason.Name name, String text) {
    super(text, null, false, false); // one per record is possible, and nobody reads its stack
    this.reason = new Reason(name, text);
  }

  static EvaluationFailure because(String text) {
    return new EvaluationFailure(Reason.Name.FORMULA_FAILED, text);
  }

  static EvaluationFailure dividedByNothing(String divisor) {
    return new EvaluationFailure(Reason.Name.DIVISION_BY_NOTHING, divisor + " is 0");
  }

  Reason reason() {
    return reason;
  }
}
