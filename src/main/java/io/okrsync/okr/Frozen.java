package io.okrsync.okr;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that is read once and then stays, whatever comes later. Its reading is kept like any
 * other, under a name of its own, so that it can be computed again.
 *
 * @param value null while it could not be read
 * @param reason why not; null exactly where there is a value
 * @param at when it was frozen; null while it is not
 * @param reading the number of its reading; null while there is none
 */
public record Frozen(
    @Nullable BigDecimal value,
    @Nullable String reason,
    @Nullable Instant at,
    @Nullable Long reading) {

  /** It could not be read yet. */
  public static Frozen notYet(String reason) {
    return new Frozen(null, reason, null, null);
  }

  /** The key result that a value is of, whichever of these names it is kept under. */
  public static String keyResultOf(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** The name under which the value at the end of the cycle is kept. */
  public static String closeOf(String keyResult) {
    return keyResult + "/final";
  }

  /** The name under which the baseline of a key result is kept; no id has a slash. */
  public static String baselineOf(String keyResult) {
    return keyResult + "/baseline";
  }
}
