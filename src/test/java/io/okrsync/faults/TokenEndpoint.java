package io.okrsync.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives access tokens for refresh tokens that are good once. */
final class TokenEndpoint {
  private static final Pattern REFRESH_TOKEN = Pattern.compile("refresh_token=([\\w-]+)");

  private @Nullable String refreshToken;
  private @Nullable String accessToken;
  private int given;

  TokenEndpoint(String refreshToken) {
    this.refreshToken = refreshToken;
  }

  int given() {
    return given;
  }

  void withdraw() {
    refreshToken = null;
    accessToken = null;
  }

  /** A person has authorised it anew. */
  void grant(String other) {
    refreshToken = other;
  }

  /**
   * Whether the last access token was sent.
   *
   * @param once whether it is good for one request only
   */
  boolean accepts(String credential, boolean once) {
    boolean right = accessToken != null && credential.endsWith("Bearer " + accessToken);
    if (once) {
      accessToken = null;
    }
    return right;
  }

  Reply answer(String form) {
    Matcher sent = REFRESH_TOKEN.matcher(form);
    if (!sent.find() || !sent.group(1).equals(refreshToken)) {
      return Reply.of(400, "{\"error\":\"invalid_grant\"}");
    }
    given++;
    accessToken = "access-" + given;
    refreshToken = "refresh-" + given;
    return Reply.json(
        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"expires_in\":3600}"
            .formatted(accessToken, refreshToken));
  }
}
