package io.okrsync.demo;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipedriveToolTest {
  private static final String EVERY_STATUS = "open,won,lost,deleted";

  private final SettableClock clock = new SettableClock();
  private final DemoTools tools = DemoTools.startUndisturbed(clock, 7);
  private final VendorClient client = new VendorClient(tools);

  @AfterEach
  void close() {
    tools.close();
  }

  @ParameterizedTest
  @CsvSource({"id,asc,500", "update_time,asc,83", "update_time,desc,100", "add_time,asc,499"})
  void pages_to_the_end_give_every_deal_once(String sortBy, String direction, String limit) {
    List<JsonNode> deals =
        client.deals("sort_by", sortBy, "sort_direction", direction, "limit", limit);

    assertThat(ids(deals))
        .containsExactlyInAnyOrderElementsOf(tools.world().deals().stream().map(Deal::id).toList());
    List<String> keys = deals.stream().map(deal -> key(deal, sortBy)).toList();
    assertThat(keys)
        .isSortedAccordingTo(
            direction.equals("asc")
                ? java.util.Comparator.naturalOrder()
                : java.util.Comparator.reverseOrder());
  }

  @Test
  void gives_a_hundred_deals_if_nothing_else_is_asked() {
    assertThat(client.pipedrive("/api/v2/deals").json().path("data")).hasSize(100);
  }

  @Test
  void shows_exactly_what_changed_since_a_time_and_deletions_if_asked() {
    Map<Integer, JsonNode> before = byId(client.deals("limit", "500"));
    String since = clock.instant().toString();
    clock.pass(Duration.ofMinutes(20));
    tools.pause();
    Map<Integer, JsonNode> after = byId(client.deals("limit", "500", "status", EVERY_STATUS));
    Set<Integer> changed = VendorClient.changed(before, after);

    List<JsonNode> told =
        client.deals("updated_since", since, "status", EVERY_STATUS, "sort_by", "update_time");

    assertThat(changed).isNotEmpty();
    assertThat(ids(told)).containsExactlyInAnyOrderElementsOf(changed);
    assertThat(told).anyMatch(deal -> deal.path("is_deleted").booleanValue());
    assertThat(client.deals("updated_until", since)).hasSameSizeAs(unchanged(before, changed));
  }

  @Test
  void leaves_deleted_deals_out_unless_asked_and_forgets_them_after_30_days() {
    clock.pass(Duration.ofHours(1));
    tools.pause();
    long deleted = tools.world().deals().stream().filter(d -> d.deletedAt() != null).count();

    assertThat(deleted).isPositive();
    assertThat(client.deals()).noneMatch(deal -> deal.path("is_deleted").booleanValue());
    assertThat(client.deals("status", "deleted")).hasSize((int) deleted);
    clock.pass(Duration.ofDays(31));
    assertThat(client.deals("status", "deleted")).isEmpty();
  }

  @Test
  void filters_by_owner_pipeline_stage_and_id() {
    assertThat(client.deals("owner_id", "101"))
        .isNotEmpty()
        .allMatch(deal -> deal.path("owner_id").intValue() == 101);
    assertThat(client.deals("pipeline_id", "2", "status", "won"))
        .isNotEmpty()
        .allMatch(deal -> deal.path("status").textValue().equals("won"))
        .allMatch(deal -> deal.path("pipeline_id").intValue() == 2);
    assertThat(client.deals("stage_id", "4"))
        .allMatch(deal -> deal.path("stage_id").intValue() == 4);
    assertThat(ids(client.deals("ids", "3,5,999999"))).containsExactly(3, 5);
  }

  @Test
  void a_page_that_follows_is_complete_although_deals_before_it_changed() {
    JsonNode first = client.pipedrive("/api/v2/deals", "limit", "500").json();
    clock.pass(Duration.ofMinutes(20));
    tools.pause();
    String cursor = first.path("additional_data").path("next_cursor").textValue();

    List<JsonNode> rest = client.deals("limit", "500", "cursor", cursor);

    int last = first.path("data").get(499).path("id").intValue();
    assertThat(ids(rest))
        .containsExactlyElementsOf(
            tools.world().deals().stream()
                .filter(deal -> deal.deletedAt() == null && deal.id() > last)
                .map(Deal::id)
                .toList());
  }

  @Test
  void a_won_deal_has_its_times_and_its_local_date() {
    JsonNode won = client.pipedrive("/api/v2/deals", "status", "won", "limit", "1").json();

    JsonNode deal = won.path("data").get(0);
    assertThat(deal.path("won_time").textValue())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(deal.path("close_time")).isEqualTo(deal.path("won_time"));
    assertThat(deal.path("local_won_date").textValue()).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(deal.path("lost_time").isNull()).isTrue();
    assertThat(deal.has("first_won_time")).isFalse();
  }

  @Test
  void lists_pipelines_and_their_stages() {
    assertThat(client.pipedrive("/api/v2/pipelines").json().path("data")).hasSize(2);
    assertThat(client.pipedrive("/api/v2/stages").json().path("data")).hasSize(8);
    assertThat(client.pipedrive("/api/v2/stages", "pipeline_id", "2").json().path("data"))
        .hasSize(3);
  }

  @Test
  void refuses_whoever_has_no_token_or_a_wrong_one() {
    for (String header : List.of("x-api-token", "Authorization")) {
      var answer = client.ask("PIPEDRIVE_URL", header, "wrong", "/api/v2/deals");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("success").booleanValue()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "limit,501",
    "limit,0",
    "limit,many",
    "cursor,nonsense",
    "status,gone",
    "updated_since,yesterday",
    "updated_since,2026-11-21 10:00:00",
    "sort_by,value",
    "sort_direction,up",
    "owner_id,me",
    "ids,x"
  })
  void refuses_parameters_that_the_vendor_would_refuse(String name, String value) {
    var answer = client.pipedrive("/api/v2/deals", name, value);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").textValue()).contains(name);
  }

  @Test
  void refuses_a_cursor_of_another_order() {
    JsonNode page = client.pipedrive("/api/v2/deals").json();
    String cursor = page.path("additional_data").path("next_cursor").textValue();

    var answer = client.pipedrive("/api/v2/deals", "cursor", cursor, "sort_by", "update_time");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void tells_how_much_may_still_be_asked() {
    var answer = client.pipedrive("/api/v2/deals");
    assertThat(answer.headers().firstValueAsLong("x-ratelimit-remaining").orElse(0)).isPositive();
    assertThat(answer.headers().firstValue("x-ratelimit-limit")).isPresent();
    assertThat(answer.headers().firstValue("x-ratelimit-reset")).isPresent();
  }

  private static List<Integer> ids(List<JsonNode> deals) {
    return deals.stream().map(deal -> deal.path("id").intValue()).toList();
  }

  private static Map<Integer, JsonNode> byId(List<JsonNode> deals) {
    return deals.stream().collect(toMap(deal -> deal.path("id").intValue(), deal -> deal));
  }

  private static List<Integer> unchanged(Map<Integer, JsonNode> before, Set<Integer> changed) {
    return before.keySet().stream().filter(id -> !changed.contains(id)).toList();
  }

  private static String key(JsonNode deal, String field) {
    JsonNode key = deal.path(field);
    return key.isInt() ? "%09d".formatted(key.intValue()) : key.textValue();
  }
}
