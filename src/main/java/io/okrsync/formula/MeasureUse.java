package io.okrsync.formula;

/**
 * A measure as a formula uses it.
 *
 * @param previous whether it is read in the cycle before: {@code previous(deals_won)}
 */
public record MeasureUse(String measure, boolean previous) {
  /** As the formula writes it. */
  @Override
  public String toString() {
    return previous ? "previous(" + measure + ")" : measure;
  }
}
