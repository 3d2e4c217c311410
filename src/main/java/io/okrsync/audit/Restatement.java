package io.okrsync.audit;

import io.okrsync.okr.KeyResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not what it was when its cycle ended. The one at the end stays; this says what is
 * read since then.
 *
 * @param keyResult by the last configuration that has it
 * @param closed the final value
 * @param closedAt when that was frozen
 * @param now what is read now
 * @param since when that was read
 * @param reading the reading that says so
 */
public record Restatement(
    KeyResult keyResult,
    BigDecimal closed,
    Instant closedAt,
    BigDecimal now,
    Instant since,
    long reading) {

  public BigDecimal change() {
    return Change.between(closed, now);
  }

  /** The change as a share of the final value; null where that is 0. */
  public @Nullable BigDecimal share() {
    return share(closed, now);
  }

  private static @Nullable BigDecimal share(BigDecimal closed, BigDecimal now) {
    return closed.signum() == 0
        ? null
        : now.subtract(closed).divide(closed.abs(), MathContext.DECIMAL32);
  }

  /** Which share its cycle tolerates. */
  public BigDecimal tolerance() {
    return keyResult.cycle().tolerance();
  }

  /** Whether it is more than its cycle tolerates; of a final value of 0, any change is. */
  public boolean isBeyond() {
    return isBeyond(closed, now, tolerance());
  }

  /** Whether a final value and the one of now differ by more than this share. */
  public static boolean isBeyond(BigDecimal closed, BigDecimal now, BigDecimal tolerance) {
    BigDecimal share = share(closed, now);
    return now.compareTo(closed) != 0 && (share == null || share.abs().compareTo(tolerance) > 0);
  }

  /** Such as {@code +3 (+1.5%), and 1% is tolerated}. */
  public String inWords() {
    return inWords(closed, now, tolerance());
  }

  /** The same of a final value and the one of now. */
  public static String inWords(BigDecimal closed, BigDecimal now, BigDecimal tolerance) {
    BigDecimal share = share(closed, now);
    return "%s%s, and %s%% is tolerated"
        .formatted(
            signed(now.subtract(closed)),
            share == null ? "" : " (%s%%)".formatted(signed(share.movePointRight(2))),
            plain(tolerance.movePointRight(2)));
  }

  private static String signed(BigDecimal number) {
    return (number.signum() > 0 ? "+" : "") + plain(number);
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
