package io.okrsync.formula;

import io.okrsync.measure.Window;

/**
 * A measure as a formula uses it.
 *
 * @param written as the formula calls it, such as {@code previous(deals_won)}
 * @param measure its name
 * @param window where it is read
 */
public record MeasureUse(String written, String measure, Window window) {
  @Override
  public String toString() {
    return written;
  }
}
