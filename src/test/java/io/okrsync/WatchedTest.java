package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.schedule.Scheduler;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A KPI that keeps watch without a target: its value is shown and counts into no score. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WatchedTest {
  private static final String OKRS = "config/okrs/2026-q4.yaml";

  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void one_is_judged_and_two_are_watched() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.salesOkrs(
        """
        - { id: revenue, title: Sell for 500 USD, formula: revenue, baseline: 0, target: 500, unit: USD }
        - { id: losses, title: Deals that are lost, formula: deals_lost, unit: deals, watch: true }
        - { id: mood, title: The mood of the team, typed: 30d, watch: true }
        """);
    crm.won(1, "200");
    crm.lost(2);
    assertThat(workspace.run("sync").all()).contains("OK");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void it_has_a_value_and_no_score_and_counts_into_none() {
    assertThat(workspace.run("status").out())
        .containsPattern("Win the right customers  \\(.*, score 40%\\)")
        .containsPattern(" 1 deals +–  watched +Deals that are lost")
        .containsPattern(" – +–  not started +The mood of the team")
        .containsPattern(" 40 % +40%  .* +Sales does its part\\n")
        .containsOnlyOnce("not typed yet");
    assertThat(workspace.run("status", "losses").out())
        .contains("1 deals, asked for: no target")
        .doesNotContain("weight", "done", "committed");
    assertThat(workspace.run("status", "losses", "--json").out())
        .contains(
            "\"score\":null", "\"progress\":null", "\"status\":\"watched\"", "\"watch\":true");
    assertThat(workspace.run("status", "from-sales").out())
        .contains("40% of it from: Sell for 500 USD")
        .doesNotContain("Deals that are lost");
  }

  @Test
  void pages_show_its_value_and_course_without_a_bar() throws Exception {
    try (Service service = workspace.service(Clock.systemUTC());
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web =
            WebServer.start(
                new WebSettings("127.0.0.1", 0),
                new LiveSite(service, scheduler, new Waits(Clock.systemUTC()), null))) {
      String watched = page(web, "/key-results/losses");
      assertThat(watched)
          .contains("watched", "<path class=\"line\" d=\"M", "It is now 1 deals")
          .doesNotContain("class=\"bar\"", "expected by now", "> done", "On track when");
      assertThat(page(web, "/key-results/revenue")).contains("class=\"bar\"", "expected by now");
      assertThat(page(web, "/")).contains("Deals that are lost", "watched");
    }
  }

  @Test
  void the_next_cycle_watches_it_again_and_a_plan_moves_nothing() {
    assertThat(workspace.run("plan").out()).contains("0 would move", "4 would stay");
    assertThat(workspace.run("next-cycle", "2026-Q4").exit()).isZero();
    assertThat(workspace.read("config/okrs/2027-q1.yaml.draft"))
        .contains("formula: deals_lost\n        watch: true\n        unit: deals\n");
    assertThat(workspace.run("verify").exit()).isZero();
  }

  @Test
  void what_would_judge_it_is_refused_and_so_is_a_target_that_was_forgotten() {
    workspace.write(
        OKRS,
        workspace
            .read(OKRS)
            .replace("unit: deals, watch: true", "weight: 2, baseline: 3, target: 2, watch: true")
            .replace("typed: 30d, watch: true", "typed: 30d"));

    assertThat(workspace.run("validate").all())
        .contains("'watch' and 'target' exclude each other; keep one")
        .contains("'watch' and 'weight' exclude each other; keep one")
        .contains("needs one of target, atLeast, atMost, doneBy, child, watch");
  }

  @Test
  void wording_asks_for_no_number() {
    assertThat(workspace.run("validate").all())
        .doesNotContain("names no number")
        .contains("key-result-count");
  }

  private static String page(WebServer web, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
