package io.okrsync.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names a set of records' parts in a measure: SHA-256 of the sum, modulo 2^2048, of a number for
 * each part. The order does not matter, and a part can be taken away again. It is as wide as {@link
 * VersionsSum}, for the same reason.
 */
public final class PopulationDigest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(2048);

  private PopulationDigest() {}

  /** Of what one record adds. */
  public static BigInteger of(String record, List<@Nullable Object> parts) {
    List<@Nullable Object> all = new ArrayList<>();
    all.add(record);
    all.addAll(parts);
    return VersionsSum.wide(CanonicalJson.of(all));
  }

  /** A sum of such numbers, as it is written. */
  public static String text(BigInteger sum) {
    return CanonicalJson.digest("%0512x".formatted(sum.mod(MODULUS)));
  }
}
