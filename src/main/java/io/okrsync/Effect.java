package io.okrsync;

import io.okrsync.audit.Explanation.RecordPart;
import io.okrsync.audit.Why;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one cause added in one step from a value to the next.
 *
 * @param input the measure as the formula calls it; null where it is not about one measure
 * @param configVersion the configuration that did it; null where none did
 * @param record null where it is not about one record
 * @param records how many records it is about
 */
record Effect(
    Why why,
    @Nullable String input,
    @Nullable Long configVersion,
    String text,
    BigDecimal amount,
    long records,
    @Nullable RecordPart record) {

  static Effect of(Why why, BigDecimal amount, String text) {
    return new Effect(why, null, null, text, amount, 0, null);
  }
}
