package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a run found that its counts alone do not tell, however much that is: SHA-256 over a line
 * of canonical JSON for each difference, by record.
 */
public final class DifferencesSeal {
  private final MessageDigest sha = sha256();

  /** The next one, without what other rows tell of the record. */
  public void add(
      String source,
      String record,
      String what,
      boolean marked,
      boolean missed,
      @Nullable Instant changedAt) {
    Map<String, @Nullable Object> content = new TreeMap<>();
    content.put("source", source);
    content.put("record", record);
    content.put("what", what);
    content.put("marked", marked);
    content.put("missed", missed);
    content.put("changedAt", changedAt);
    sha.update((CanonicalJson.of(content) + "\n").getBytes(UTF_8));
  }

  /** After the last one, once. */
  public String digest() {
    return HexFormat.of().formatHex(sha.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
