package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.audit.Checkpoint;
import io.okrsync.audit.CheckpointFile;
import io.okrsync.audit.CheckpointKey;
import io.okrsync.okr.Statement;
import io.okrsync.schedule.Scheduler;
import io.okrsync.sync.Trigger;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page that is printed leaves out nothing that the receipt says. */
class ReceiptPageTest {
  @TempDir Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");

  @Test
  void the_page_says_all_that_the_receipt_says_and_links_what_it_rests_on() throws Exception {
    Workspace workspace = new Workspace(folder);
    Path file = folder.resolve("deals.csv");
    DealFile deals = new DealFile(file);
    deals.put("1", "won", "10.25", "EUR", Instant.parse("2026-11-02T03:00:00Z"));
    deals.put("2", "won", "4", "USD", Instant.parse("2026-11-03T03:00:00Z"));
    deals.write();
    DealFile.configure(
        workspace,
        file,
        "worth: { from: deals, at: wonAt, sum: value, by: owner, currency: owner, in: USD, rates:"
            + " table }",
        "- { id: a, title: Bring it to 1000, formula: worth + min(groups(worth)), baseline: 0,"
            + " target: 1000, unit: USD }\n");
    workspace.write(
        "config/measures.yaml",
        "rates:\n  table: { in: USD, from: { 2026-01-01: { EUR: 1.0625 } } }\n"
            + workspace.read("config/measures.yaml"));
    try (Service service = workspace.service(clock)) {
      service.runs().run("deals", Trigger.MANUAL);
      service
          .store()
          .state(
              new Statement(
                  "a",
                  Statement.Kind.OVERRIDE,
                  clock.instant(),
                  "Ani",
                  new BigDecimal("2500.5"),
                  "counted by hand",
                  "",
                  clock.instant().plusSeconds(86_400)),
              service.setup().version());
      CheckpointKey key = CheckpointKey.in(folder.resolve("kept.key"));
      CheckpointFile kept = new CheckpointFile(folder.resolve("kept.jsonl"));
      Checkpoint checkpoint = kept.append(before -> key.sign(9, "h", before, clock.instant(), "1"));
      try (Scheduler scheduler = new Scheduler(service.runs(), Clock.systemUTC());
          WebServer web =
              WebServer.start(
                  new WebSettings("127.0.0.1", 0),
                  new LiveSite(service, scheduler, new Waits(clock), kept, null))) {
        String url = "http://127.0.0.1:" + web.port();
        String page = get(url + "/readings/2").replace("&lt;", "<").replace("&gt;", ">");
        JsonNode receipt = new JsonMapper().readTree(get(url + "/api/v1/readings/2"));

        long entry = receipt.get("entry").asLong();
        ((ObjectNode) receipt.get("configuration")).remove("files");
        assertSays(page, receipt);
        assertThat(page)
            .contains("EUR 1.0625 from 2026-01-01")
            .contains("https://crm.example/deal/1", "Deal 1")
            .contains("of the objective <b>", "owner <b>", "tolerance <b>0%</b>")
            .contains("2,500.5 USD is shown in its place, put by Ani at ", ": counted by hand")
            .contains("/audit?before=2#entry-1")
            .contains("/audit?before=%d#entry-%d".formatted(entry + 1, entry), checkpoint.keyId());
        String wrong = "Something is wrong with the checkpoints</b> in <code>kept.jsonl</code>: ";
        assertThat(get(url + "/audit"))
            .contains(wrong + "the last one covers an entry that is not");
        Files.delete(folder.resolve("kept.jsonl"));
        assertThat(get(url + "/audit")).contains("No checkpoint covers an entry yet");
        Files.createDirectory(folder.resolve("kept.jsonl"));
        assertThat(get(url + "/audit")).contains(wrong + "cannot be read: ");
      }
    }
  }

  private static void assertSays(String page, JsonNode node) {
    if (node.isContainerNode()) {
      node.forEach(each -> assertSays(page, each));
      return;
    }
    if (!node.isNull() && !node.isBoolean()) {
      assertThat(page).containsIgnoringCase(node.asText());
    }
  }

  private static String get(String url) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
