package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stays of record versions whose bodies are pruned, version by version: SHA-256 over a line of
 * canonical JSON for each, with its hash and what it adds to each measure. It takes the place of
 * computing that again from the body.
 */
public final class PruningSeal {
  private final MessageDigest sha = sha256();
  private long versions;

  /**
   * The next version, by record and run.
   *
   * @param parts by the version of the measure; only those that it adds to
   */
  public void add(
      String record, long sinceRun, String hash, Map<String, List<@Nullable Object>> parts) {
    SortedMap<String, List<@Nullable Object>> inOrder = new TreeMap<>(parts);
    String line = CanonicalJson.of(List.of(record, sinceRun, hash, inOrder)) + "\n";
    sha.update(line.getBytes(UTF_8));
    versions++;
  }

  public long versions() {
    return versions;
  }

  /** After the last version, once. */
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
