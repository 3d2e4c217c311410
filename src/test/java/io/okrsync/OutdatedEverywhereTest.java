package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.schedule.Scheduler;
import io.okrsync.sync.Trigger;
import io.okrsync.sync.UtcTime;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key result that has reached its target, by a source that was not read for three days: wherever
 * it is shown, it does not look healthy.
 */
class OutdatedEverywhereTest {
  private static final String[] HEALTHY = {
    "complete\"",
    "complete<",
    "(complete",
    "on track",
    "at risk",
    "off track",
    "fully reached",
    "Forecast",
    "better"
  };
  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private final SettableClock clock =
      new SettableClock(Instant.now().minus(Duration.ofDays(3)).toString());
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void it_was_read_three_days_ago_and_has_reached_its_target() {
    workspace = new Workspace(folder).withCrm(crm.url());
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: now, from: %s, to: %s, zone: UTC }
        objectives:
          - id: sell
            title: Sell
            owner: sales
            keyResults:
              - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500 }
        """
            .formatted(today.minusDays(40), today.plusDays(40)));
    String won = today.minusDays(10) + "T03:00:00Z";
    try (Service service = open()) {
      for (int deal = 1; deal <= 8; deal++) {
        crm.won(deal, "100", won);
        service.runs().run("crm", Trigger.MANUAL);
        clock.move(Duration.ofMinutes(10));
      }
    }
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @TestFactory
  Stream<DynamicTest> on_the_command_line() {
    return Stream.of(
            new String[] {"status"},
            new String[] {"status", "--json"},
            new String[] {"status", "revenue"},
            new String[] {"status", "revenue", "--json"},
            new String[] {"check-in", "revenue", "--confidence", "5"})
        .map(
            command ->
                DynamicTest.dynamicTest(
                    String.join(" ", command),
                    () -> {
                      Workspace.Said said = workspace.run(command);
                      assertThat(said.exit()).as(said.all()).isZero();
                      unhealthy(said.out());
                    }));
  }

  @Test
  void what_is_not_outdated_yet_but_ages_is_told_by_status() {
    assertThat(workspace.run("status").out()).doesNotContain("aging");
    clock.move(Duration.ofDays(3).minusMinutes(200));
    try (Service service = open()) {
      service.runs().run("crm", Trigger.MANUAL);
    }

    assertThat(workspace.run("status").out())
        .contains("aging: known as of %s".formatted(UtcTime.inWords(clock.instant())))
        .doesNotContain("outdated");
  }

  @Test
  void on_pages_in_rest_and_in_metrics() throws Exception {
    clock.move(Duration.ofDays(3));
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web = shown(service, scheduler)) {
      for (String place :
          new String[] {
            "/", "/key-results/revenue", "/api/v1/objectives", "/api/v1/key-results/revenue"
          }) {
        unhealthy(get(web, place).replaceAll("(?s)<p class=\"rule.*?</p>|title=\"[^\"]*\"", ""));
      }
      assertThat(get(web, "/runs")).contains("outdated");
      assertThat(get(web, "/api/v1/sources")).contains("\"freshness\":\"outdated\"");
      assertThat(get(web, "/health")).contains("\"freshness\":\"outdated\"");
      assertThat(get(web, "/metrics"))
          .contains("okrsync_key_result_outdated{key_result=\"revenue\"} 1");
    }
  }

  @Test
  void after_a_clock_was_put_back_on_pages_in_rest_and_in_metrics() throws Exception {
    clock.move(Duration.ofDays(-1));
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web = shown(service, scheduler)) {
      for (String place : new String[] {"/", "/key-results/revenue"}) {
        assertThat(get(web, place)).contains("outdated", "so a clock was put back");
      }
      assertThat(get(web, "/runs")).contains("clock put back").doesNotContain("in 23 h");
      assertThat(get(web, "/api/v1/sources")).contains("\"kind\":\"clock_put_back\"");
      assertThat(get(web, "/health")).contains("\"concerns\":[\"clock_put_back\"]");
      assertThat(get(web, "/metrics"))
          .contains("okrsync_source_concern{kind=\"clock_put_back\",source=\"crm\"} 1")
          .contains("okrsync_source_age_seconds{source=\"crm\"} -8");

      clock.move(Duration.ofDays(1).minus(Duration.ofMinutes(10)).minusSeconds(30));
      assertThat(get(web, "/health")).contains("\"concerns\":[]");
      assertThat(get(web, "/metrics")).contains("okrsync_source_age_seconds{source=\"crm\"} 0.0");
    }
  }

  @Test
  void a_run_that_failed_after_a_clock_was_put_back_is_linked() throws Exception {
    clock.move(Duration.ofDays(-1));
    crm.mood = FakeCrm.Mood.HTML_ERROR_PAGE;
    try (Service service = open();
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web = shown(service, scheduler)) {
      long run = service.runs().run("crm", Trigger.MANUAL).id();

      assertThat(get(web, "/"))
          .contains("so a clock was put back; run <a href=\"/runs/%d\">".formatted(run));
    }
  }

  private static void unhealthy(String said) {
    assertThat(said).contains("outdated").doesNotContain(HEALTHY);
  }

  private static String get(WebServer web, String place) throws IOException, InterruptedException {
    URI url = URI.create("http://127.0.0.1:" + web.port() + place);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
        .body();
  }

  private WebServer shown(Service service, Scheduler scheduler) {
    return WebServer.start(
        new WebSettings("127.0.0.1", 0), new LiveSite(service, scheduler, new Waits(clock), null));
  }

  private Service open() {
    return workspace.service(clock);
  }
}
