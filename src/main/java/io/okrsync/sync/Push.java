package io.okrsync.sync;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.okrsync.connector.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a sender sent by itself, and by what it proves who it is: the HMAC-SHA256, by a shared
 * secret, of {@code TIMESTAMP.SOURCE.BODY}. So neither the time nor the source nor one byte of the
 * body can be another, and a request that somebody has listened to is too old after five minutes.
 *
 * @param source for which source it was sent
 * @param timestamp seconds since 1970, as they were signed
 * @param signature 64 hexadecimal digits
 */
public record Push(String source, String timestamp, String signature, byte[] body) {
  /** How long the sender's clock may differ from ours, and a request may take. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** The fewest characters of a secret; 32 hexadecimal digits are 128 bits. */
  public static final int SHORTEST_SECRET = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{64}");

  /** Where nobody can know the secret, the same work is done, so that time tells nothing. */
  private static final Secret NOBODYS = new Secret("nobody can sign with this one: it is a decoy");

  /** Whether the timestamp and the signature look like such. */
  public boolean isWellFormed() {
    return SECONDS.matcher(timestamp).matches() && HEX.matcher(signature).matches();
  }

  /** Whether it was signed with this secret. Takes as long whatever differs. */
  public boolean isSignedWith(Secret secret) {
    byte[] given =
        HEX.matcher(signature).matches() ? HexFormat.of().parseHex(signature) : new byte[32];
    return MessageDigest.isEqual(hmac(secret), given) && isWellFormed();
  }

  /** The same work where there is no secret to compare with. */
  public void compareWithNothing() {
    isSignedWith(NOBODYS);
  }

  /** By how much its time differs from now, when that is too much. */
  public Optional<Duration> strayed(Instant now) {
    Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
    return age.abs().compareTo(TOLERANCE) > 0 ? Optional.of(age) : Optional.empty();
  }

  /** Names this request: the same one sent again has the same, and no other has. */
  public String digest() {
    try {
      String text = signature.toLowerCase(Locale.ROOT);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private byte[] hmac(Secret secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(UTF_8), ALGORITHM));
      mac.update((timestamp + "." + source + ".").getBytes(UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  /** Neither the signature nor the body: the one proves, the other may be anything. */
  @Override
  public String toString() {
    return "push of %d bytes for '%s'"
        .formatted(body.length, source.replaceAll("[^A-Za-z0-9_-]", "?"));
  }
}
