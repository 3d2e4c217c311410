package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A grant as it is kept between runs: sealed, and beside it which settings gave a refresh token
 * that was exchanged for another since. Those who cannot open it know by that whether they may use
 * the one of the settings: some vendors take back everything when one comes that was exchanged.
 *
 * @param exchanged a digest of the settings; null where their refresh token, if any, is still good.
 *     It gives nothing away, since nobody guesses a refresh token (RFC 6749, section 10.10)
 */
record KeptGrant(@Nullable String exchanged, String sealed) {
  private static final char AFTER_DIGEST = '.'; // not in Base64

  static KeptGrant of(Grant grant, OAuth2 oauth2, String sealed) {
    Secret first = oauth2.refreshToken();
    boolean same = first == null || first.reveal().equals(grant.refreshToken());
    return new KeptGrant(same ? null : digest(oauth2), sealed);
  }

  static KeptGrant read(String text) {
    int end = text.indexOf(AFTER_DIGEST);
    return end < 0
        ? new KeptGrant(null, text)
        : new KeptGrant(text.substring(0, end), text.substring(end + 1));
  }

  String write() {
    return exchanged == null ? sealed : exchanged + AFTER_DIGEST + sealed;
  }

  /** Whether the refresh token of these settings was exchanged for one that is kept here. */
  boolean tookPlaceOf(OAuth2 oauth2) {
    return digest(oauth2).equals(exchanged);
  }

  private static String digest(OAuth2 oauth2) {
    try {
      byte[] origin = Grant.origin(oauth2).getBytes(UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(origin));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
