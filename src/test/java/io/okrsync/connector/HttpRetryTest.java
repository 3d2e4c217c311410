package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okrsync.connector.SourceFailure.Remedy;
import io.okrsync.connector.VendorServer.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code okr:page} makes of answers that are no page, where connectors differ in their
 * options.
 */
class HttpRetryTest {
  private final VendorServer vendor = new VendorServer();
  private final List<Duration> pauses = new ArrayList<>();
  private final Path routes;
  private final Connectors connectors;

  HttpRetryTest(@TempDir Path routes) throws IOException {
    this.routes = routes;
    Files.writeString(
        routes.resolve("test-points-action.kamelet.yaml"),
        """
        kind: Kamelet
        metadata:
          name: test-points-action
          annotations:
            okrsync.io/kind: point
        spec:
          definition:
            properties:
              baseUrl: { type: string }
              throttle: { type: string }
              maximumSize: { type: string }
          template:
            from:
              uri: kamelet:source
              steps:
                - to:
                    uri: okr:page
                    parameters:
                      url: "{{baseUrl}}/points"
                      throttle: "{{throttle}}"
                      maximumSize: "{{maximumSize}}"
                - transform: { jq: "{records: .}" }
        """);
    connectors = new Connectors(routes, Samples.CLOCK, pauses::add);
  }

  @BeforeEach
  void start() {
    connectors.start();
  }

  @AfterEach
  void stop() {
    connectors.close();
    vendor.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 3, 3000",
    "Retry-After, 0.5, 500",
    "Retry-After, 'Sat, 21 Nov 2026 12:00:03 GMT', 3000",
    "X-RateLimit-Reset, 4, 4000",
    "X-RateLimit-Reset, 1795262405, 5000",
    "X-RateLimit-Reset, 1795262406000, 6000",
    "X-RateLimit-Reset, 2026-11-21T12:00:07Z, 7000",
    "x-sib-ratelimit-reset, 8, 8000",
    "RateLimit-Reset, 9, 9000"
  })
  void waits_as_the_header_says(String header, String value, long millis) {
    vendor.answers(Answer.of(429, "text/plain", "").with(header, value), Answer.json("[]"));

    read();

    assertThat(pauses).containsExactly(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 99999999999",
    "Retry-After, 'Sat, 21 Nov 2099 12:00:03 GMT'",
    "X-RateLimit-Reset, 9999999999"
  })
  void a_day_is_the_longest_that_is_waited(String header, String value) {
    Answer throttled = Answer.of(429, "text/plain", "").with(header, value);

    assertThat(failed(throttled, Map.of()).retryAt()).isEqualTo(NOW.plus(Duration.ofDays(1)));
  }

  @Test
  void a_spent_quota_says_whether_the_time_to_come_back_was_told() {
    Answer spent = Answer.of(403, "application/json", "{\"error\": \"quota exceeded\"}");

    SourceFailure guessed = failed(spent, Map.of());
    assertThat(guessed.retryAt()).isEqualTo(NOW.plus(Duration.ofHours(1)));
    assertThat(guessed)
        .hasMessageEndingWith(
            "; it does not say when to come back, so it is asked again in an hour");

    connectors.askAnyway(source(Map.of()));
    assertThat(failed(spent.with("Retry-After", "7200"), Map.of()))
        .hasMessageEndingWith("; it asks us to come back then");
  }

  @Test
  void a_header_that_makes_no_sense_is_as_none() {
    vendor.answers(Answer.of(429, "text/plain", "").with("Retry-After", "soon"), Answer.json("[]"));

    read();

    assertThat(pauses)
        .singleElement()
        .satisfies(
            pause -> assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1)));
  }

  @Test
  void a_403_that_is_not_json_is_a_throttle_where_the_connector_says_so() {
    vendor.answers(Answer.of(403, "text/plain", "Forbidden"), Answer.json("[]"));

    read(Map.of("throttle", "403"));

    assertThat(pauses).hasSize(1);
    assertThat(failed(Answer.of(403, "text/plain", "Forbidden"), Map.of()).remedy())
        .isEqualTo(Remedy.ASK_ADMIN);
    assertThat(failed(Answer.of(403, "application/json", "{}"), Map.of("throttle", "403")).remedy())
        .isEqualTo(Remedy.ASK_ADMIN);
  }

  @Test
  void an_answer_with_the_vendors_word_for_it_is_a_throttle() {
    vendor.answers(
        Answer.of(403, "application/json", "[{\"errorCode\": \"REQUEST_LIMIT_EXCEEDED\"}]"),
        Answer.json("[]"));

    read(Map.of("throttle", "403 REQUEST_LIMIT_EXCEEDED"));

    assertThat(pauses).hasSize(1);
  }

  @Test
  void an_answer_that_is_too_long_is_not_read_to_its_end() {
    SourceFailure failure =
        failed(Answer.json("[" + "1,".repeat(5000) + "1]"), Map.of("maximumSize", "1000"));

    assertThat(failure.remedy()).isEqualTo(Remedy.ASK_ADMIN);
    assertThat(failure).hasMessageContaining("more than 1000 bytes");
    assertThat(pauses).isEmpty();
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void the_connection_of_an_answer_that_is_too_long_is_dropped() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> endless(server));
      String url = "http://127.0.0.1:" + server.getLocalPort();

      assertThat(failed(Answer.json("[]"), Map.of("baseUrl", url, "maximumSize", "1000")))
          .hasMessageContaining("answered more than 1000 bytes");

      assertThat(end.get()).isInstanceOf(IOException.class);
    }
  }

  /** An answer that goes on until the connection is dropped. */
  private static Throwable endless(ServerSocket server) {
    try (Socket client = server.accept()) {
      client.getInputStream().read();
      OutputStream out = client.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000000000\r\n\r\n["
              .getBytes(US_ASCII));
      while (true) {
        out.write("1,".getBytes(US_ASCII));
      }
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void a_long_error_is_cut_and_cleaned() {
    String error = "bad\\u0007\\nthing " + "x".repeat(500);
    SourceFailure failure =
        failed(
            Answer.of(422, "application/json", "{\"errors\": [{\"message\": \"" + error + "\"}]}"),
            Map.of());

    assertThat(failure.getMessage()).contains("bad thing xxx").contains("…").hasSizeLessThan(350);
    assertThat(failure.getMessage()).doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void an_answer_that_is_neither_json_nor_a_web_page_is_told() {
    assertThat(failed(Answer.of(200, "text/plain", "hello"), Map.of()))
        .hasMessageContaining("with something else instead of JSON");
    assertThat(failed(Answer.of(204, "text/plain", ""), Map.of()))
        .hasMessageContaining("answered 204 at /points with nothing instead of JSON");
    assertThat(failed(Answer.of(200, "application/json", ""), Map.of()))
        .hasMessageContaining("answered 200 at /points with nothing instead of JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "'[1] t0p', 'breaks at line 1, column 5'",
    "'[1] {}', 'goes on after its end at line 1, column 5'",
    "'{\n\"a\": t0p}', 'breaks at line 2, column 6'",
  })
  void json_that_cannot_be_read_is_told_with_the_place_and_none_of_its_words(
      String body, String what) {
    assertThat(failed(Answer.json(body), Map.of()))
        .hasMessageContaining("answered 200 at /points with JSON that " + what)
        .hasMessageNotContainingAny("t0p", "baseUrl", "login page");
  }

  @Test
  void json_that_is_too_much_is_told() {
    assertThat(failed(Answer.json("[".repeat(1001) + "]".repeat(1001)), Map.of()))
        .hasMessageContaining("with JSON that is too much for us")
        .hasMessageNotContainingAny("baseUrl", "login page");
    assertThat(failed(Answer.json("[" + "1".repeat(1001) + "]"), Map.of()))
        .hasMessageContaining("too long a text or number");
  }

  @Test
  void json_in_another_character_set_is_told() {
    Answer latin = new Answer(200, Map.of(), "[{\"name\": \"Süd\"}]", ISO_8859_1, true, false);

    assertThat(failed(latin, Map.of()))
        .hasMessageContaining("with text that is not UTF-8 instead of JSON: JSON must be UTF-8");
  }

  @Test
  void a_redirect_is_told_with_the_origin_it_leads_to() {
    for (int status : new int[] {301, 302, 307, 308}) {
      Answer moved =
          Answer.of(status, "text/html", "<p>moved</p>")
              .with("Location", "https://user@eu.example.org:8443/v2?token=t0p#x");

      assertThat(failed(moved, Map.of()))
          .hasMessageContaining(
              "answered " + status + ", a redirect to https://eu.example.org:8443,")
          .hasMessageEndingWith("; set baseUrl to that")
          .hasMessageNotContainingAny("t0p", "v2", "user");
    }
  }

  @Test
  void a_redirect_to_another_path_is_told() {
    assertThat(failed(Answer.of(302, "text/plain", "").with("Location", "/login?x=1"), Map.of()))
        .hasMessageContaining("a redirect within " + vendor.url() + ", which is not followed")
        .hasMessageContaining("login page")
        .hasMessageNotContaining("x=1");
  }

  @Test
  void a_host_where_nothing_answers_is_told_after_some_tries() {
    vendor.close();

    SourceFailure failure = failed(Answer.json("[]"), Map.of());

    assertThat(failure.remedy()).isEqualTo(Remedy.RETRY_LATER);
    assertThat(failure).hasMessageContaining("nothing answers at 127.0.0.1:");
    assertThat(pauses).hasSize(4);
  }

  @Test
  void a_pause_that_is_interrupted_ends_the_run() {
    try (Connectors stopped = interrupted()) {
      stopped.start();
      vendor.answers(Answer.of(500, "text/plain", ""));

      SourceFailure failure =
          catchThrowableOfType(
              SourceFailure.class, () -> stopped.page(source(Map.of()), BEGINNING));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.remedy()).isEqualTo(Remedy.RETRY_LATER);
      assertThat(failure).hasMessageContaining("was stopped before it had read to the end");
    }
  }

  @Test
  void pages_end_between_two_pages_when_interrupted() {
    vendor.answers(Answer.json("[]"));
    Thread.currentThread().interrupt();

    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class,
            () -> connectors.pages(source(Map.of()), BEGINNING).iterator().next());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure).hasMessageContaining("was stopped before it had read to the end");
    assertThat(vendor.asked()).isEmpty();
  }

  @Test
  void a_number_of_a_reset_far_ahead_is_a_time_and_not_a_duration() {
    SourceFailure failure =
        failed(Answer.of(429, "text/plain", "").with("X-RateLimit-Reset", "1795266000"), Map.of());

    assertThat(failure.retryAt()).isEqualTo(NOW.plusSeconds(3600));
  }

  private Connectors interrupted() {
    return new Connectors(
        routes,
        Samples.CLOCK,
        pause -> {
          throw new InterruptedException();
        });
  }

  private void read() {
    read(Map.of());
  }

  private void read(Map<String, String> with) {
    connectors.page(source(with), BEGINNING);
  }

  private SourceFailure failed(Answer answer, Map<String, String> with) {
    vendor.answers(answer);
    return catchThrowableOfType(SourceFailure.class, () -> read(with));
  }

  private Source source(Map<String, String> with) {
    Map<String, String> all = new java.util.LinkedHashMap<>(Map.of("baseUrl", vendor.url()));
    all.putAll(with);
    return Samples.source("test-points", RecordKind.POINT, all);
  }
}
