package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.SourceFailure.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access tokens of sources that have OAuth2. One is asked for by one run at a time, in whatever
 * process, and kept before it is used: a refresh token that was exchanged for another is worth
 * nothing any more, so the other must not be lost.
 */
final class Tokens {
  private static final Logger log = LoggerFactory.getLogger(Tokens.class);
  private static final int TIMEOUT_SECONDS = 20;
  private static final long MOST_BYTES = 1_048_576;

  private final HttpTransport transport;
  private final Clock clock;
  private final Supplier<SourceMemory> memory;
  private final Supplier<TokenSeal> seal;
  private final Map<String, Grant> latest = new ConcurrentHashMap<>();

  Tokens(
      HttpTransport transport,
      Clock clock,
      Supplier<SourceMemory> memory,
      Supplier<TokenSeal> seal) {
    this.transport = transport;
    this.clock = clock;
    this.memory = memory;
    this.seal = seal;
  }

  /** The token endpoint did not answer, or not now. */
  static final class NoAnswer extends IOException {
    private final transient @Nullable Instant retryAt;

    NoAnswer(String message, @Nullable Instant retryAt, @Nullable IOException cause) {
      super(message, cause);
      this.retryAt = retryAt;
    }

    @Nullable Instant retryAt() {
      return retryAt;
    }
  }

  /** One that is good, as far as is known. */
  Secret current(OAuth2 oauth2, PageCall call) throws IOException {
    Grant known = latest.get(call.source().name());
    return known != null && isUsable(known, oauth2) ? told(known, call) : other(null, oauth2, call);
  }

  /**
   * Another one than that which was refused, by this run or by one that was quicker.
   *
   * @param refused null where none was
   */
  Secret other(@Nullable Secret refused, OAuth2 oauth2, PageCall call) throws IOException {
    String source = call.source().name();
    try {
      String sealed = memory.get().renew(source, kept -> renewed(kept, refused, oauth2, call));
      Grant grant = requireNonNull(opened(sealed, source), "it was sealed a moment ago");
      latest.put(source, grant);
      return told(grant, call);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (TokenSeal.UnusableKey e) {
      throw call.failure(Remedy.ASK_ADMIN, String.valueOf(e.getMessage()), e);
    }
  }

  private String renewed(
      @Nullable String sealed, @Nullable Secret refused, OAuth2 oauth2, PageCall call) {
    String source = call.source().name();
    Grant kept = sealed == null ? null : opened(sealed, source);
    if (sealed != null && kept == null) {
      if (KeptGrant.read(sealed).tookPlaceOf(oauth2)) {
        throw seal.get().otherKey(oauth2.renewal());
      }
      log.warn(
          "the kept tokens of source '{}' cannot be opened with this key; beginning anew with those"
              + " of its settings",
          source);
    }
    boolean another =
        kept != null && (refused == null || !kept.accessToken().equals(refused.reveal()));
    if (sealed != null && kept != null && another && isUsable(kept, oauth2)) {
      return sealed;
    }
    boolean sameOrigin = kept != null && kept.goesBackTo(oauth2);
    try {
      Grant grant = ask(sameOrigin ? kept : null, oauth2, call);
      return KeptGrant.of(grant, oauth2, seal.get().seal(grant.write(), source)).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isUsable(Grant grant, OAuth2 oauth2) {
    return grant.goesBackTo(oauth2) && grant.isGood(clock.instant());
  }

  private @Nullable Grant opened(String sealed, String source) {
    return Grant.read(seal.get().open(KeptGrant.read(sealed).sealed(), source));
  }

  /** The call's messages never repeat it. */
  private static Secret told(Grant grant, PageCall call) {
    Secret token = new Secret(grant.accessToken());
    call.tokens().add(token);
    return token;
  }

  private Grant ask(@Nullable Grant before, OAuth2 oauth2, PageCall call) throws IOException {
    Secret first = oauth2.refreshToken();
    String kept = before == null ? null : before.refreshToken();
    String refreshToken = kept == null && first != null ? first.reveal() : kept;
    if (refreshToken != null) {
      call.tokens().add(new Secret(refreshToken));
    }
    HttpAnswer answer = answer(request(oauth2, refreshToken), oauth2);
    Grant grant =
        answer.isSuccess() ? Grant.of(answer.json(), refreshToken, oauth2, clock.instant()) : null;
    if (grant == null) {
      throw refusal(answer, oauth2, call);
    }
    log.info("source '{}' has a new access token", call.source().name());
    return grant;
  }

  private HttpAnswer answer(PageRequest request, OAuth2 oauth2) throws IOException {
    try {
      return transport.ask(request, TIMEOUT_SECONDS, MOST_BYTES, false);
    } catch (IOException e) {
      String what = "got no answer from its token endpoint at " + oauth2.uri().getRawAuthority();
      throw new NoAnswer(what + ": " + Failures.reason(e), null, e);
    }
  }

  private static PageRequest request(OAuth2 oauth2, @Nullable String refreshToken) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", refreshToken == null ? "client_credentials" : "refresh_token");
    if (refreshToken != null) {
      form.put("refresh_token", refreshToken);
    }
    if (oauth2.scope() != null) {
      form.put("scope", oauth2.scope());
    }
    String secret = oauth2.clientSecret().reveal().strip();
    if (oauth2.inBody()) {
      form.put("client_id", oauth2.clientId());
      form.put("client_secret", secret);
    }
    Credential client =
        oauth2.inBody()
            ? null
            : new Credential(
                "Authorization", "Basic ", encoded(oauth2.clientId()), new Secret(encoded(secret)));
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(joining("&"));
    return new PageRequest(
        "POST",
        oauth2.uri(),
        Map.of("Content-Type", "application/x-www-form-urlencoded"),
        body,
        client);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** What may pass by itself is thrown as such; the rest needs a person. */
  private SourceFailure refusal(HttpAnswer answer, OAuth2 oauth2, PageCall call) throws NoAnswer {
    int status = answer.status();
    String said = ErrorText.in(answer.json(), call).map(text -> ": " + text).orElse("");
    String what =
        "got no access token: its token endpoint at %s answered %d%s"
            .formatted(oauth2.uri().getRawAuthority(), status, said);
    if (status == 408 || status == 429 || status >= 500) {
      Instant retryAt = new RetryTime(clock).of(answer).orElse(null);
      throw new NoAnswer(call.withoutSecrets(what), retryAt, null);
    }
    if (status == 400 || status == 401) {
      JsonNode json = answer.json();
      String error = json == null ? "" : json.path("error").asText();
      return call.failure(Remedy.REAUTHENTICATE, what + "; " + oauth2.renewal(error), null);
    }
    return call.failure(Remedy.ASK_ADMIN, what + "; check oauth2.tokenUrl", null);
  }
}
