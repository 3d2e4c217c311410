package io.okrsync.audit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A signed note of where the chain ended, kept outside the database: what was written before it
 * cannot be written anew, or cut off, without being found.
 *
 * @param sequence the last entry then
 * @param hash its hash
 * @param previous the SHA-256 of the line before; 64 zeros in the first line
 * @param service the version of OKR Sync that signed
 * @param key the public key, as its X.509 encoding in Base64
 * @param signature Ed25519 over the canonical JSON of all the rest, in Base64
 */
public record Checkpoint(
    long sequence,
    String hash,
    String previous,
    Instant at,
    String service,
    String key,
    String signature) {
  /** What stands in place of the digest of the line before in the first line. */
  public static final String FIRST = "0".repeat(64);

  /** The bytes that are signed, as text. */
  static String unsigned(
      long sequence, String hash, String previous, Instant at, String service, String key) {
    return CanonicalJson.of(content(sequence, hash, previous, at, service, key));
  }

  /** As one line of the file. */
  public String line() {
    Map<String, Object> all = content(sequence, hash, previous, at, service, key);
    all.put("signature", signature);
    return CanonicalJson.of(all);
  }

  /** The first 16 digits of the SHA-256 of the public key: what people compare. */
  public String keyId() {
    return CheckpointKey.idOf(key);
  }

  /** Whether the owner of its key has signed exactly this. */
  public boolean isSigned() {
    return CheckpointKey.isSigned(
        key, unsigned(sequence, hash, previous, at, service, key), signature);
  }

  private static Map<String, Object> content(
      long sequence, String hash, String previous, Instant at, String service, String key) {
    Map<String, Object> content = new TreeMap<>();
    content.put("sequence", sequence);
    content.put("hash", hash);
    content.put("previous", previous);
    content.put("at", at);
    content.put("service", service);
    content.put("key", key);
    return content;
  }
}
