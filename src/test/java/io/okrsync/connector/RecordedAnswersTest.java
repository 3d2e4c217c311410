package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.VendorServer.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the vendors really answered goes through the connectors; single values are checked by hand.
 */
class RecordedAnswersTest {
  private final VendorServer vendor = new VendorServer();
  private final Connectors connectors =
      new Connectors(Path.of("routes"), Samples.CLOCK, pause -> {});

  @BeforeEach
  void start() {
    connectors.start();
  }

  @AfterEach
  void stop() {
    connectors.close();
    vendor.close();
  }

  @Test
  void the_deal_of_pipedrives_documentation_is_read() {
    Page page =
        read(
            "pipedrive-deals",
            RecordKind.DEAL,
            sample("pipedrive/samples/documented/v2-get-deals-200.json"));

    assertThat(page.next()).startsWith("eyJmaWVsZCI6ImlkIiwi");
    JsonNode deal = only(page);
    assertThat(deal.path("id").asText()).isEqualTo("1");
    assertThat(deal.path("value").decimalValue()).isEqualTo(new BigDecimal("200"));
    assertThat(deal.path("wonAt").asText()).isEqualTo("2021-01-01T00:00:00Z");
    // A date alone is its first moment in the zone of the source, which is Asia/Jakarta here.
    assertThat(deal.path("expectedCloseAt").asText()).isEqualTo("2020-12-31T17:00:00Z");
    assertThat(deal.path("custom").path("mrr").asInt()).isEqualTo(10);
  }

  @Test
  void the_report_that_telegraf_recorded_from_mailchimp_is_read() {
    Page page =
        read(
            "mailchimp-campaigns",
            RecordKind.CAMPAIGN,
            sample("mailchimp/samples/telegraf-sample-reports.json"));

    JsonNode campaign = only(page);
    assertThat(campaign.path("name").asText()).isEqualTo("Freddie's Jokes Vol. 1");
    assertThat(campaign.path("sent").asInt()).isEqualTo(200);
    assertThat(campaign.path("delivered").asInt()).isEqualTo(198);
    assertThat(campaign.path("opens").asInt()).isEqualTo(186);
    assertThat(campaign.path("uniqueClicks").asInt()).isEqualTo(42);
    assertThat(campaign.path("sentAt").asText()).isEqualTo("2015-09-15T19:05:51Z");
    assertThat(campaign.has("machineOpens")).isFalse();
  }

  @Test
  void mailchimps_own_words_reach_the_admin_when_the_key_is_wrong() {
    vendor.answers(
        Answer.of(
            401,
            "application/problem+json",
            sample("mailchimp/samples/telegraf-sample-error.json").toString()));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                SourceFailure.class, () -> page("mailchimp-campaigns", RecordKind.CAMPAIGN)))
        .hasMessageContaining("wrong datacenter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "post"})
  void the_issue_of_jiras_documentation_is_refused_for_the_one_thing_no_server_sends(
      String method) {
    JsonNode answer =
        sample("jira/samples/documented/" + method + "-rest-api-3-search-jql-200.json");
    vendor.answers(Answer.json(answer.toString()));

    Page page = page("jira-issues", RecordKind.ISSUE);

    assertThat(page.next()).isNull();
    assertThat(page.rejections())
        .containsExactly(
            new Rejection(
                "10002", "updatedAt: expected a time such as 2026-11-21T19:33:18Z, found 1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "devlake-cloud-issues-2.json",
        "devlake-cloud-issues-with-changelog.json",
        "devlake-cloud-issue-due-date.json"
      })
  void the_issues_that_devlake_recorded_from_jira_are_read(String name) {
    ObjectNode answer = Json.NODES.objectNode();
    ArrayNode issues = answer.putArray("issues");
    JsonNode recorded = sample("jira/samples/" + name);
    recorded.path("rows").forEach(row -> issues.add(row.path("data")));
    answer.put("isLast", true);

    Page page = read("jira-issues", RecordKind.ISSUE, answer);

    assertThat(page.records()).hasSize(issues.size());
  }

  @Test
  void a_translated_status_and_an_offset_without_colon_are_understood() {
    ObjectNode answer = Json.NODES.objectNode();
    answer
        .putArray("issues")
        .add(sample("jira/samples/devlake-cloud-issues-2.json").path("rows").path(0).path("data"));

    JsonNode issue = only(read("jira-issues", RecordKind.ISSUE, answer));

    assertThat(issue.path("key").asText()).startsWith("EE-");
    assertThat(issue.path("status").asText()).isEqualTo("已完成");
    assertThat(issue.path("category").asText()).isEqualTo("done");
    assertThat(issue.path("createdAt").asText()).isEqualTo("2020-06-12T00:13:13.360Z");
    assertThat(issue.path("resolvedAt").asText()).isEqualTo("2020-06-19T06:31:18.495Z");
  }

  @Test
  void jiras_words_reach_the_admin_where_the_old_search_is_gone() {
    JsonNode answer =
        sample("jira/samples/cloud-removed-search-410.json")
            .path("exchanges")
            .path(0)
            .path("response");
    vendor.answers(Answer.of(410, "application/json", answer.path("body").toString()));

    assertThat(
            org.assertj.core.api.Assertions.catchThrowableOfType(
                SourceFailure.class, () -> page("jira-issues", RecordKind.ISSUE)))
        .hasMessageContaining("has been removed");
  }

  @Test
  void the_pages_of_a_real_redmine_are_read() {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Page page =
          read(
              "redmine-issues",
              RecordKind.ISSUE,
              sample("redmine/samples/redmine-5.0.4-issues-all-page%d.json".formatted(i)));
      assertThat(page.rejections()).isEmpty();
      records.addAll(page.records());
    }
    assertThat(records).extracting(SourceRecord::id).doesNotHaveDuplicates().hasSize(28);
    JsonNode closed =
        read(
                "redmine-issues",
                RecordKind.ISSUE,
                sample("redmine/samples/redmine-5.0.4-issues-closed.json"))
            .records()
            .get(0)
            .fields();
    assertThat(closed.path("key").asText()).isEqualTo("#24");
    assertThat(closed.path("category").asText()).isEqualTo("done");
    assertThat(closed.path("resolvedAt").asText()).isEqualTo("2026-11-21T19:33:16Z");
    assertThat(closed.path("url").asText()).isEqualTo(vendor.url() + "/issues/24");
  }

  @ParameterizedTest
  @ValueSource(strings = {"past-the-end", "updated-since-future-empty"})
  void an_empty_list_of_a_real_redmine_is_the_end(String name) {
    Page page =
        read(
            "redmine-issues",
            RecordKind.ISSUE,
            sample("redmine/samples/redmine-5.0.4-issues-" + name + ".json"));

    assertThat(page.records()).isEmpty();
    assertThat(page.next()).isNull();
  }

  private Page read(String connector, RecordKind kind, JsonNode answer) {
    vendor.answers(Answer.json(answer.toString()));
    Page page = page(connector, kind);
    assertThat(page.rejections()).isEmpty();
    return page;
  }

  private Page page(String connector, RecordKind kind) {
    Map<String, String> with = Map.of("baseUrl", vendor.url(), "email", "bot@example.org");
    return connectors.page(Samples.source(connector, kind, with, "apiToken", "apiKey"), BEGINNING);
  }

  private static JsonNode only(Page page) {
    assertThat(page.records()).hasSize(1);
    return page.records().get(0).fields();
  }

  private static JsonNode sample(String name) {
    try {
      JsonNode read = Json.readOrNull(Files.readString(VendorDescription.file(name)));
      assertThat(read).as(name).isNotNull();
      return read == null ? Json.NODES.nullNode() : read;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
