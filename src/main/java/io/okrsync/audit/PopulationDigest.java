package io.okrsync.audit;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Names a set of records' parts in a measure: the sum, modulo 2^256, of the SHA-256 of each part as
 * canonical JSON. The order does not matter, and a part can be taken away again.
 */
public final class PopulationDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private PopulationDigest() {}

  /** Of one part: record, date, amount, item, key, currency, problem. */
  public static BigInteger of(@Nullable Object... part) {
    return new BigInteger(CanonicalJson.digest(CanonicalJson.of(Arrays.asList(part))), 16);
  }

  /** A sum of such numbers, as it is written. */
  public static String text(BigInteger sum) {
    return "%064x".formatted(sum.mod(MODULUS));
  }
}
