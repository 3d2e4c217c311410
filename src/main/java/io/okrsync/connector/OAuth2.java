package io.okrsync.connector;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a source gets its access tokens: with a refresh token a person was given for it, or as a
 * client in its own right.
 *
 * @param refreshToken null for client credentials
 * @param scope null where none is asked for
 * @param inBody whether id and secret of the client go into the form instead of a header, as some
 *     vendors want it
 */
public record OAuth2(
    String tokenUrl,
    String clientId,
    Secret clientSecret,
    @Nullable Secret refreshToken,
    @Nullable String scope,
    boolean inBody) {
  public OAuth2 {
    uri(tokenUrl);
  }

  /** What a person has to do where it is given no access token any more. */
  String renewal() {
    return refreshToken == null
        ? checkClient()
        : "authorise it anew in the tool, and " + refreshToken.toReplace("refresh token");
  }

  /**
   * The same where the token endpoint says why, by RFC 6749, 5.2: only {@code invalid_grant} is
   * about the refresh token.
   *
   * @param error empty where it does not say
   */
  String renewal(String error) {
    return switch (error) {
      case "invalid_client", "unauthorized_client" -> checkClient();
      case "invalid_scope" -> "check oauth2.scope";
      case "invalid_request", "unsupported_grant_type" ->
          "check oauth2.tokenUrl and oauth2.clientAuth";
      default -> renewal();
    };
  }

  private String checkClient() {
    return "check oauth2.clientId, and " + clientSecret.toReplace("oauth2.clientSecret");
  }

  URI uri() {
    return uri(tokenUrl);
  }

  private static URI uri(String tokenUrl) {
    try {
      URI uri = new URI(tokenUrl);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below: the reason would repeat the text.
    }
    throw new IllegalArgumentException(
        "tokenUrl must begin with http:// or https:// and a host, and hold no user or password");
  }
}
