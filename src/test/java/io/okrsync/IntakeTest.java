package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.okrsync.audit.EntryFilter;
import io.okrsync.connector.LogCapture;
import io.okrsync.okr.Standing;
import io.okrsync.schedule.Scheduler;
import io.okrsync.store.StoreSettings;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.SyncTrigger;
import io.okrsync.sync.Trigger;
import io.okrsync.web.WebServer;
import io.okrsync.web.WebSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Records that are sent to us, against the whole service. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IntakeTest {
  private static final String SECRET = "c4nary0123456789abcdef0123456789abcdef";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String ONE =
      "{\"records\": [{\"id\": \"a\", \"at\": \"2026-11-02T03:00:00Z\", \"value\": 40}]}";

  private final Path folder;
  private final SettableClock clock = new SettableClock("2026-11-21T03:00:00Z");
  private final Workspace workspace;

  @SuppressWarnings("NullAway.Init")
  private Service service;

  @SuppressWarnings("NullAway.Init")
  private WebServer web;

  @SuppressWarnings("NullAway.Init")
  private Scheduler scheduler;

  IntakeTest(@TempDir Path folder) {
    this.folder = folder;
    this.workspace = new Workspace(folder);
  }

  @BeforeEach
  void a_service_with_a_source_that_is_sent_to_it() {
    workspace.write("config/secrets/headcount", SECRET);
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          headcount:
            connector: push-records
            with: { kind: point, secret: "{{file:secrets/headcount}}" }
            freshness: { warn: 1h, error: 6h }
          other:
            connector: push-records
            with: { kind: point, secret: "{{file:secrets/headcount}}" }
            freshness: { warn: 1h, error: 6h }
        """);
    workspace.write(
        "config/measures.yaml", "measures: { people: { from: headcount, at: at, sum: value } }");
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31 }
        objectives:
          - id: grow
            title: Be enough people
            owner: people
            keyResults:
              - { id: people, title: Grow from 0 to 100 people, formula: people, baseline: 0, target: 100 }
        """);
    open(clock);
  }

  private void open(java.time.Clock by) {
    Folders folders = new Folders();
    folders.config = workspace.config();
    service =
        Service.open(
            folders,
            StoreSettings.inFolder(workspace.data()),
            name -> null,
            by,
            run -> {},
            run -> {});
    scheduler = new Scheduler(service.runs(), by);
    web =
        WebServer.start(
            new WebSettings("127.0.0.1", 0), new LiveSite(service, scheduler, new Waits(by), null));
  }

  @AfterEach
  void close() {
    web.close();
    scheduler.close();
    service.close();
  }

  @Test
  void what_is_sent_is_a_run_like_any_other() {
    HttpResponse<String> answer = push("headcount", ONE);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode taken = json(answer);
    assertThat(taken.path("repeated").asBoolean()).isFalse();
    assertThat(taken.at("/run/trigger").asText()).isEqualTo("push");
    assertThat(taken.at("/run/created").asInt()).isEqualTo(1);
    assertThat(answer.headers().firstValue("Location")).contains("/api/v1/runs/1");
    assertThat(people().value()).isEqualByComparingTo("40");
    assertThat(service.store().entries(EntryFilter.ofSource("headcount"), 1).get(0).entry())
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("run.published");
              assertThat(entry.actor()).isEqualTo("push");
            });
    assertThat(get("/runs/1")).contains("Sent by the source", "the others stay");
  }

  @Test
  void a_later_push_adds_and_replaces_and_ends_and_what_it_does_not_name_stays() {
    push(
        "headcount",
        records(
            "{'id':'a','at':'2026-11-02','value':40}", "{'id':'b','at':'2026-11-02','value':2}"));
    tick();
    push(
        "headcount",
        records(
            "{'id':'b','at':'2026-11-02','value':3}", "{'id':'c','at':'2026-11-02','value':10}"));
    assertThat(people().value()).isEqualByComparingTo("53");

    tick();
    JsonNode ended = json(push("headcount", records("{'id':'c','removed':true}")));

    assertThat(ended.at("/run/removed").asInt()).isEqualTo(1);
    assertThat(people().value()).isEqualByComparingTo("43");
  }

  @Test
  void a_complete_push_is_all_there_is() {
    push(
        "headcount",
        records(
            "{'id':'a','at':'2026-11-02','value':40}", "{'id':'b','at':'2026-11-02','value':2}"));
    tick();

    JsonNode taken =
        json(
            push(
                "headcount",
                records("{'id':'b','at':'2026-11-02','value':2}")
                    .replace("]}", "], \"complete\": true}")));

    assertThat(taken.at("/run/removed").asInt()).isEqualTo(1);
    assertThat(people().value()).isEqualByComparingTo("2");
  }

  @Test
  void a_complete_push_of_nothing_removes_nothing() {
    push("headcount", ONE);
    tick();

    HttpResponse<String> answer = push("headcount", "{\"records\": [], \"complete\": true}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("nothing was removed");
    assertThat(people().value()).isEqualByComparingTo("40");
  }

  @Test
  void an_empty_push_keeps_the_source_fresh() {
    push("headcount", ONE);
    clock.move(Duration.ofHours(7));
    assertThat(people().status().label()).isEqualTo("outdated");

    assertThat(json(push("headcount", "{\"records\": []}")).at("/run/outcome").asText())
        .isEqualTo("OK_EMPTY");

    assertThat(people().status().label()).isNotEqualTo("outdated");
    assertThat(people().value()).isEqualByComparingTo("40");
  }

  @Test
  void the_same_request_again_changes_nothing_even_after_a_later_one() {
    HttpRequest first = signed("headcount", ONE);
    send(first);
    tick();
    push("headcount", ONE.replace("40", "50"));

    JsonNode again = json(send(first));

    assertThat(again.path("repeated").asBoolean()).isTrue();
    assertThat(again.at("/run/id").asInt()).isEqualTo(1);
    assertThat(people().value()).isEqualByComparingTo("50");
    assertThat(runs()).hasSize(2);
  }

  @Test
  void the_same_request_again_after_the_process_was_cut_off_is_taken() {
    String request =
        new io.okrsync.sync.Push(
                "headcount",
                time(),
                signature("headcount", time(), ONE),
                ONE.getBytes(StandardCharsets.UTF_8))
            .digest();
    service
        .store()
        .beginPushed(
            service.setup().source("headcount"), "as it was", false, request, clock.instant());
    close();
    open(clock);

    JsonNode taken = json(push("headcount", ONE));

    assertThat(taken.path("repeated").asBoolean()).isFalse();
    assertThat(taken.at("/run/outcome").asText()).isEqualTo("OK");
    assertThat(people().value()).isEqualByComparingTo("40");
  }

  @Test
  void many_at_once_are_taken_one_after_the_other_and_each_once() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<HttpResponse<String>>> all =
          IntStream.range(0, 16)
              .<Callable<HttpResponse<String>>>mapToObj(
                  i ->
                      () ->
                          push(
                              "headcount",
                              records("{'id':'p" + i / 2 + "','at':'2026-11-02','value':1}")))
              .toList();
      for (Future<HttpResponse<String>> answer : threads.invokeAll(all)) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(people().value()).isEqualByComparingTo("8");
    assertThat(runs()).hasSize(8);
  }

  @Test
  void what_was_signed_for_another_source_is_not_taken() {
    for (String both : List.of("other headcount", "headcount other", "nobody nobody")) {
      String signedFor = both.split(" ")[0];
      HttpResponse<String> answer =
          send(request(both.split(" ")[1], ONE, time(), signature(signedFor, time(), ONE)));

      assertUnproven(answer, "not signed with the secret of a source of this name");
    }
  }

  @Test
  void what_was_changed_on_its_way_is_not_taken() {
    String time = time();
    String signature = signature("headcount", time, ONE);

    assertUnproven(
        send(request("headcount", ONE.replace("40", "99"), time, signature)), "to the byte");
    assertUnproven(
        send(request("headcount", ONE, "" + (clock.instant().getEpochSecond() + 1), signature)),
        "to the byte");
    String other = signature.substring(0, 63) + (signature.endsWith("0") ? "1" : "0");
    assertUnproven(send(request("headcount", ONE, time, other)), "to the byte");
  }

  @Test
  void what_was_signed_at_another_time_is_not_taken() {
    for (int age : new int[] {301, -301}) {
      String time = "" + (clock.instant().getEpochSecond() - age);

      assertUnproven(
          send(request("headcount", ONE, time, signature("headcount", time, ONE))),
          "signed 301 s " + (age > 0 ? "before" : "after") + " now");
    }
  }

  @Test
  void a_request_without_signature_says_what_is_needed() {
    HttpRequest request =
        HttpRequest.newBuilder(address("headcount"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ONE))
            .build();

    assertUnproven(send(request), "needs the headers OKR-Sync-Timestamp");
    assertUnproven(
        send(request("headcount", ONE, time(), "not hexadecimal")), "64 hexadecimal digits");
  }

  @Test
  void what_cannot_be_used_is_refused_as_a_whole_and_noted() {
    List<String> bodies =
        """
        { | no JSON (line 1
        {'records': []} [] | no JSON
        [] | must be an object
        {'record': []} | unknown key 'record'
        {'records': {}} | needs 'records'
        {'records': [], 'records': [{}]} | no JSON
        {'records': [], 'complete': 'yes'} | 'complete' must be true or false
        {'records': [{'id':'a','id':'b'}]} | no JSON
        {'records': [{'value': 1}]} | 1 of 1 records cannot be read as a point: item 1:
        {'records': [{'id':'a'}, {'id':'b','value':'much'}]} | 1 of 2 records cannot be read as a
        {'records': [{'id':'a\\u0000b'}]} | id: holds a character that cannot be stored
        {'records': [{'id':'a','value':1e99}]} | 38 digits
        """
            .lines()
            .toList();
    for (String each : bodies) {
      String[] bodyAndWhy = each.split("\\|");
      HttpResponse<String> answer = push("headcount", bodyAndWhy[0].strip().replace('\'', '"'));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      assertThat(json(answer).path("detail").asText())
          .contains(bodyAndWhy[1].strip(), "nothing of it was taken");
      tick();
    }
    assertThat(runs()).hasSize(bodies.size()).allMatch(run -> run.outcome() == Outcome.FAILED);
    assertThat(service.store().records("headcount")).isZero();
  }

  @Test
  void deep_and_large_bodies_are_refused() {
    String deep = "{\"records\": " + "[".repeat(5000) + "]".repeat(5000) + "}";
    assertThat(push("headcount", deep).statusCode()).isEqualTo(422);

    String many =
        IntStream.range(0, 10_001)
            .mapToObj(i -> "{\"id\":\"" + i + "\"}")
            .collect(Collectors.joining(",", "{\"records\":[", "]}"));
    tick();
    assertThat(json(push("headcount", many)).path("detail").asText())
        .contains("10,001 records are more than the 10,000");

    HttpResponse<String> large = push("headcount", " ".repeat(2 * 1024 * 1024) + ONE);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(service.store().records("headcount")).isZero();
  }

  @Test
  void only_json_is_taken() {
    HttpRequest form =
        HttpRequest.newBuilder(address("headcount"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("OKR-Sync-Timestamp", time())
            .header("OKR-Sync-Signature", signature("headcount", time(), ONE))
            .POST(BodyPublishers.ofString(ONE))
            .build();

    assertThat(send(form).statusCode()).isEqualTo(415);
  }

  @Test
  void what_a_guard_doubts_waits_for_a_person() {
    String many =
        IntStream.range(0, 30)
            .mapToObj(i -> "{'id':'p" + i + "','at':'2026-11-02','value':1}")
            .collect(Collectors.joining(","));
    push("headcount", records(many));
    tick();

    HttpRequest doubtful =
        signed(
            "headcount",
            records("{'id':'p1','at':'2026-11-02','value':1}")
                .replace("]}", "], \"complete\": true}"));
    HttpResponse<String> held = send(doubtful);

    assertThat(held.statusCode()).as(held.body()).isEqualTo(202);
    assertThat(people().value()).isEqualByComparingTo("30");
    tick();
    assertThat(push("headcount", ONE).statusCode()).isEqualTo(409);
  }

  @Test
  void it_cannot_be_asked_and_is_not_missed() {
    assertThat(service.runs().trigger("headcount", Trigger.MANUAL))
        .isInstanceOf(SyncTrigger.Answer.Refused.class);
    assertThat(post("/api/v1/sources/headcount/runs").statusCode()).isEqualTo(409);
    assertThat(get("/api/v1/sources")).contains("when something is sent", "\"concerns\":[]");
    assertThat(get("/runs")).doesNotContain("sync-headcount");
    assertThat(runs()).isEmpty();
  }

  @Test
  void the_secret_is_in_no_log_line_and_in_no_answer() {
    try (LogCapture log = new LogCapture()) {
      String time = time();
      List<HttpResponse<String>> answers =
          List.of(
              push("headcount", ONE),
              push("headcount", "{\"records\": \"" + SECRET + "\"}"),
              send(request("headcount", ONE, time, signature("other", time, ONE))),
              send(request("head%0Acount", ONE, time, signature("other", time, ONE))));

      assertThat(log.lines())
          .anyMatch(line -> line.contains("is not signed with the secret of that source"))
          .noneMatch(line -> line.contains(SECRET) || line.contains(signature("other", time, ONE)))
          .noneMatch(line -> line.contains("head\ncount"));
      assertThat(answers).noneMatch(answer -> answer.body().contains(SECRET));
    }
  }

  /** With the real time, since the page's command tells it. */
  @Test
  void the_command_on_the_page_signs_and_sends() throws Exception {
    close();
    open(java.time.Clock.systemUTC());
    String page = Files.readString(Path.of("src/docs/intake.md"));
    Files.writeString(folder.resolve("records.json"), DocumentedBlock.of(page, "json"));
    ProcessBuilder shell =
        new ProcessBuilder("sh", "-euc", DocumentedBlock.of(page, "sh"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    shell.environment().put("HEADCOUNT_SECRET", SECRET);
    shell.environment().put("OKR_SYNC", "http://127.0.0.1:" + web.port());

    Process process = shell.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(new ObjectMapper().readTree(said).at("/run/outcome").asText()).isEqualTo("OK");
    assertThat(people().value()).isEqualByComparingTo("42");
  }

  private void assertUnproven(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(answer.body()).contains(why);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(runs()).isEmpty();
  }

  private List<SyncRun> runs() {
    return service.store().runs("headcount", 100);
  }

  private Standing people() {
    return service.standings().now().get(0).keyResults().get(0);
  }

  private void tick() {
    clock.move(Duration.ofSeconds(1));
  }

  private String time() {
    return String.valueOf(clock.instant().getEpochSecond());
  }

  private static String records(String... records) {
    return "{\"records\": [" + String.join(",", records).replace('\'', '"') + "]}";
  }

  private HttpResponse<String> push(String source, String body) {
    return send(signed(source, body));
  }

  private HttpRequest signed(String source, String body) {
    return request(source, body, time(), signature(source, time(), body));
  }

  private HttpRequest request(String source, String body, String time, String signature) {
    return HttpRequest.newBuilder(address(source))
        .header("Content-Type", "application/json")
        .header("OKR-Sync-Timestamp", time)
        .header("OKR-Sync-Signature", signature)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private URI address(String source) {
    return URI.create("http://127.0.0.1:" + web.port() + "/api/v1/intake/" + source);
  }

  private static String signature(String source, String time, String body) {
    return Signature.of(SECRET, time, source, body);
  }

  private String get(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path)).build())
        .body();
  }

  private HttpResponse<String> post(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
            .POST(BodyPublishers.noBody())
            .build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new IllegalStateException(answer.body(), e);
    }
  }
}
