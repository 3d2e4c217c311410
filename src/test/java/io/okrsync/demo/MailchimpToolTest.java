package io.okrsync.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailchimpToolTest {
  private final SettableClock clock = new SettableClock();
  private final DemoTools tools = DemoTools.startUndisturbed(clock, 7);
  private final VendorClient client = new VendorClient(tools);

  @AfterEach
  void close() {
    tools.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 10, 7})
  void pages_to_the_end_give_every_report_once(int count) {
    List<JsonNode> reports = client.reports(count);

    assertThat(ids(reports))
        .containsExactlyInAnyOrderElementsOf(
            tools.world().campaigns().stream().map(Campaign::id).toList());
  }

  @Test
  void gives_ten_reports_and_the_total_if_nothing_else_is_asked() {
    JsonNode page = client.mailchimp("/3.0/reports").json();

    assertThat(page.path("reports")).hasSize(10);
    assertThat(page.path("total_items").intValue()).isEqualTo(tools.world().campaigns().size());
  }

  @Test
  void filters_by_the_time_of_sending() {
    String month = "2026-10-21T00:00:00+00:00";

    List<JsonNode> since = client.reports(1000, "since_send_time", month);
    List<JsonNode> before = client.reports(1000, "before_send_time", month);

    assertThat(since)
        .isNotEmpty()
        .allMatch(r -> r.path("send_time").textValue().compareTo(month) > 0);
    assertThat(before)
        .isNotEmpty()
        .allMatch(r -> r.path("send_time").textValue().compareTo(month) < 0);
    assertThat(since.size() + before.size()).isEqualTo(tools.world().campaigns().size());
  }

  @Test
  void old_reports_keep_changing_and_new_ones_come() {
    Map<String, Integer> before = opensById();
    clock.pass(Duration.ofHours(1));
    tools.pause();
    Map<String, Integer> after = opensById();

    assertThat(after.keySet()).anyMatch(id -> !before.containsKey(id));
    assertThat(after.entrySet())
        .filteredOn(entry -> before.containsKey(entry.getKey()))
        .anyMatch(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0))
        .allMatch(entry -> entry.getValue() >= before.getOrDefault(entry.getKey(), 0));
  }

  @Test
  void a_deleted_campaign_vanishes() {
    List<String> before = ids(client.reports(1000));
    clock.pass(Duration.ofHours(12));

    assertThat(before).anyMatch(id -> !ids(client.reports(1000)).contains(id));
  }

  @Test
  void rates_of_the_campaign_are_fractions_and_those_of_its_list_percentages() {
    JsonNode report = client.reports(1000).get(30);
    double delivered =
        report.path("emails_sent").intValue()
            - report.path("bounces").path("hard_bounces").intValue()
            - report.path("bounces").path("soft_bounces").intValue();

    assertThat(report.path("opens").path("open_rate").doubleValue())
        .isCloseTo(report.path("opens").path("unique_opens").intValue() / delivered, within(1e-9));
    assertThat(report.path("list_stats").path("open_rate").doubleValue()).isBetween(20.0, 60.0);
  }

  @Test
  void gives_only_the_fields_that_are_asked() {
    JsonNode page =
        client.mailchimp("/3.0/reports", "fields", "reports.id,reports.opens.open_rate").json();
    JsonNode rest = client.mailchimp("/3.0/reports", "exclude_fields", "reports.timeseries").json();

    assertThat(page.fieldNames()).toIterable().containsExactly("reports");
    assertThat(page.path("reports").get(0).fieldNames())
        .toIterable()
        .containsExactly("id", "opens");
    assertThat(rest.path("reports").get(0).has("timeseries")).isFalse();
    assertThat(rest.path("reports").get(0).has("clicks")).isTrue();
  }

  @Test
  void answers_a_ping() {
    assertThat(client.mailchimp("/3.0/ping").json().has("health_status")).isTrue();
  }

  @Test
  void refuses_a_wrong_key_with_a_problem() {
    var answer =
        client.ask(
            "MAILCHIMP_URL",
            "Authorization",
            VendorClient.basic("anybody:wrong-us21"),
            "/3.0/reports");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.json().path("title").textValue()).isEqualTo("API Key Invalid");
  }

  @ParameterizedTest
  @CsvSource({"count,1001", "count,-1", "offset,x", "since_send_time,yesterday", "type,paper"})
  void refuses_parameters_that_the_vendor_would_refuse(String name, String value) {
    var answer = client.mailchimp("/3.0/reports", name, value);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").get(0).path("field").textValue()).isEqualTo(name);
  }

  private static List<String> ids(List<JsonNode> reports) {
    return reports.stream().map(report -> report.path("id").textValue()).toList();
  }

  private Map<String, Integer> opensById() {
    return client.reports(1000).stream()
        .collect(
            Collectors.toMap(
                report -> report.path("id").textValue(),
                report -> report.path("opens").path("unique_opens").intValue()));
  }
}
