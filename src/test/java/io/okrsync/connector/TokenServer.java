package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.okrsync.connector.VendorServer.Answer;
import io.okrsync.connector.VendorServer.Asked;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A vendor whose refresh tokens are good once, and its list, which wants the access token that was
 * given last.
 */
final class TokenServer implements Function<Asked, Answer> {
  static final String CLIENT_SECRET = "cl13nt+s3cret/";
  private static final Answer PAGE = Answer.json("[]");

  /** The form of each request for a token. */
  final List<Map<String, String>> forms = Collections.synchronizedList(new ArrayList<>());

  /** What came in the header of each. */
  final List<String> clients = Collections.synchronizedList(new ArrayList<>());

  volatile String refreshToken = "refresh-1";

  /** Whether each refresh token is good for one time only. */
  volatile boolean rotates = true;

  volatile String accessToken = "none-yet";
  volatile int lifetime = 3600;
  volatile @Nullable Answer tokenAnswer;
  volatile Answer pageAnswer = PAGE;
  private int given;

  @Override
  public synchronized Answer apply(Asked asked) {
    return asked.uri().getPath().equals("/token") ? token(asked) : page(asked);
  }

  /** As a vendor does when somebody withdraws the right, or its clock runs ahead. */
  void expire() {
    accessToken = "expired";
  }

  private Answer page(Asked asked) {
    boolean right = ("Bearer " + accessToken).equals(asked.header("Authorization"));
    return right ? pageAnswer : Answer.of(401, "application/json", "{\"error\": \"expired\"}");
  }

  private Answer token(Asked asked) {
    Map<String, String> form =
        Arrays.stream(asked.body().split("&"))
            .map(field -> field.split("=", 2))
            .collect(
                Collectors.toMap(field -> field[0], field -> URLDecoder.decode(field[1], UTF_8)));
    forms.add(form);
    clients.add(String.valueOf(asked.header("Authorization")));
    Answer other = tokenAnswer;
    if (other != null) {
      return other;
    }
    boolean refresh = "refresh_token".equals(form.get("grant_type"));
    if (refresh && !refreshToken.equals(form.get("refresh_token"))) {
      return Answer.of(
          400,
          "application/json",
          "{\"error\": \"invalid_grant\", \"error_description\": \"token is spent: "
              + form.get("refresh_token")
              + "\"}");
    }
    given++;
    accessToken = "access-" + given;
    refreshToken = refresh && rotates ? "refresh-" + (given + 1) : refreshToken;
    return Answer.json(
        "{\"access_token\": \"%s\", \"token_type\": \"Bearer\", \"expires_in\": %d%s}"
            .formatted(
                accessToken,
                lifetime,
                refresh ? ", \"refresh_token\": \"" + refreshToken + "\"" : ""));
  }
}
