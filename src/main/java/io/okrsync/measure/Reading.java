package io.okrsync.measure;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The value of one measure in one window. A source that reports nothing yields no reading; that is
 * not zero.
 *
 * @param records how many records count in the window
 * @param value null exactly where there is a reason
 * @param reason why there is no value; null where there is one
 */
public record Reading(
    String measure,
    Window window,
    long records,
    @Nullable BigDecimal value,
    @Nullable Reason reason) {
  public Reading {
    if ((value == null) == (reason == null)) {
      throw new IllegalArgumentException(
          "a reading has a value or a reason why not, and not both: " + measure);
    }
  }
}
