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
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key result may have an owner of its own, who is named wherever it is shown. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class KeyResultOwnerTest {
  private static final String OKRS = "config/okrs/2026-q4.yaml";

  @TempDir Path folder;
  private final FakeCrm crm = new FakeCrm();
  private Workspace workspace = new Workspace(Path.of("target"));

  @BeforeEach
  void one_of_two_has_an_owner() {
    workspace = new Workspace(folder).withCrm(crm.url());
    workspace.write(
        OKRS, workspace.read(OKRS).replace("baseline: 18\n", "baseline: 18\n        owner: Ani\n"));
    crm.won(1, "100");
    assertThat(workspace.run("sync").all()).contains("OK");
  }

  @AfterEach
  void close() {
    crm.close();
  }

  @Test
  void commands_name_them() {
    assertThat(workspace.run("status").out())
        .contains("Raise the win rate from 18% to 25% (Ani)", "Sell for 500 USD\n");
    assertThat(workspace.run("status", "win-rate").out()).contains("owner Ani · committed");
    assertThat(workspace.run("status", "win-rate", "--json").out()).contains("\"owner\":\"Ani\"");
    assertThat(workspace.run("status", "revenue", "--json").out()).contains("\"owner\":null");
    assertThat(workspace.run("status", "--as-of", Instant.now().toString(), "--json").out())
        .contains("\"owner\":\"Ani\"", "\"owner\":null");
    assertThat(workspace.run("next-cycle", "2026-Q4").exit()).isZero();
    assertThat(workspace.read("config/okrs/2027-q1.yaml.draft"))
        .containsOnlyOnce("        owner: Ani\n");
  }

  @Test
  void pages_name_them() throws Exception {
    try (Service service = workspace.service(Clock.systemUTC());
        Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
        WebServer web =
            WebServer.start(
                new WebSettings("127.0.0.1", 0),
                new LiveSite(service, scheduler, new Waits(Clock.systemUTC()), null))) {
      assertThat(page(web, "/")).containsOnlyOnce("<p class=\"owner\">Ani</p>");
      assertThat(page(web, "/key-results/win-rate")).contains("owner Ani · committed");
    }
  }

  @Test
  void another_owner_is_a_change_of_the_configuration_that_an_auditor_sees() {
    workspace.write(OKRS, workspace.read(OKRS).replace("owner: Ani", "owner: Budi"));
    assertThat(workspace.run("sync").exit()).isZero();
    Path file = folder.resolve("mappings.csv");

    assertThat(workspace.run("export", "mappings", "--to", file.toString()).exit()).isZero();

    assertThat(file).content().contains("keyResults[win-rate].owner,Ani,Budi");
  }

  @Test
  void who_wants_an_owner_for_each_can_have_it_checked() {
    assertThat(workspace.run("validate").all()).doesNotContain("key-result-owner");
    workspace.write("config/lint.yaml", "checks: { key-result-owner: warning }\n");

    assertThat(workspace.run("validate").all())
        .containsOnlyOnce("warning (key-result-owner)")
        .contains("objectives[0].keyResults[1]", "has no owner of its own");
  }

  private static String page(WebServer web, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
