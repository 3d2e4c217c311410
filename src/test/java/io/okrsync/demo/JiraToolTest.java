package io.okrsync.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JiraToolTest {
  private static final String SEARCH = "/rest/api/3/search/jql";
  private static final String BOTH = "project in (APP, PLT)";

  private final SettableClock clock = new SettableClock();
  private final DemoTools tools = DemoTools.startUndisturbed(clock, 7);
  private final VendorClient client = new VendorClient(tools);

  @AfterEach
  void close() {
    tools.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ORDER BY updated ASC", " ORDER BY created DESC, key ASC"})
  void pages_to_the_end_give_every_issue_once(String order) {
    List<JsonNode> issues = client.issues(BOTH + order, "maxResults", "90", "fields", "summary");

    assertThat(keys(issues))
        .containsExactlyInAnyOrderElementsOf(
            tools.world().issues().stream().map(Issue::key).toList());
  }

  @Test
  void gives_fifty_ids_and_nothing_else_if_nothing_else_is_asked() {
    JsonNode page = client.jira(SEARCH, "jql", BOTH).json();

    assertThat(page.path("issues")).hasSize(50);
    assertThat(page.path("issues").get(0).fieldNames()).toIterable().containsExactly("id");
    assertThat(page.path("isLast").booleanValue()).isFalse();
  }

  @Test
  void cuts_pages_with_fields_to_a_hundred_but_not_those_with_keys_only() {
    JsonNode full = client.jira(SEARCH, "jql", BOTH, "maxResults", "500", "fields", "*all").json();
    JsonNode keys = client.jira(SEARCH, "jql", BOTH, "maxResults", "5000", "fields", "key").json();

    assertThat(full.path("issues")).hasSize(100);
    assertThat(keys.path("issues")).hasSize(tools.world().issues().size());
    assertThat(keys.path("isLast").booleanValue()).isTrue();
    assertThat(keys.has("nextPageToken")).isFalse();
  }

  @Test
  void shows_exactly_what_changed_since_a_time_but_not_what_was_deleted() {
    Map<String, JsonNode> before = byKey(client.issues(BOTH, "fields", "*all"));
    long since = clock.instant().toEpochMilli();
    clock.pass(Duration.ofMinutes(30));
    tools.pause();
    Map<String, JsonNode> after = byKey(client.issues(BOTH, "fields", "*all"));
    Set<String> changed = VendorClient.changed(before, after);

    List<JsonNode> told =
        client.issues(
            BOTH + " AND updated >= " + since + " ORDER BY updated ASC", "fields", "updated");

    assertThat(changed).isNotEmpty();
    assertThat(keys(told)).containsExactlyInAnyOrderElementsOf(changed);
    assertThat(before.keySet()).anyMatch(key -> !after.containsKey(key));
  }

  @Test
  void understands_the_same_question_by_post_and_reads_the_body_alone() {
    String body =
        """
        {"jql": "project = APP AND issuetype = Bug", "maxResults": 20, "fields": ["status"]}
        """;
    JsonNode page = client.jiraPost(SEARCH + "?maxResults=3", "application/json", body).json();

    assertThat(page.path("issues"))
        .isEqualTo(
            client
                .jira(
                    SEARCH,
                    "jql",
                    "type = bug and project = app",
                    "maxResults",
                    "20",
                    "fields",
                    "status")
                .json()
                .path("issues"))
        .hasSize(20);
  }

  @Test
  void finds_by_project_type_status_category_label_and_emptiness() {
    assertFinds("project = PLT", issue -> issue.projectKey().equals("PLT"));
    assertFinds(
        "issuetype in (Bug, \"Task\") AND NOT priority = High",
        issue -> !issue.type().equals("Story") && !issue.priorityName().equals("High"));
    assertFinds("status = 'Sedang dikerjakan'", i -> i.statusName().equals("Sedang dikerjakan"));
    assertFinds("statusCategory = Done", issue -> issue.categoryKey().equals("done"));
    assertFinds("resolution is EMPTY", issue -> issue.resolved() == null);
    assertFinds(
        "(labels = billing OR labels = api) and project != APP",
        i -> i.projectKey().equals("PLT") && (has(i, "billing") || has(i, "api")));
    assertFinds("labels not in (mobile)", i -> !i.labels().isEmpty() && !has(i, "mobile"));
    assertFinds("due is not empty", issue -> issue.due() != null);
  }

  @Test
  void reads_times_without_a_zone_in_the_zone_of_the_user() {
    var tenInJakarta = java.time.Instant.parse("2026-11-10T03:00:00Z");
    assertFinds("created < \"2026-11-10 10:00\"", i -> i.created().isBefore(tenInJakarta));
    assertFinds("created >= '2026/11/10 10:00'", i -> !i.created().isBefore(tenInJakarta));
    assertFinds(
        "updated > -7d", i -> i.updated().isAfter(clock.instant().minus(Duration.ofDays(7))));
  }

  @Test
  void writes_times_in_the_zone_of_the_user_without_a_colon() {
    JsonNode issue = client.issues("resolution = Done", "fields", "*all").get(0).path("fields");

    for (String field :
        List.of("created", "updated", "resolutiondate", "statuscategorychangedate")) {
      assertThat(issue.path(field).textValue())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0700");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "order by created desc",
        "project = NOPE",
        "colour = red",
        "project = ",
        "project APP",
        "project = APP AND",
        "project = APP issuetype = Bug",
        "(project = APP",
        "updated >= soon",
        "priority > High",
        "project in APP",
        "project = APP ORDER BY summary",
        "project = APP ; drop"
      })
  void refuses_queries_without_restriction_or_that_it_cannot_read(String jql) {
    var answer = client.jira(SEARCH, "jql", jql);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errorMessages").get(0).textValue()).isNotBlank();
  }

  @Test
  void refuses_a_wrong_page_size_token_body_and_content_type() {
    assertThat(client.jira(SEARCH, "jql", BOTH, "maxResults", "0").status()).isEqualTo(400);
    assertThat(client.jira(SEARCH, "jql", BOTH, "maxResults", "5001").status()).isEqualTo(400);
    assertThat(client.jira(SEARCH, "jql", BOTH, "nextPageToken", "x").status()).isEqualTo(400);
    String unknown = "{\"jql\": \"project = APP\", \"startAt\": 50}";
    assertThat(client.jiraPost(SEARCH, "application/json", unknown).status()).isEqualTo(400);
    assertThat(client.jiraPost(SEARCH, "application/json", "{").status()).isEqualTo(400);
    assertThat(client.jiraPost(SEARCH, "text/plain", "{}").status()).isEqualTo(415);
  }

  @Test
  void the_search_that_the_vendor_removed_is_gone() {
    var answer = client.jira("/rest/api/3/search", "jql", BOTH);

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.json().path("errorMessages").get(0).textValue()).contains("search/jql");
  }

  @Test
  void refuses_whoever_has_no_token_or_a_wrong_one() {
    var answer =
        client.ask(
            "JIRA_URL",
            "Authorization",
            VendorClient.basic("okr.sync@lentera.example:wrong"),
            "/rest/api/3/myself");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(client.jira("/rest/api/3/myself").json().path("timeZone").textValue())
        .isEqualTo("Asia/Jakarta");
  }

  @Test
  void lists_the_fields_that_issues_have() {
    List<String> listed =
        client.jira("/rest/api/3/field").json().findValuesAsText("id").stream().sorted().toList();
    JsonNode issue = client.issues("project = APP", "fields", "*all").get(0).path("fields");

    assertThat(issue.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(listed);
  }

  private void assertFinds(String jql, Predicate<Issue> expected) {
    List<String> keys = keys(client.issues(jql, "fields", "key", "maxResults", "1000"));
    assertThat(keys)
        .as(jql)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            tools.world().issues().stream().filter(expected).map(Issue::key).toList());
  }

  private static boolean has(Issue issue, String label) {
    return issue.labels().contains(label);
  }

  private static List<String> keys(List<JsonNode> issues) {
    return issues.stream().map(issue -> issue.path("key").textValue()).toList();
  }

  private static Map<String, JsonNode> byKey(List<JsonNode> issues) {
    return issues.stream().collect(Collectors.toMap(i -> i.path("key").textValue(), i -> i));
  }
}
