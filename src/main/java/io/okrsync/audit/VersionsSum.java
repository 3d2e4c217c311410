package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to the versions of records, as a sum: it can be gone on with after each page, can
 * be made again in any order, and holds nothing but itself. It is as wide as it is because sums of
 * short hashes can be forged by choosing many terms; see src/docs/decisions.
 *
 * <p>Beside it each number is added up once more, multiplied by one that the record's id makes:
 * where one term is another than it was, the two sums are off by amounts that tell whose it is.
 */
public final class VersionsSum {
  private static final int PARTS = 4;
  private static final int PART_BYTES = 64;
  private static final BigInteger WIDE = BigInteger.ONE.shiftLeft(8 * PARTS * PART_BYTES);
  private static final int NARROW_BYTES = 16;
  private static final BigInteger NARROW = BigInteger.ONE.shiftLeft(8 * NARROW_BYTES);
  private static final int NARROW_DIGITS = 2 * NARROW_BYTES;
  private static final int DIGEST_DIGITS = 64;

  private final MessageDigest sha = sha512();
  private BigInteger sum = BigInteger.ZERO;
  private BigInteger weighted = BigInteger.ZERO;

  /** Goes on from {@link #text()}; from nothing where that is empty. */
  public static VersionsSum from(String text) {
    VersionsSum from = new VersionsSum();
    int space = text.indexOf(' ');
    if (space > 0) {
      from.sum = new BigInteger(text.substring(0, space), 16);
      from.weighted = new BigInteger(text.substring(space + 1), 16);
    }
    return from;
  }

  /** The run wrote this version. */
  public void opened(String record, String hash, @Nullable Instant updatedAt) {
    add(1, record, opening(record, hash, updatedAt));
  }

  /** The run wrote this version and, later on, another one in its place, or none. */
  public void withdrawn(String record, String hash, @Nullable Instant updatedAt) {
    add(-1, record, opening(record, hash, updatedAt));
  }

  /** The version of the record that an earlier run wrote is true no more. */
  public void ended(String record, long sinceRun) {
    add(1, record, "ended " + sinceRun + " " + record);
  }

  /** To go on from later. */
  public String text() {
    return "%x %x".formatted(sum.mod(WIDE), weighted.mod(NARROW));
  }

  /** What is kept of it for good: SHA-256 of the sum, its end, and the weighted sum. */
  public String seal() {
    return CanonicalJson.digest("%0512x".formatted(sum.mod(WIDE)))
        + "%032x%032x".formatted(sum.mod(NARROW), weighted.mod(NARROW));
  }

  /**
   * Whether it is this record, and no other, whose part is not what a seal says. Never true where
   * the parts of several records are not.
   */
  public boolean blames(String record, String seal) {
    BigInteger off = sum.subtract(narrow(seal, 0)).mod(NARROW);
    BigInteger weightedOff = weighted.subtract(narrow(seal, 1)).mod(NARROW);
    return off.signum() != 0 && off.multiply(weight(record)).mod(NARROW).equals(weightedOff);
  }

  private static BigInteger narrow(String seal, int which) {
    int from = DIGEST_DIGITS + which * NARROW_DIGITS;
    return new BigInteger(seal.substring(from, from + NARROW_DIGITS), 16);
  }

  private static String opening(String record, String hash, @Nullable Instant updatedAt) {
    return "opened " + hash + " " + micros(updatedAt) + " " + record;
  }

  private static String micros(@Nullable Instant at) {
    return at == null ? "-" : String.valueOf(EpochMicros.of(at));
  }

  private void add(int sign, String record, String text) {
    byte[] wide = wide(sha, text);
    BigInteger end = new BigInteger(sign, wide, wide.length - NARROW_BYTES, NARROW_BYTES);
    sum = sum.add(new BigInteger(sign, wide));
    weighted = weighted.add(end.multiply(weight(record)));
  }

  /** The number of 2,048 bits that is made of a text. */
  static BigInteger wide(String text) {
    return new BigInteger(1, wide(sha512(), text));
  }

  /** Four times SHA-512, of the text and the digits 0 to 3, one after the other. */
  private static byte[] wide(MessageDigest sha, String text) {
    byte[] bytes = (text + "0").getBytes(UTF_8);
    byte[] wide = new byte[PARTS * PART_BYTES];
    for (int i = 0; i < PARTS; i++) {
      bytes[bytes.length - 1] = (byte) ('0' + i);
      System.arraycopy(sha.digest(bytes), 0, wide, i * PART_BYTES, PART_BYTES);
    }
    return wide;
  }

  private static BigInteger weight(String record) {
    CRC32 crc = new CRC32();
    crc.update(record.getBytes(UTF_8));
    return BigInteger.valueOf(crc.getValue() + 1);
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-512", impossible);
    }
  }
}
