package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.connector.LogCapture;
import io.okrsync.store.StoreUnavailable;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerTest {
  private static final WebSettings ANY_PORT = new WebSettings(WebSettings.LOOPBACK, 0);

  private final SampleSite site = SampleSite.full();
  private final AtomicInteger asked = new AtomicInteger();
  private WebServer server;
  private Visitor visitor;

  @BeforeEach
  void start() {
    site.trigger((source, what, by) -> new Started(asked.incrementAndGet()));
    server = WebServer.start(ANY_PORT, site);
    visitor = new Visitor(server.port());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void says_which_port_is_in_use_and_what_to_do() {
    assertThatThrownBy(
            () -> WebServer.start(new WebSettings(WebSettings.LOOPBACK, server.port()), site))
        .isInstanceOf(WebUnavailable.class)
        .hasMessage("port " + server.port() + " is in use; choose another with --port");
  }

  @Test
  void says_which_address_it_cannot_listen_on() {
    assertThatThrownBy(() -> WebServer.start(new WebSettings("192.0.2.1", 0), site))
        .isInstanceOf(WebUnavailable.class)
        .hasMessageContaining("cannot listen on 192.0.2.1")
        .hasMessageContaining("--host");
  }

  @Test
  void stops_answering_when_closed_and_takes_late_changes_quietly() {
    int port = server.port();
    server.close();

    server.changed();
    assertThatThrownBy(() -> new Socket("127.0.0.1", port)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/runs",
        "/nothing",
        "/api/v1/runs",
        "/api/v1/nothing",
        "/health",
        "/assets/icon.svg"
      })
  void tells_browsers_on_every_answer_to_run_and_load_nothing_foreign(String path) {
    var headers = visitor.get(path).headers();

    assertThat(headers.firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                    .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                    .doesNotContain("unsafe"));
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
    assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1234", "LOCALHOST", "127.0.0.1", "[::1]:9"})
  void answers_under_the_names_of_this_machine(String host) {
    assertThat(visitor.say("GET /health/live HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example"})
  void answers_under_no_name_that_somebody_points_at_it(String host) {
    assertThat(visitor.say("GET /api/v1/runs HTTP/1.1", "Host: " + host))
        .startsWith("HTTP/1.1 421")
        .contains("--host")
        .doesNotContain("items");
  }

  @Test
  void goes_by_any_name_when_it_listens_on_every_address() {
    try (WebServer open = WebServer.start(new WebSettings("0.0.0.0", 0), site)) {
      assertThat(
              new Visitor(open.port())
                  .say("GET /health/live HTTP/1.1", "Host: okr.company.example"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, http://evil.example",
    "Origin, http://localhost:1",
    "Origin, null"
  })
  void begins_no_run_for_a_page_of_another_site(String header, String value) {
    assertThat(visitor.post("/api/v1/sources/crm/runs", header, value).statusCode()).isEqualTo(403);
    assertThat(visitor.post("/sources/crm/runs", header, value).statusCode()).isEqualTo(403);
    assertThat(asked).hasValue(0);
  }

  @Test
  void begins_a_run_for_its_own_pages_and_for_programs() {
    String origin = "http://127.0.0.1:" + server.port();

    assertThat(
            visitor
                .post("/api/v1/sources/crm/runs", "Origin", origin, "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(202);
    assertThat(visitor.post("/api/v1/sources/crm/runs").statusCode()).isEqualTo(202);
    assertThat(asked).hasValue(2);
  }

  @Test
  void lets_browsers_keep_a_file_by_its_digest() {
    String page = visitor.get("/").body();
    String address = page.replaceAll("(?s).*(/assets/okr-sync.css\\?v=[0-9a-f]+).*", "$1");

    var kept = visitor.get(address);
    assertThat(kept.headers().firstValue("Cache-Control"))
        .hasValue("public, max-age=31536000, immutable");
    String tag = kept.headers().firstValue("ETag").orElseThrow();
    var plain = visitor.get("/assets/okr-sync.css", "If-None-Match", tag);
    assertThat(plain.statusCode()).isEqualTo(304);
    assertThat(plain.headers().firstValue("Cache-Control")).hasValue("no-cache");
  }

  @Test
  void is_alive_but_not_ready_while_nothing_can_be_stored() {
    assertThat(visitor.get("/health").statusCode()).isEqualTo(200);
    assertThat(visitor.get("/").body()).doesNotContain("Nothing can be stored");
    assertThat(visitor.get("/metrics").body()).contains("okrsync_store_up 1.0");
    site.storeProblem("The database is full; make <room>.");

    assertThat(visitor.get("/health").statusCode()).isEqualTo(503);
    assertThat(visitor.get("/health/ready").body())
        .contains("\"store\":\"down\"", "The database is full");
    assertThat(visitor.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(visitor.get("/").body())
        .contains("Nothing can be stored", "The database is full; make &lt;room", "22.7");
    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_store_up 0.0", "okrsync_key_result_value{key_result=\"win-rate\"} 22.7");
  }

  @Test
  void says_everywhere_why_the_store_cannot_be_read_and_shows_no_value_of_before() {
    visitor.get("/metrics");
    site.failing(new StoreUnavailable("The database is gone; start it.", null));

    for (String path : List.of("/", "/runs", "/api/v1/key-results")) {
      assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(503);
      assertThat(visitor.get(path).body()).as(path).contains("The database is gone; start it.");
    }
    assertThat(visitor.get("/health").statusCode()).isEqualTo(503);
    assertThat(visitor.get("/health").body()).contains("The database is gone; start it.");
    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_store_up 0.0")
        .doesNotContain("okrsync_key_result_value{");
  }

  @Test
  void counts_runs_and_shows_key_results_to_prometheus() {
    server.ended(
        SampleSite.run(50, "crm", Outcome.OK, null, 5, new Counts(7, 7, 0, 0, 0, 0, 7L), null));

    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_runs_total{outcome=\"ok\",source=\"crm\"} 1.0")
        .contains("okrsync_records_read_total{source=\"crm\"} 7.0")
        .contains("okrsync_key_result_value{key_result=\"win-rate\"} 22.7")
        .contains("okrsync_key_result_value{key_result=\"incidents\"} NaN")
        .contains("okrsync_source_age_seconds{source=\"crm\"} 12.0")
        .contains("jvm_memory_used_bytes");
  }

  @Test
  void a_run_that_was_held_and_released_read_its_records_once() {
    Counts read = new Counts(7, 7, 0, 0, 0, 0, 7L);
    server.ended(SampleSite.run(50, "crm", Outcome.HELD, "too many", 5, read, null));
    server.ended(SampleSite.run(50, "crm", Outcome.OK, null, 5_000, read, null));

    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_records_read_total{source=\"crm\"} 7.0")
        .contains("okrsync_runs_total{outcome=\"held\",source=\"crm\"} 1.0")
        .contains("okrsync_runs_total{outcome=\"ok\",source=\"crm\"} 1.0")
        .doesNotContain("okrsync_run_duration_seconds_count{outcome=\"ok\"");
  }

  @Test
  void a_run_during_which_the_clock_was_put_back_took_no_time() {
    SyncRun run =
        SampleSite.run(50, "crm", Outcome.OK, null, 5, new Counts(7, 7, 0, 0, 0, 0, 7L), null);
    server.ended(SampleSite.until(run, run.startedAt().minusSeconds(3600)));

    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_run_duration_seconds_count{outcome=\"ok\",source=\"crm\"} 1")
        .contains("okrsync_run_duration_seconds_sum{outcome=\"ok\",source=\"crm\"} 0.0");
  }

  @Test
  void says_of_each_metric_what_it_is() {
    server.ended(
        SampleSite.run(50, "crm", Outcome.OK, null, 5, new Counts(7, 7, 0, 0, 0, 0, 7L), null));
    visitor.get("/metrics");

    assertThat(visitor.get("/metrics").body().lines().filter(it -> it.startsWith("# HELP ")))
        .anySatisfy(it -> assertThat(it).startsWith("# HELP okrsync_runs_total How many"))
        .anySatisfy(it -> assertThat(it).startsWith("# HELP okrsync_run_duration_seconds"))
        .anySatisfy(it -> assertThat(it).startsWith("# HELP http_server_requests_seconds"))
        .allSatisfy(it -> assertThat(it.strip().split(" ", 4)).as(it).hasSize(4));
  }

  @Test
  void tells_everywhere_what_is_the_matter_with_a_source() {
    site.concern(new Concern(Concern.Kind.OVERDUE, "should have been asked for at noon"));

    assertThat(visitor.get("/runs").body())
        .contains("overdue", "should have been asked for at noon");
    assertThat(visitor.json("/api/v1/sources").at("/items/2/concerns/0/kind").asText())
        .isEqualTo("overdue");
    assertThat(visitor.get("/health").body()).contains("\"concerns\":[\"overdue\"]");
    assertThat(visitor.get("/metrics").body())
        .contains("okrsync_source_concern{kind=\"overdue\",source=\"issues\"} 1")
        .contains("okrsync_source_concern{kind=\"overdue\",source=\"crm\"} 0");
  }

  @Test
  void asks_to_be_restarted_when_its_scheduler_is_dead() {
    assertThat(visitor.get("/metrics").body()).contains("okrsync_scheduler_alive 1");
    site.deadScheduler();

    assertThat(visitor.get("/health/live").statusCode()).isEqualTo(503);
    assertThat(visitor.get("/health/live").body()).contains("scheduler dead");
    assertThat(visitor.get("/metrics").body()).contains("okrsync_scheduler_alive 0");
  }

  @Test
  void asks_to_be_restarted_when_its_store_is_stuck() {
    site.stuckStore();

    assertThat(visitor.get("/health/live").statusCode()).isEqualTo(503);
    assertThat(visitor.get("/health/live").body()).contains("store stuck");
  }

  @Test
  void keeps_what_went_wrong_for_the_log() {
    site.failing(new IllegalStateException("secret of the store"));

    var api = visitor.get("/api/v1/objectives");
    assertThat(api.statusCode()).isEqualTo(500);
    assertThat(api.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(api.body()).doesNotContain("secret");
    var page = visitor.get("/");
    assertThat(page.statusCode()).isEqualTo(500);
    assertThat(page.body()).doesNotContain("secret");
  }

  @Test
  void refuses_a_path_that_cannot_be_read() {
    assertThat(visitor.say("GET /api/v1/runs/%zz HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Exception");
  }

  @Test
  @Timeout(10)
  void says_in_words_that_a_sender_went_away() throws Exception {
    try (LogCapture log = new LogCapture()) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        String half =
            "POST /api/v1/intake/crm HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf";
        socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
      }
      while (log.lines().stream().noneMatch(it -> it.contains("its sender went away"))) {
        Thread.sleep(20);
      }
      assertThat(log.lines()).filteredOn(it -> it.contains("Refusal")).hasSize(1);
    }
  }

  @Test
  @Timeout(10)
  void tells_listeners_once_for_changes_that_come_together() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port());
        BufferedReader events =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      socket
          .getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n"
                  .getBytes(StandardCharsets.UTF_8));
      read(events, "retry: 2000");
      for (int n = 0; n < 50; n++) {
        server.changed();
      }
      read(events, "event: changed");
      server.close();

      assertThat(events.lines()).doesNotContain("event: changed");
    }
  }

  private static void read(BufferedReader lines, String until) throws IOException {
    String line = lines.readLine();
    while (!until.equals(line)) {
      assertThat(line).as("the stream ended before '%s'", until).isNotNull();
      line = lines.readLine();
    }
  }
}
