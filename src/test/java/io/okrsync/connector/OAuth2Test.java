package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okrsync.connector.SourceFailure.Remedy;
import io.okrsync.connector.VendorServer.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources whose access tokens expire, against a vendor whose refresh tokens are good once. */
class OAuth2Test {
  @TempDir Path folder;
  private final VendorServer vendor = new VendorServer();
  private final TokenServer tokens = new TokenServer();
  private final Memory memory = new Memory();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<Connectors> processes = new ArrayList<>();

  @BeforeEach
  void answer() {
    vendor.answers(tokens);
  }

  @AfterEach
  void stop() {
    processes.forEach(Connectors::close);
    vendor.close();
  }

  @Test
  void a_client_asks_once_with_its_secret_in_the_header_and_sends_the_token() {
    Connectors connectors = process(Samples.CLOCK);
    Source source = source(null, "deals:read", false);
    read(connectors, source);
    read(connectors, source);

    assertThat(tokens.forms)
        .containsExactly(Map.of("grant_type", "client_credentials", "scope", "deals:read"));
    String client = tokens.clients.get(0).substring("Basic ".length());
    assertThat(new String(Base64.getDecoder().decode(client), UTF_8))
        .isEqualTo("okr+sync:cl13nt%2Bs3cret%2F");
    assertThat(vendor.last().header("Authorization")).isEqualTo("Bearer access-1");
  }

  @Test
  void a_vendor_may_want_the_secret_in_the_form() {
    read(process(Samples.CLOCK), source("refresh-1", null, true));

    assertThat(tokens.forms.get(0))
        .containsEntry("client_id", "okr sync")
        .containsEntry("client_secret", TokenServer.CLIENT_SECRET)
        .containsEntry("refresh_token", "refresh-1");
    assertThat(tokens.clients).containsExactly("null");
  }

  @Test
  void each_renewal_uses_the_refresh_token_that_came_with_the_one_before() {
    Connectors connectors = process(Samples.CLOCK);
    Source source = source("refresh-1");
    for (int i = 0; i < 3; i++) {
      tokens.expire();
      read(connectors, source);
    }

    assertThat(tokens.forms)
        .extracting(form -> form.get("refresh_token"))
        .containsExactly("refresh-1", "refresh-2", "refresh-3");
  }

  @Test
  void a_new_token_is_kept_before_it_is_used() {
    List<Integer> keptWhenUsed = new ArrayList<>();
    vendor.answers(
        asked -> {
          if (!asked.uri().getPath().equals("/token")) {
            keptWhenUsed.add(memory.kept);
          }
          return tokens.apply(asked);
        });

    read(process(Samples.CLOCK), source("refresh-1"));

    assertThat(keptWhenUsed).containsExactly(1);
  }

  @Test
  void a_process_killed_before_it_used_the_token_it_kept_is_no_loss() {
    tokens.pageAnswer = Answer.of(410, "application/json", "{}"); // it never gets further
    Connectors killed = process(Samples.CLOCK);
    failed(killed, source("refresh-1"));
    killed.close();
    tokens.pageAnswer = Answer.json("[]");

    read(process(Samples.CLOCK), source("refresh-1"));

    assertThat(tokens.forms).hasSize(1);
  }

  @Test
  void a_token_that_is_about_to_expire_is_renewed_before_it_is_sent() {
    Source source = source("refresh-1");
    read(process(Samples.CLOCK), source);
    vendor.asked().clear();

    read(process(Clock.offset(Samples.CLOCK, Duration.ofSeconds(3571))), source);

    assertThat(vendor.asked())
        .extracting(asked -> asked.uri().getPath())
        .containsExactly("/token", "/points");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"soon\"", "0", "1e30"})
  void a_token_whose_lifetime_says_nothing_is_used_until_it_is_refused(String lifetime) {
    tokens.accessToken = "access-1";
    tokens.tokenAnswer =
        Answer.json("{\"access_token\": \"access-1\", \"expires_in\": %s}".formatted(lifetime));
    Connectors connectors = process(Samples.CLOCK);

    read(connectors, source(null, null, false));
    read(connectors, source(null, null, false));

    assertThat(tokens.forms).hasSize(1);
  }

  @Test
  void a_token_that_is_refused_in_the_middle_of_a_run_is_renewed_once_and_the_run_goes_on() {
    Connectors connectors = process(Samples.CLOCK);
    Source source = source("refresh-1");
    read(connectors, source);
    tokens.expire();
    vendor.asked().clear();

    read(connectors, source);

    assertThat(vendor.asked())
        .extracting(asked -> asked.uri().getPath())
        .containsExactly("/points", "/token", "/points");
    assertThat(pauses).isEmpty();
  }

  @Test
  void a_fresh_token_that_is_refused_needs_a_person_and_is_not_renewed_again_and_again() {
    tokens.pageAnswer = Answer.of(401, "application/json", "{\"error\": \"no\"}");

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.REAUTHENTICATE);
    assertThat(tokens.forms).hasSize(2);
  }

  @Test
  void many_that_ask_at_once_renew_once_even_in_two_processes() throws Exception {
    List<Connectors> two = List.of(process(Samples.CLOCK), process(Samples.CLOCK));
    Source source = source("refresh-1");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<CompletableFuture<Void>> reads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Connectors connectors = two.get(i % 2);
      reads.add(CompletableFuture.runAsync(() -> read(connectors, source), threads));
    }
    CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
    threads.shutdown();

    assertThat(tokens.forms).hasSize(1);
  }

  @Test
  void what_another_process_renewed_meanwhile_is_used() {
    Source source = source("refresh-1");
    Connectors one = process(Samples.CLOCK);
    Connectors other = process(Samples.CLOCK);
    read(one, source);
    tokens.expire();
    read(other, source);
    assertThat(tokens.forms).hasSize(2);

    read(one, source);

    assertThat(tokens.forms).hasSize(2);
  }

  @Test
  void a_refresh_token_that_is_spent_needs_a_person_and_is_told_without_it() {
    tokens.refreshToken = "another";

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.REAUTHENTICATE);
    assertThat(failure)
        .hasMessageContaining("answered 400: token is spent: •••")
        .hasMessageContaining("authorise it anew", "put another refresh token where the settings")
        .hasMessageNotContaining("refresh-1");
    assertThat(tokens.forms).hasSize(1);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | invalid_client | check oauth2.clientId, and put another oauth2.clientSecret where",
        "400 | unauthorized_client | check oauth2.clientId, and put another oauth2.clientSecret",
        "400 | invalid_scope | check oauth2.scope",
        "400 | invalid_request | check oauth2.tokenUrl and oauth2.clientAuth",
        "400 | invalid_grant | authorise it anew in the tool, and put another refresh token where",
        "401 | no | authorise it anew in the tool, and put another refresh token where"
      })
  void what_the_token_endpoint_says_tells_what_to_check(int status, String error, String advice) {
    tokens.tokenAnswer =
        Answer.of(status, "application/json", "{\"error\": \"%s\"}".formatted(error));

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.REAUTHENTICATE);
    assertThat(failure)
        .hasMessageContaining("answered %d: %s; %s".formatted(status, error, advice));
  }

  @Test
  void a_refresh_token_given_anew_takes_the_place_of_what_was_kept() {
    read(process(Samples.CLOCK), source("refresh-1"));
    tokens.refreshToken = "given-anew";
    tokens.expire();
    assertThat(failed(process(Samples.CLOCK), source("refresh-1")).remedy())
        .isEqualTo(Remedy.REAUTHENTICATE);

    read(process(Samples.CLOCK), source("given-anew"));

    assertThat(tokens.forms).last().extracting("refresh_token").isEqualTo("given-anew");
  }

  @Test
  void a_token_endpoint_that_is_down_is_tried_again_and_then_left_alone() {
    tokens.tokenAnswer = Answer.of(503, "text/plain", "");

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY_LATER);
    assertThat(failure).hasMessageContaining("its token endpoint at 127.0.0.1");
    assertThat(failure.retryAt()).isNotNull();
    assertThat(tokens.forms).hasSize(5);
  }

  @Test
  void a_token_endpoint_may_say_when_to_come_back() {
    tokens.tokenAnswer = Answer.of(429, "application/json", "{}").with("Retry-After", "600");

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.retryAt()).isEqualTo(Samples.NOW.plusSeconds(600));
    assertThat(tokens.forms).hasSize(1);
  }

  @Test
  void an_address_that_is_no_token_endpoint_is_told() {
    tokens.tokenAnswer = Answer.of(404, "text/html", "<html>nothing here</html>");

    SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.ASK_ADMIN);
    assertThat(failure).hasMessageContaining("answered 404", "check oauth2.tokenUrl");
  }

  @Test
  void what_is_kept_tells_nobody_anything_and_opens_with_its_key_alone() throws IOException {
    read(process(Samples.CLOCK), source("refresh-1"));

    assertThat(memory.sealed).isNotNull().doesNotContain("refresh", "access", "token");
    String sealed = KeptGrant.read(String.valueOf(memory.sealed)).sealed();
    assertThat(new String(Base64.getDecoder().decode(sealed), UTF_8))
        .doesNotContain("refresh-2", "access-1");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
        .isEqualTo("rw-------");
    assertThat(new TokenSeal(keyFile()).open(sealed, "crm")).contains("refresh-2");
    assertThat(new TokenSeal(keyFile()).open(sealed, "other")).isNull();
    assertThat(new TokenSeal(folder.resolve("other.key")).open(sealed, "crm")).isNull();
  }

  @Test
  void a_lost_key_begins_anew_with_the_token_of_the_settings_where_that_is_still_good()
      throws IOException {
    tokens.rotates = false;
    read(process(Samples.CLOCK), source("refresh-1"));
    Files.delete(keyFile());

    read(process(Samples.CLOCK), source("refresh-1"));

    assertThat(tokens.forms)
        .extracting(form -> form.get("refresh_token"))
        .containsExactly("refresh-1", "refresh-1");
  }

  @Test
  void with_another_key_no_token_that_was_exchanged_is_sent_and_the_key_is_named()
      throws IOException {
    read(process(Samples.CLOCK), source("refresh-1"));
    Path kept = Files.move(keyFile(), folder.resolve("kept.key"));
    Connectors other = process(Samples.CLOCK);

    SourceFailure failure = failed(other, source("refresh-1"));

    assertThat(failure.remedy()).isEqualTo(Remedy.ASK_ADMIN);
    assertThat(failure)
        .hasMessageContaining("sealed with another key than the one in " + keyFile())
        .hasMessageContaining("authorise it anew in the tool, and put another refresh token")
        .hasMessageNotContaining("refresh-1");
    assertThat(tokens.forms).hasSize(1);

    Files.move(kept, keyFile(), StandardCopyOption.REPLACE_EXISTING);
    read(other, source("refresh-1"));
    assertThat(tokens.forms).hasSize(1);
  }

  @Test
  void with_another_key_a_refresh_token_given_anew_is_taken() throws IOException {
    read(process(Samples.CLOCK), source("refresh-1"));
    Files.delete(keyFile());
    tokens.refreshToken = "refresh-new";

    read(process(Samples.CLOCK), source("refresh-new"));

    assertThat(tokens.forms).last().extracting("refresh_token").isEqualTo("refresh-new");
  }

  @Test
  void a_file_that_is_no_key_is_named() throws IOException {
    Files.writeString(keyFile(), "nonsense");

    assertThat(failed(process(Samples.CLOCK), source("refresh-1")))
        .hasMessageContaining("token.key holds no key of OKR Sync")
        .hasMessageNotContaining("nonsense");
  }

  @Test
  void no_token_is_told_to_anybody() {
    try (LogCapture log = new LogCapture()) {
      tokens.pageAnswer =
          Answer.of(403, "application/json", "{\"message\": \"access-1 may not do this\"}");
      SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-1"));

      assertThat(failure.getMessage()).contains("•••").doesNotContain("access-1");
      assertThat(LogCapture.shown(failure)).doesNotContain("access-1");
      assertThat(log.lines())
          .isNotEmpty()
          .noneMatch(line -> line.contains("access-1") || line.contains("refresh-"))
          .noneMatch(line -> line.contains(TokenServer.CLIENT_SECRET));
    }
  }

  @Test
  void a_token_endpoint_that_repeats_what_it_was_sent_tells_nobody() {
    String pair = "client:" + URLEncoder.encode(TokenServer.CLIENT_SECRET, UTF_8);
    String client = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    tokens.tokenAnswer =
        Answer.of(
            400,
            "application/json",
            "{\"error\": \"invalid_request\", \"error_description\": \"no:"
                + " refresh_token=re%2Bfresh%2F1, Basic "
                + client
                + "\"}");

    SourceFailure failure = failed(process(Samples.CLOCK), source("re+fresh/1"));

    assertThat(failure.getMessage())
        .contains("refresh_token=•••", "Basic •••")
        .doesNotContain("fresh%2F1", client);
  }

  @Test
  void a_secret_is_hidden_before_what_repeats_it_is_cut_short() {
    for (int before = 150; before < 200; before++) {
      tokens.tokenAnswer =
          Answer.of(
              400,
              "application/json",
              "{\"error_description\": \"%srefresh-canary-1\"}".formatted("x".repeat(before)));

      SourceFailure failure = failed(process(Samples.CLOCK), source("refresh-canary-1"));

      assertThat(failure.getMessage()).as("after " + before).doesNotContain("xre");
    }
  }

  @Test
  void a_token_url_that_is_none_is_refused() {
    for (String url : List.of("oauth.example.org", "https://me@oauth.example.org/t", "x y")) {
      assertThatThrownBy(() -> new OAuth2(url, "id", new Secret("s"), null, null, false))
          .hasMessageContaining("tokenUrl must begin with");
    }
  }

  private static void read(Connectors connectors, Source source) {
    connectors.page(source, BEGINNING);
  }

  private static SourceFailure failed(Connectors connectors, Source source) {
    return catchThrowableOfType(SourceFailure.class, () -> read(connectors, source));
  }

  private Path keyFile() {
    return folder.resolve("token.key");
  }

  /** Connectors as another process has them: they share what is remembered and the key. */
  private Connectors process(Clock clock) {
    Connectors connectors = new Connectors(Path.of("routes"), clock, pauses::add);
    connectors.remember(memory);
    connectors.sealTokens(keyFile());
    connectors.start();
    processes.add(connectors);
    return connectors;
  }

  private Source source(String refreshToken) {
    return source(refreshToken, null, false);
  }

  private Source source(@Nullable String refreshToken, @Nullable String scope, boolean inBody) {
    Source plain =
        Samples.source(
            "http-records",
            RecordKind.POINT,
            Map.of(
                "kind", "point",
                "baseUrl", vendor.url(),
                "path", "/points",
                "fields", "{\"id\": \".id\"}"));
    return new Source(
        plain.name(),
        plain.connector(),
        plain.kind(),
        plain.with(),
        plain.secrets(),
        plain.overlap(),
        plain.freshness(),
        plain.zone(),
        plain.limits(),
        new OAuth2(
            vendor.url() + "/token",
            "okr sync",
            new Secret(TokenServer.CLIENT_SECRET),
            refreshToken == null ? null : new Secret(refreshToken),
            scope,
            inBody));
  }

  /** What processes share. */
  private static final class Memory implements SourceMemory {
    private volatile @Nullable String sealed;
    private volatile int kept;

    @Override
    public boolean spend(String source, LocalDate day, int most) {
      return true;
    }

    @Override
    public Instant turn(String source, int most, Instant now) {
      return now;
    }

    @Override
    public synchronized String renew(String source, Function<@Nullable String, String> renewal) {
      String renewed = renewal.apply(sealed);
      kept += renewed.equals(sealed) ? 0 : 1;
      sealed = renewed;
      return renewed;
    }
  }
}
