package io.okrsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoToolsTest {
  private static final long SEED = 11;

  private final SettableClock clock = new SettableClock();

  @Test
  void each_tool_changes_within_thirty_seconds() {
    try (DemoTools tools = DemoTools.startUndisturbed(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      List<String> before = everything(client);
      clock.pass(Duration.ofSeconds(30));
      List<String> after = everything(client);

      for (int tool = 0; tool < 3; tool++) {
        assertThat(after.get(tool)).isNotEqualTo(before.get(tool));
      }
    }
  }

  @Test
  void nothing_changes_while_the_world_is_paused() {
    try (DemoTools tools = DemoTools.startUndisturbed(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      JsonNode state = control(client, tools, "POST", "/demo/pause");
      List<String> before = everything(client);
      clock.pass(Duration.ofMinutes(10));

      assertThat(state.path("paused").booleanValue()).isTrue();
      assertThat(everything(client)).isEqualTo(before);
      assertThat(control(client, tools, "POST", "/demo/resume").path("paused").booleanValue())
          .isFalse();
    }
  }

  @Test
  void tells_how_much_there_is() {
    try (DemoTools tools = DemoTools.startUndisturbed(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      JsonNode state = control(client, tools, "GET", "/demo/state");

      assertThat(state.path("seed").longValue()).isEqualTo(SEED);
      assertThat(state.path("campaigns").intValue()).isEqualTo(client.reports(1000).size());
      assertThat(state.path("deals").path("won").intValue())
          .isEqualTo(client.deals("status", "won").size());
      assertThat(state.path("issues").path("done").intValue())
          .isEqualTo(client.issues("statusCategory = done").size());
    }
  }

  @Test
  void throttles_or_fails_now_and_then() {
    try (DemoTools tools = DemoTools.start(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        statuses.add(client.pipedrive("/api/v2/pipelines").status());
      }

      assertThat(statuses).filteredOn(status -> status == 429).hasSize(2);
      assertThat(statuses).filteredOn(status -> status == 503).hasSize(1);
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(77);
    }
  }

  @Test
  void goes_wrong_in_the_same_order_again_but_differently_for_each_tool() {
    List<Disturbances.Kind> once = kinds("Pipedrive");

    assertThat(kinds("Pipedrive")).isEqualTo(once);
    assertThat(kinds("Mailchimp")).isNotEqualTo(once);
  }

  @Test
  void who_is_throttled_is_told_when_to_come_back_except_by_mailchimp() {
    World world = new World(clock, SEED);

    assertThat(new PipedriveTool(world, "").throttled().headers())
        .containsEntry("Retry-After", "1");
    assertThat(new JiraTool(world, "", "").throttled().headers()).containsEntry("Retry-After", "1");
    assertThat(new MailchimpTool(world, "").throttled().headers()).isEmpty();
  }

  @Test
  void each_server_says_what_it_is_and_all_of_them_are_on_this_machine_only() {
    try (DemoTools tools = DemoTools.start(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      List<URI> addresses = new ArrayList<>(List.of(tools.controls()));
      tools.environment().values().stream()
          .filter(value -> value.startsWith("http"))
          .map(URI::create)
          .forEach(addresses::add);

      assertThat(addresses).hasSize(4).allMatch(uri -> uri.getHost().equals("127.0.0.1"));
      for (URI address : addresses) {
        var page = client.send(HttpRequest.newBuilder(address.resolve("/")));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("OKR Sync").contains("GET");
      }
    }
  }

  @Test
  void refuses_requests_that_are_too_large() {
    try (DemoTools tools = DemoTools.startUndisturbed(clock, SEED)) {
      VendorClient client = new VendorClient(tools);
      String large = "{\"jql\": \"" + "x".repeat(100_000) + "\"}";

      assertThat(client.jira("/rest/api/3/search/jql", "jql", "y".repeat(9_000)).status())
          .isEqualTo(414);
      assertThat(client.jiraPost("/rest/api/3/search/jql", "application/json", large).status())
          .isEqualTo(413);
    }
  }

  @Test
  void nobody_answers_after_it_is_closed() {
    DemoTools tools = DemoTools.startUndisturbed(clock, SEED);
    VendorClient client = new VendorClient(tools);
    tools.close();

    assertThatThrownBy(() -> client.pipedrive("/api/v2/deals"))
        .isInstanceOf(UncheckedIOException.class);
  }

  private static List<Disturbances.Kind> kinds(String tool) {
    Disturbances disturbances = Disturbances.nowAndThen(SEED, tool);
    return Stream.generate(disturbances::next).limit(200).toList();
  }

  private static List<String> everything(VendorClient client) {
    return List.of(
        client.deals("limit", "500").toString(),
        client.reports(1000).toString(),
        client.issues("project in (APP, PLT)", "fields", "*all").toString());
  }

  private static JsonNode control(
      VendorClient client, DemoTools tools, String method, String path) {
    return client
        .send(
            HttpRequest.newBuilder(tools.controls().resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody()))
        .json();
  }
}
