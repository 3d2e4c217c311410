package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which each entry seals the one before, and the check that nobody broke it.
 *
 * <p>What is hashed is unambiguous: each field is written as the number of its UTF-8 bytes (4
 * bytes) and those bytes, in this order: sequence, instant in microseconds since 1970, actor,
 * action, subject, detail, previous hash; the two numbers as decimal text.
 */
public final class AuditChain {
  /** What stands in place of the hash before the first entry. */
  public static final String GENESIS = "0".repeat(64);

  private AuditChain() {}

  /** The entry as the next link after the one with the previous hash. */
  public static SealedEntry seal(long sequence, AuditEntry entry, String previousHash) {
    return new SealedEntry(sequence, entry, previousHash, hash(sequence, entry, previousHash));
  }

  /**
   * All that is wrong with these entries, which are given from the first on. An empty list means
   * that each is as it was written and none is missing between them; whether some are missing at
   * the end shows only against a number and hash noted elsewhere.
   */
  public static List<AuditFinding> verify(Iterable<SealedEntry> entries) {
    ChainCheck check = new ChainCheck();
    entries.forEach(check::next);
    return check.findings();
  }

  /** What is wrong with an entry that should come next; null where it is right. */
  static @Nullable String wrong(SealedEntry sealed, long expected, String previous) {
    if (!sealed.hash().equals(hash(sealed.sequence(), sealed.entry(), sealed.previousHash()))) {
      return "entry %d was changed after it was written".formatted(sealed.sequence());
    }
    if (sealed.sequence() != expected) {
      return "entry %d stands where entry %d should: entries are missing, doubled or reordered"
          .formatted(sealed.sequence(), expected);
    }
    if (!sealed.previousHash().equals(previous)) {
      return "entry %d does not continue the one before it: one of them was replaced"
          .formatted(sealed.sequence());
    }
    return null;
  }

  private static String hash(long sequence, AuditEntry entry, String previousHash) {
    MessageDigest digest = sha256();
    List.of(
            Long.toString(sequence),
            Long.toString(EpochMicros.of(entry.at())),
            entry.actor(),
            entry.action(),
            entry.subject(),
            entry.detail(),
            previousHash)
        .forEach(field -> add(field, digest));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(String field, MessageDigest digest) {
    byte[] bytes = field.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
