package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint gave last, as it is kept between runs, sealed.
 *
 * @param expiresAt null where the endpoint did not say
 * @param refreshToken what to ask with next time; null for client credentials
 * @param origin what it goes back to, so that a refresh token given anew takes its place
 */
record Grant(
    String accessToken, @Nullable Instant expiresAt, @Nullable String refreshToken, String origin) {
  /** Clocks differ, and a request takes its time. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** What says that it is good for longer is renewed all the same. */
  private static final Duration LONGEST = Duration.ofDays(366);

  boolean isGood(Instant now) {
    return expiresAt == null || expiresAt.minus(MARGIN).isAfter(now);
  }

  boolean goesBackTo(OAuth2 oauth2) {
    return origin.equals(origin(oauth2));
  }

  static String origin(OAuth2 oauth2) {
    Secret first = oauth2.refreshToken();
    return String.join(
        " ", oauth2.tokenUrl(), oauth2.clientId(), first == null ? "" : first.reveal());
  }

  /**
   * What an answer gives; null where there is no access token in it.
   *
   * @param before the refresh token that was used, which stays where no other comes
   */
  static @Nullable Grant of(
      @Nullable JsonNode answer, @Nullable String before, OAuth2 oauth2, Instant now) {
    if (answer == null || answer.path("access_token").asText().isEmpty()) {
      return null;
    }
    long seconds = Math.min(answer.path("expires_in").asLong(), LONGEST.toSeconds());
    String next = answer.path("refresh_token").asText();
    return new Grant(
        answer.path("access_token").asText(),
        seconds > 0 ? now.plusSeconds(seconds) : null,
        next.isEmpty() ? before : next,
        origin(oauth2));
  }

  String write() {
    ObjectNode node = Json.NODES.objectNode();
    node.put("accessToken", accessToken);
    node.put("expiresAt", expiresAt == null ? null : expiresAt.toString());
    node.put("refreshToken", refreshToken);
    node.put("origin", origin);
    return node.toString();
  }

  static @Nullable Grant read(@Nullable String text) {
    JsonNode node = text == null ? null : Json.readOrNull(text);
    if (node == null) {
      return null;
    }
    return new Grant(
        node.path("accessToken").asText(),
        node.path("expiresAt").isTextual() ? Instant.parse(node.path("expiresAt").asText()) : null,
        node.path("refreshToken").isTextual() ? node.path("refreshToken").asText() : null,
        node.path("origin").asText());
  }

  @Override
  public String toString() {
    return "a grant until " + expiresAt;
  }
}
