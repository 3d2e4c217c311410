package io.okrsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Intake;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncTrigger.Answer.AlreadyRunning;
import io.okrsync.sync.SyncTrigger.Answer.Started;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description says what the API does, and the API does what it says. */
class OpenApiTest {
  private static final SampleSite SITE = SampleSite.full();
  private static final String HERE = "https://okrsync.example/openapi.json";
  private static WebServer server;
  private static Visitor visitor;
  private static String description;

  @BeforeAll
  static void start() {
    SITE.found(
        new Difference(
            40,
            RunKind.RECONCILE,
            "issues",
            "17",
            "Kopi Senja",
            Difference.What.REMOVED,
            false,
            true,
            null,
            SampleSite.NOW.minusSeconds(86400),
            SampleSite.NOW));
    server = WebServer.start(new WebSettings(WebSettings.LOOPBACK, 0), SITE);
    visitor = new Visitor(server.port());
    description = visitor.get("/api/v1/openapi.json").body();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void describes_exactly_the_routes_there_are() {
    JsonNode paths = visitor.json("/api/v1/openapi.json").get("paths");
    TreeSet<String> described = new TreeSet<>();
    paths
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            described.add(method + " " + path.getKey());
                          }
                        }));

    List<Endpoint> all =
        Stream.of(
                new Api(SITE).endpoints(),
                new Health(SITE).endpoints(),
                new Metrics(SITE).endpoints())
            .flatMap(List::stream)
            .toList();
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(all.stream().map(OpenApiTest::written).toList());
  }

  private static String written(Endpoint endpoint) {
    String path = endpoint.path().replaceAll(":(\\w+)", "{$1}");
    return endpoint.method().name().toLowerCase(Locale.ROOT) + " " + path;
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/objectives, Objectives",
    "/api/v1/key-results, KeyResults",
    "/api/v1/key-results/win-rate, KeyResultDetail",
    "/api/v1/key-results/incidents, KeyResultDetail",
    "/api/v1/key-results/win-rate/history, Readings",
    "/api/v1/key-results/win-rate/explanation, Explanation",
    "/api/v1/key-results/win-rate/explanation?from=2026-11-01&to=2026-11-20, Explanation",
    "/api/v1/key-results/win-rate/explanation?from=2026-11-20&to=2026-11-01, Problem",
    "/api/v1/key-results/win-rate/explanation?from=lately, Problem",
    "/api/v1/key-results/incidents/explanation, Problem",
    "/api/v1/readings/1, Receipt",
    "/api/v1/readings/none, Problem",
    "/api/v1/as-of?at=2026-11-20, Beliefs",
    "/api/v1/as-of?at=then, Problem",
    "/api/v1/as-of, Problem",
    "/api/v1/restatements, Restatements",
    "/api/v1/restatements?cycle=2026-Q4, Restatements",
    "/api/v1/restatements?cycle=2026-Q5, Problem",
    "/api/v1/restatements?cycle=a&cycle=b, Problem",
    "/api/v1/restatements?tolerance=1, Problem",
    "/api/v1/audit, Entries",
    "/api/v1/audit?actor=schedule&action=key-result.moved&keyResult=revenue&run=41&from=2026-11-01&to=2026-11-20&before=9&limit=5,"
        + " Entries",
    "/api/v1/audit?source=crm&to=2026-11-20, Entries",
    "/api/v1/audit?keyResult=revenue&source=crm, Problem",
    "/api/v1/audit?keyResult=revenu, Problem",
    "/api/v1/audit?run=x, Problem",
    "/api/v1/audit?limit=0, Problem",
    "/api/v1/audit?who=anna, Problem",
    "/api/v1/key-results/win-rate/check-ins, CheckIns",
    "/api/v1/key-results/win-rate/statements, Statements",
    "/api/v1/sources, Sources",
    "/api/v1/runs, Runs",
    "/api/v1/runs/40, Run",
    "/api/v1/runs/40/differences, Differences",
    "/api/v1/runs/40/differences?limit=0, Problem",
    "/api/v1/runs/x/differences, Problem",
    "/api/v1/runs/41/readings, Readings",
    "/api/v1/runs/41/readings?limit=0, Problem",
    "/api/v1/runs/x/readings, Problem",
    "/api/v1/runs/x, Problem",
    "/api/v1/runs?source=crm&outcome=OK&before=41, Runs",
    "/api/v1/runs?limit=0, Problem",
    "/api/v1/runs?outcome=BROKEN, Problem",
    "/api/v1/runs?source=cmr, Problem",
    "/api/v1/runs?limits=1, Problem",
    "/health, Health",
    "/health/live, Live"
  })
  void answers_as_the_schema_says(String path, String schema) {
    assertThat(problems(schema, visitor.get(path).body())).isEmpty();
  }

  @Test
  void names_the_refusals_that_every_path_has() {
    JsonNode paths = visitor.json("/api/v1/openapi.json").get("paths");
    for (var path : paths.properties()) {
      boolean posts = path.getValue().has("post");
      JsonNode responses = path.getValue().path(posts ? "post" : "get").path("responses");
      String address = path.getKey().replaceAll("[{]\\w+[}]", "1");

      var method = visitor.ask("DELETE", address);
      assertThat(method.statusCode()).as(address).isEqualTo(405);
      assertThat(described(responses, "405")).isEqualTo(type(method));
      var host = visitor.say("GET " + address + " HTTP/1.1", "Host: elsewhere.example");
      assertThat(host).startsWith("HTTP/1.1 421").containsIgnoringCase(described(responses, "421"));
      if (address.startsWith("/api/")) {
        var unknown = visitor.ask(posts ? "POST" : "GET", address + "?x=1");
        assertThat(unknown.statusCode()).as(address).isEqualTo(400);
        assertThat(described(responses, "400")).isEqualTo(type(unknown));
      }
    }
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
  }

  /** The type of the answer that the description has for this status. */
  private static String described(JsonNode responses, String status) {
    String pointer = responses.path(status).path("$ref").asText().substring(1);
    return visitor
        .json("/api/v1/openapi.json")
        .at(pointer + "/content")
        .properties()
        .iterator()
        .next()
        .getKey();
  }

  @Test
  void answers_a_wish_for_a_run_as_the_schema_says() {
    SITE.trigger((source, asked, by) -> new Started(43));
    assertThat(problems("Begun", visitor.post("/api/v1/sources/crm/runs").body())).isEmpty();

    SITE.trigger((source, asked, by) -> new AlreadyRunning(42));
    assertThat(problems("Problem", visitor.post("/api/v1/sources/crm/runs").body())).isEmpty();
  }

  @Test
  void answers_a_check_in_as_the_schema_says() {
    String said = "{\"confidence\": 4, \"by\": \"Ani\"}";
    String path = "/api/v1/key-results/win-rate/check-ins";

    assertThat(problems("NewCheckIn", said)).isEmpty();
    assertThat(problems("CheckIn", visitor.send(path, "application/json", said).body())).isEmpty();
    assertThat(problems("CheckIns", visitor.get(path).body())).isEmpty();
    assertThat(problems("KeyResultDetail", visitor.get("/api/v1/key-results/win-rate").body()))
        .isEmpty();
  }

  @Test
  void answers_a_push_as_the_schema_says() {
    String sent = "{\"records\": [{\"id\": \"1\"}]}";
    String path = "/api/v1/intake/crm";
    String[] proof = {"OKR-Sync-Timestamp", "1795289598", "OKR-Sync-Signature", "0".repeat(64)};
    assertThat(problems("Push", sent)).isEmpty();

    SITE.intake(push -> new Intake.Answer.Taken(SITE.run(41).orElseThrow(), false));
    var taken = visitor.send(path, "application/json", sent, proof);
    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(problems("Taken", taken.body())).isEmpty();

    SITE.intake(push -> new Intake.Answer.Busy());
    var busy = visitor.send(path, "application/json", sent, proof);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).contains("5");
    assertThat(problems("Problem", busy.body())).isEmpty();
  }

  @Test
  void answers_a_wish_for_a_plan_as_the_schema_says() {
    String files = "{\"files\": {\"measures.yaml\": \"measures: {}\"}}";
    assertThat(problems("Planned", files)).isEmpty();
    var state = new Plan.State(BigDecimal.ONE, null, "on track", null);
    var records = new Plan.Records(1, List.of(new Plan.NamedRecord("1", null, null)));
    var input =
        new Plan.PlannedInput(
            "m", new Plan.Part(null, 0, "never read"), null, records, records, records);
    var edits = new Plan.Edits(1, List.of(new Plan.Edit("quota['ann']", "2", "none")));
    var moves =
        new Plan.PlannedKeyResult("a", "A", Plan.Change.MOVES, state, null, edits, List.of(input));
    var score = new Plan.Score(null, "not started");
    var appears = new Plan.PlannedObjective("o", "O", Plan.Change.APPEARS, null, score);
    SITE.plan(
        new Planned.Made(new Plan("d", 1L, List.of("noted"), List.of(appears), List.of(moves))));

    var made = visitor.postJson("/api/v1/plan", files);

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(problems("Plan", made.body())).isEmpty();
    SITE.plan(new Planned.Refused("1. measures.yaml: is empty"));
    assertThat(visitor.postJson("/api/v1/plan", files).statusCode()).isEqualTo(422);
    assertThat(visitor.postJson("/api/v1/plan", "{\"files\": {\"../x.yaml\": \"\"}}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void answers_a_decision_as_the_schema_says() {
    Decisions decisions = new Decisions(SITE.run(41).orElseThrow());
    SITE.held(decisions);
    String reason = "{\"by\": \"Ani\", \"reason\": \"checked\"}";
    var done = visitor.postJson("/api/v1/runs/35/discard", reason);
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(problems("Run", done.body())).isEmpty();
    assertThat(problems("Decision", reason)).isEmpty();
    assertThat(decisions.made).containsExactly("discard 35 by Ani: checked");

    decisions.refuses = "it was configured anew";
    var refused = visitor.postJson("/api/v1/runs/35/release", reason);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(problems("Problem", refused.body())).isEmpty();
    assertThat(visitor.postJson("/api/v1/runs/35/release", "reason=x").statusCode()).isEqualTo(400);
    assertThat(visitor.postJson("/api/v1/runs/99/release", reason).statusCode()).isEqualTo(404);
  }

  @Test
  void describes_the_outcomes_that_there_are() {
    JsonNode outcomes = visitor.json("/api/v1/openapi.json").at("/components/schemas/Outcome/enum");

    assertThat(outcomes)
        .map(JsonNode::asText)
        .containsExactly(Stream.of(Outcome.values()).map(Outcome::name).toArray(String[]::new));
  }

  @Test
  void has_schemas_that_notice_what_is_wrong() {
    String run = visitor.get("/api/v1/runs/40").body();

    assertThat(problems("Run", run.replace("FAILED", "BROKEN"))).isNotEmpty();
    assertThat(problems("Run", run.replace("\"read\"", "\"reed\""))).isNotEmpty();
    assertThat(problems("KeyResult", run)).isNotEmpty();
  }

  private static List<String> problems(String schema, String body) {
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(HERE, description)));
    Schema found = registry.getSchema(SchemaLocation.of(HERE + "#/components/schemas/" + schema));
    return found.validate(body, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
