package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.sync.Asked;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncTrigger.Answer.AlreadyRunning;
import io.okrsync.sync.SyncTrigger.Answer.Refused;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import io.okrsync.sync.SyncTrigger.Answer.UnknownSource;
import io.okrsync.sync.Trigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private static final SampleSite SITE = SampleSite.full();
  private static WebServer server;
  private static Visitor visitor;

  @BeforeAll
  static void start() {
    server = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), SITE);
    visitor = new Visitor(server.port());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void lists_objectives_in_the_order_of_the_configuration() {
    JsonNode items = visitor.json("/api/v1/objectives").get("items");

    assertThat(items)
        .extracting(it -> it.get("owner").asText())
        .containsExactly("sales", "marketing", "engineering");
    assertThat(items.get(0).at("/cycle/zone").asText()).isEqualTo("Asia/Jakarta");
    assertThat(items.get(0).at("/keyResults/0/id").asText()).isEqualTo("win-rate");
    assertThat(items.get(2).get("status").asText()).isEqualTo("outdated");
  }

  @Test
  void gives_a_key_result_with_exact_numbers_and_words() {
    JsonNode item = visitor.json("/api/v1/key-results/revenue");

    assertThat(item.get("value").decimalValue()).isEqualTo(new BigDecimal("640120.75"));
    assertThat(item.get("unit").asText()).isEqualTo("USD");
    assertThat(item.get("objective").asText()).isEqualTo("close-better-deals");
    assertThat(item.get("status").asText()).isEqualTo("on track");
    assertThat(item.get("freshness").asText()).isEqualTo("fresh");
    assertThat(item.get("readAt").asText()).isEqualTo("2026-11-21T07:05:18Z");
    assertThat(item.get("measures").findValuesAsText("name")).contains("deals_won");
    assertThat(item.get("definitions").get("big").asText()).isEqualTo("value >= 1000");
    assertThat(item.get("inputs").findValuesAsText("name")).contains("deals_lost");
  }

  @Test
  void writes_numbers_without_exponent() {
    SampleSite site = SampleSite.empty();
    site.objective("o", "O", "o", SampleSite.keyResult("tiny", "T", "0", "1E+9", ""));
    site.move("tiny", "0.0000000123", SampleSite.NOW);
    try (WebServer other = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), site)) {
      assertThat(new Visitor(other.port()).get("/api/v1/key-results").body())
          .contains("\"value\":0.0000000123,", "\"target\":1000000000,");
    }
  }

  @Test
  void keeps_every_key_where_nothing_is_known() {
    JsonNode item = visitor.json("/api/v1/key-results/incidents");

    assertThat(item.get("value").isNull()).isTrue();
    assertThat(item.get("progress").isNull()).isTrue();
    assertThat(item.get("score").isNull()).isTrue();
    assertThat(item.get("readAt").isNull()).isTrue();
    assertThat(item.get("reason").asText()).startsWith("never read");
    assertThat(item.get("inputs")).isEmpty();
  }

  @Test
  void gives_as_much_history_as_asked_for_newest_first() {
    JsonNode items = visitor.json("/api/v1/key-results/win-rate/history?limit=2").get("items");

    assertThat(items).hasSize(2);
    assertThat(items.get(0).get("value").decimalValue()).isEqualTo(new BigDecimal("22.7"));
    assertThat(items.get(0).get("previous").decimalValue()).isEqualTo(new BigDecimal("21.9"));
    assertThat(items.get(0).get("cause").asText()).isEqualTo("sync");
  }

  @Test
  void gives_runs_of_one_source() {
    JsonNode items = visitor.json("/api/v1/runs?source=mail&limit=10").get("items");

    assertThat(items.findValuesAsText("id")).containsExactly("42", "39");
    assertThat(items.get(0).get("finishedAt").isNull()).isTrue();
    assertThat(items.get(1).get("outcome").asText()).isEqualTo("PARTIAL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "before=38 | 37 36 35",
        "limit=2&before=40 | 39 38",
        "outcome=FAILED | 40",
        "source=crm&outcome=SKIPPED | 37",
        "source=crm&before=41&limit=2 | 38 37",
        "source=crm&outcome=OK&before=41 | 36",
        "source=mail&outcome=FAILED | ''",
        "before=35 | ''",
      })
  void gives_older_runs_and_those_of_one_outcome(String query, String ids) {
    JsonNode items = visitor.json("/api/v1/runs?" + query).get("items");

    assertThat(String.join(" ", items.findValuesAsText("id"))).isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outcome=BROKEN | outcome must be one of RUNNING, OK, OK_EMPTY, PARTIAL, HELD, FAILED,"
            + " DISCARDED, SKIPPED: 'BROKEN'",
        "outcome=ok | outcome must be one of RUNNING, OK, OK_EMPTY, PARTIAL, HELD, FAILED,"
            + " DISCARDED, SKIPPED: 'ok'",
        "before=x | before must be the number of a run, 1 or more: 'x'",
        "before=0 | before must be the number of a run, 1 or more: '0'",
        "before= | before must be the number of a run, 1 or more: ''",
        "before=99999999999999999999 | before must be the number of a run, 1 or more:"
            + " '99999999999999999999'",
        "outcome=OK&outcome=FAILED | outcome can be given once, not 2",
      })
  void refuses_runs_that_cannot_be_meant(String query, String detail) {
    var answer = visitor.get("/api/v1/runs?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Visitor.json(answer).get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void gives_a_run_with_all_its_counts() {
    JsonNode run = visitor.json("/api/v1/runs/36");

    assertThat(run.get("read").asLong()).isEqualTo(12840);
    assertThat(run.get("created").asLong()).isEqualTo(12838);
    assertThat(run.get("removed").asLong()).isEqualTo(4);
    assertThat(run.get("rejected").asLong()).isEqualTo(2);
    assertThat(run.get("total").isNull()).isTrue();
    assertThat(run.get("finishedAt").asText()).isEqualTo("2026-11-21T06:32:12.340Z");
  }

  @Test
  void lists_sources_with_their_last_run() {
    JsonNode items = visitor.json("/api/v1/sources").get("items");

    assertThat(items.findValuesAsText("connector"))
        .containsExactly("pipedrive-deals", "mailchimp-campaigns", "jira-issues");
    assertThat(items.get(2).at("/lastRun/outcome").asText()).isEqualTo("FAILED");
    assertThat(items.get(1).get("waiting").asText())
        .isEqualTo("continues at 21 Nov 2026 07:10:30 UTC: the source asked to slow down");
  }

  @Test
  void begins_a_run_and_says_where_it_is() {
    AtomicReference<String> asked = new AtomicReference<>();
    SITE.trigger(
        (source, what, by) -> {
          asked.set(source + " by " + by);
          return new Started(43);
        });

    var answer = visitor.post("/api/v1/sources/crm/runs");

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location")).hasValue("/api/v1/runs/43");
    assertThat(Visitor.json(answer).get("id").asLong()).isEqualTo(43);
    assertThat(asked).hasValue("crm by " + Trigger.MANUAL);
  }

  @Test
  void begins_a_backfill_and_says_what_is_wrong_with_one() {
    AtomicReference<Asked> asked = new AtomicReference<>();
    SITE.trigger(
        (source, what, by) -> {
          asked.set(what);
          return new Started(43);
        });
    String runs = "/api/v1/sources/crm/runs";

    var begun =
        visitor.postJson(
            runs, "{\"kind\": \"backfill\", \"from\": \"2025-01-01\", \"to\": \"2025-01-31\"}");

    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(asked)
        .hasValue(
            Asked.backfill(
                Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-02-01T00:00:00Z")));
    assertThat(detail(runs, "{\"kind\": \"backfil\"}")).contains("did you mean 'backfill'?");
    assertThat(detail(runs, "{\"kind\": \"backfill\"}")).contains("from is missing");
    assertThat(detail(runs, "{\"kind\": \"backfill\", \"from\": \"x\"}"))
        .contains("must be a day such as");
    assertThat(detail(runs, "{\"kind\": \"backfill\", \"from\": \"2999-01-01\"}"))
        .contains("from must not be in the future: '2999-01-01'; it is ");
    assertThat(detail(runs, "{\"from\": \"2025-01-01\"}")).contains("only a backfill");
    assertThat(detail(runs, "{\"form\": \"2025-01-01\"}")).contains("did you mean 'from'?");
  }

  @Test
  void says_why_something_cannot_be_done_with_a_source() {
    SITE.trigger((source, asked, by) -> new Refused("Source 'mail' reads everything"));

    var answer = visitor.post("/api/v1/sources/mail/runs");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Visitor.json(answer).get("detail").asText()).contains("reads everything");
  }

  private static String detail(String path, String body) {
    var answer = visitor.postJson(path, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    return Visitor.json(answer).get("detail").asText();
  }

  @Test
  void names_the_run_that_is_in_the_way() {
    SITE.trigger((source, asked, by) -> new AlreadyRunning(42));

    var answer = visitor.post("/api/v1/sources/mail/runs");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Visitor.json(answer).get("run").asLong()).isEqualTo(42);
    assertThat(Visitor.json(answer).get("detail").asText()).contains("'mail'", "run 42");
  }

  @Test
  void names_the_source_that_was_probably_meant() {
    SITE.trigger((source, asked, by) -> new UnknownSource("crm"));

    var answer = visitor.post("/api/v1/sources/cmr/runs");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Visitor.json(answer).get("detail").asText())
        .isEqualTo("No source is called 'cmr'; did you mean 'crm'?");
    assertThat(Visitor.json(answer).get("nearest").asText()).isEqualTo("crm");
  }

  @Test
  void names_the_source_whose_runs_were_probably_meant() {
    var answer = visitor.get("/api/v1/runs?source=cmr");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Visitor.json(answer).get("detail").asText())
        .isEqualTo("No source is called 'cmr'; did you mean 'crm'?");
    assertThat(Visitor.json(answer).get("nearest").asText()).isEqualTo("crm");
  }

  @Test
  void gives_the_runs_of_a_source_that_is_no_longer_configured() {
    SampleSite site = SampleSite.empty();
    site.runs(SampleSite.run(1, "old", Outcome.OK, null, 5, Counts.NONE, null));
    try (WebServer other = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), site)) {
      assertThat(new Visitor(other.port()).json("/api/v1/runs?source=old").get("items")).hasSize(1);
      assertThat(new Visitor(other.port()).json("/api/v1/runs?source=old&before=1").get("items"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/history"})
  void names_the_key_result_that_was_probably_meant(String more) {
    var answer = visitor.get("/api/v1/key-results/winrate" + more);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(Visitor.json(answer).get("detail").asText())
        .isEqualTo("No key result is called 'winrate'; did you mean 'win-rate'?");
    assertThat(Visitor.json(answer).get("nearest").asText()).isEqualTo("win-rate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/runs?sourc=crm | Unknown query parameter 'sourc'; known here: 'source', 'outcome',"
            + " 'before', 'limit'",
        "/runs?x=1&a=2&limit=3 | Unknown query parameters 'a', 'x'; known here: 'source',"
            + " 'outcome', 'before', 'limit'",
        "/key-results/win-rate/history?max=3 | Unknown query parameter 'max'; known here: 'limit'",
        "/objectives?limit=3 | Unknown query parameter 'limit'; none is known here",
        "/openapi.json?v=3 | Unknown query parameter 'v'; none is known here",
      })
  void refuses_query_parameters_it_does_not_know(String path, String detail) {
    var answer = visitor.get("/api/v1" + path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Visitor.json(answer).get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void begins_nothing_where_a_query_parameter_is_unknown() {
    AtomicReference<String> asked = new AtomicReference<>();
    SITE.trigger(
        (source, what, by) -> {
          asked.set(source);
          return new Started(43);
        });

    assertThat(visitor.post("/api/v1/sources/crm/runs?full=true").statusCode()).isEqualTo(400);
    assertThat(asked).hasNullValue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1001", "ten", "", "99999999999"})
  void refuses_a_limit_that_is_none(String limit) {
    for (String path : new String[] {"/runs", "/key-results/win-rate/history"}) {
      var answer = visitor.get("/api/v1" + path + "?limit=" + limit);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Visitor.json(answer).get("detail").asText())
          .isEqualTo("limit must be a whole number from 1 to 1000: '" + limit + "'");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/key-results/nope",
        "/api/v1/key-results/nope/history",
        "/api/v1/runs/999",
        "/api/v1/runs/x",
        "/api/v1/nothing",
        "/api/v2",
        "/api"
      })
  void says_as_a_problem_what_is_not_there(String path) {
    var answer = visitor.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(Visitor.json(answer).get("status").asInt()).isEqualTo(404);
    assertThat(Visitor.json(answer).get("title").asText()).isEqualTo("Not Found");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/objectives, 'GET, HEAD, OPTIONS'",
    "/api/v1/sources/crm/runs, 'OPTIONS, POST'"
  })
  void says_which_methods_can_be_used(String path, String allowed) {
    var options = visitor.ask("OPTIONS", path);
    var refused = visitor.ask("DELETE", path);

    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue(allowed);
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).hasValue(allowed);
    assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @Test
  void answers_head_like_get_without_the_body() {
    var head = visitor.ask("HEAD", "/api/v1/runs");

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void notes_a_check_in_and_shows_it_beside_the_computed_status() {
    String path = "/api/v1/key-results/deals-won";
    String status = visitor.json(path).get("status").asText();

    var answer =
        visitor.send(
            path + "/check-ins",
            "application/json",
            "{\"confidence\": \"green\", \"by\": \"Ani\", \"wins\": \"a fair\"}");

    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode detail = visitor.json(path);
    assertThat(detail.get("status").asText()).isEqualTo(status).isEqualTo("at risk");
    assertThat(detail.at("/checkIn/confidence").asInt()).isEqualTo(5);
    assertThat(detail.get("disagreement").asText()).startsWith("Ani is more sure than the numbers");
    assertThat(visitor.json(path + "/check-ins").get("items").findValuesAsText("wins"))
        .containsExactly("a fair");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'by':'Ani'} | confidence is missing: 1, 2, 3, 4, 5, red, yellow or green",
        "{'confidence':3} | by must say who checks in",
        "{'confidence':7,'by':'Ani'} | but is '7'",
        "{'confidence':3,'by':['Ani']} | by must be a text",
        "{'confidence':3,'by':'Ani','win':'x'} | did you mean 'wins'?",
        "[] | The body must be a JSON object",
        "{ | The body is no JSON",
      })
  void refuses_a_check_in_and_says_what_is_wrong(String body, String why) {
    var answer =
        visitor.send(
            "/api/v1/key-results/open-rate/check-ins", "application/json", body.replace('\'', '"'));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Visitor.json(answer).get("detail").asText()).contains(why);
    assertThat(visitor.json("/api/v1/key-results/open-rate/check-ins").get("items")).isEmpty();
  }

  @Test
  void refuses_a_check_in_that_is_too_large_or_about_nothing() {
    String large = "{\"wins\": \"" + "x".repeat(100_000) + "\"}";

    assertThat(
            visitor
                .send("/api/v1/key-results/open-rate/check-ins", "application/json", large)
                .statusCode())
        .isEqualTo(413);
    assertThat(
            visitor
                .send("/api/v1/key-results/nope/check-ins", "application/json", "{}")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_statement_is_noted_and_refused_with_what_to_do() {
    String path = "/api/v1/key-results/win-rate/statements";
    var noted =
        visitor.send(
            path,
            "application/json",
            "{\"kind\": \"override\", \"value\": 22.5, \"until\": \"2999-12-01\", \"reason\": \"a"
                + " typo in the CRM\", \"by\": \"Ani\"}");
    assertThat(noted.statusCode()).isEqualTo(201);
    assertThat(visitor.json(path).at("/items/0/value").decimalValue()).isEqualByComparingTo("22.5");
    assertThat(visitor.json(path).at("/items/0/kind").asText()).isEqualTo("override");

    var wrong = visitor.send(path, "application/json", "{\"kind\": \"value\", \"valeu\": 1}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("Unknown field 'valeu'; did you mean 'value'?");
    assertThat(visitor.send(path, "application/json", "{\"kind\": \"value\", \"value\": 1}").body())
        .contains("its sources tell it");
    assertThat(visitor.json(path).get("items")).hasSize(1);
  }
}
