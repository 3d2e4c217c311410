package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.CANARY;
import static io.okrsync.connector.Samples.NOW;
import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.BEGIN_ANEW;
import static io.okrsync.connector.SourceFailure.Remedy.REAUTHENTICATE;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.SourceFailure.Remedy;
import io.okrsync.connector.VendorServer.Answer;
import io.okrsync.connector.VendorServer.Asked;
import io.okrsync.faults.Fault;
import io.okrsync.faults.OnTheWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every connector that speaks HTTP must do. A connector's test extends this and has nothing to
 * add, but for what is special about its vendor. The replies are in {@code
 * src/test/resources/connectors/NAME/}:
 *
 * <pre>
 * conformance.json   {"kind": "deal", "with": {...}, "secrets": ["apiToken"], "path": "/api/v2/deals",
 *                     "since": {"updated_since": "2026-11-20T10:00:00Z"},       what is asked since 10:00:00.5
 *                     "pages": [{"reply": "page-1.json", "asked": {...}, "absent": ["cursor"]}, ...]}
 *                    and, where the vendor publishes one, "description": "pipedrive/openapi.json" with
 *                    "descriptionLacks": what it wrongly refuses, as parts of the validator's messages
 * page-1.json        what the vendor answers
 * records.json       the fields of the records that are expected of all pages, in order
 * </pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectorConformance {
  static final Path ROUTES = Path.of("routes");
  private static final long SEED = Long.getLong("faults.seed", 1);
  static final Instant SINCE = Instant.parse("2026-11-20T10:00:00.5Z");

  final VendorServer vendor = new VendorServer();
  final List<Duration> pauses = new ArrayList<>();
  final List<Waiting> waits = new ArrayList<>();
  final Connectors connectors = new Connectors(ROUTES, Samples.CLOCK, pauses::add);
  final String connector;
  final JsonNode conformance;

  ConnectorConformance(String connector) {
    this.connector = connector;
    this.conformance = fixture("conformance.json");
    connectors.onWaiting(waits::add);
  }

  @BeforeAll
  void start() {
    connectors.start();
  }

  @AfterAll
  void stop() {
    connectors.close();
    vendor.close();
  }

  @BeforeEach
  void clean() {
    connectors.askAnyway(source());
    pauses.clear();
    waits.clear();
    vendor.asked().clear();
  }

  @Test
  void is_loaded_without_a_problem() {
    assertThat(connectors.problems()).isEmpty();
    assertThat(connectors.named(connector)).isPresent();
  }

  @Test
  void reads_every_page_to_the_last_and_makes_the_expected_records() {
    List<Page> pages = readAll(new ReadingPlace(null, null));

    assertThat(pages).hasSize(conformance.path("pages").size());
    assertThat(pages).allSatisfy(page -> assertThat(page.rejections()).isEmpty());
    List<JsonNode> fields =
        pages.stream()
            .flatMap(page -> page.records().stream())
            .<JsonNode>map(SourceRecord::fields)
            .toList();
    JsonNode expected = fixture("records.json");
    for (int i = 0; i < Math.max(fields.size(), expected.size()); i++) {
      assertThat(i < fields.size() ? fields.get(i) : "nothing")
          .as("record %d", i)
          .hasToString(expected.path(i).toString().replace("{{url}}", vendor.url()));
    }
    checkRequests(listRequests());
  }

  @Test
  void asks_for_changes_only_when_it_is_told_since_when() {
    vendor.answers(this::page);

    connectors.page(source(), BEGINNING);
    Map<String, String> everything = lastList().query();
    connectors.page(source(), new ReadingPlace(SINCE, null));
    Map<String, String> changes = lastList().query();

    conformance
        .path("since")
        .properties()
        .forEach(
            parameter ->
                assertThat(changes)
                    .containsEntry(parameter.getKey(), parameter.getValue().asText()));
    if (connectors.named(connector).orElseThrow().readsChanges(source())) {
      assertThat(changes).isNotEqualTo(everything);
    } else {
      assertThat(changes).isEqualTo(everything);
    }
  }

  @Test
  void asks_what_the_vendors_own_description_allows() {
    String name = conformance.path("description").asText();
    Assumptions.assumeFalse(name.isEmpty(), "this connector is of no one vendor");
    VendorDescription description = VendorDescription.of(name);
    readAll(BEGINNING);
    List<Asked> all = new ArrayList<>(vendor.asked());
    readAll(new ReadingPlace(SINCE, null));
    all.addAll(vendor.asked());
    List<String> known = new ArrayList<>();
    conformance.path("descriptionLacks").forEach(each -> known.add(each.asText()));

    assertThat(all.stream().flatMap(asked -> description.problems(asked).stream()))
        .filteredOn(problem -> known.stream().noneMatch(problem::contains))
        .isEmpty();
  }

  @Test
  void goes_on_at_the_page_where_it_was_left() {
    vendor.answers(this::page);
    Page first = connectors.page(source(), BEGINNING);
    if (first.next() == null) {
      return;
    }
    vendor.asked().clear();

    connectors.page(source(), new ReadingPlace(null, first.next()));

    checkRequests(List.of(vendor.last()), 1);
  }

  @Test
  void sends_its_credentials_and_tells_them_to_nobody() {
    try (LogCapture log = new LogCapture()) {
      vendor.answers(Answer.of(403, "application/json", "{\"message\": \"no: " + CANARY + "\"}"));
      SourceFailure failure = failure();
      readAll(BEGINNING);

      assertThat(failure.getMessage()).contains("•••").doesNotContain(CANARY);
      assertThat(LogCapture.shown(failure)).doesNotContain(CANARY);
      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains(CANARY));
    }
    assertThat(vendor.asked()).noneMatch(asked -> asked.uri().toString().contains(CANARY));
    assertThat(vendor.asked()).allMatch(ConnectorConformance::proves);
  }

  /** As a careless server does; what basic authentication sends is base64. */
  @Test
  void a_server_that_repeats_the_credentials_gives_them_to_nobody() {
    try (LogCapture log = new LogCapture()) {
      vendor.answers(
          asked ->
              Answer.of(
                  403, "application/json", "{\"message\": \"no: %s\"}".formatted(proof(asked))));
      SourceFailure failure = failure();
      String sent = proof(vendor.asked().get(0)).replaceFirst("^.* ", "");

      assertThat(failure.getMessage()).contains("•••").doesNotContain(sent);
      assertThat(LogCapture.shown(failure)).doesNotContain(sent);
      assertThat(log.lines()).noneMatch(line -> line.contains(sent));
    }
  }

  @Test
  void waits_as_many_seconds_as_the_vendor_asks_for() {
    vendor.answers(asked -> isFirst() ? throttled().with("Retry-After", "7") : page(asked));

    connectors.page(source(), BEGINNING);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    assertThat(waits)
        .singleElement()
        .satisfies(
            waiting -> {
              assertThat(waiting.source()).isEqualTo("crm");
              assertThat(waiting.until()).isEqualTo(NOW.plusSeconds(7));
              assertThat(waiting.why()).contains("429");
            });
  }

  @Test
  void waits_until_the_date_the_vendor_names() {
    vendor.answers(
        asked ->
            isFirst()
                ? throttled().with("Retry-After", "Sat, 21 Nov 2026 12:00:09 GMT")
                : page(asked));

    connectors.page(source(), BEGINNING);

    assertThat(pauses).containsExactly(Duration.ofSeconds(9));
  }

  @Test
  void waits_longer_and_longer_when_the_vendor_does_not_say() {
    vendor.answers(throttled());

    SourceFailure failure = failure();

    assertThat(failure.remedy()).isEqualTo(RETRY_LATER);
    assertThat(failure).hasMessageContaining("429").hasMessageContaining("asked 5 times");
    assertThat(pauses).hasSize(4).isSorted();
  }

  @Test
  void leaves_it_for_later_when_the_vendor_asks_for_more_than_a_minute() {
    vendor.answers(throttled().with("Retry-After", "3600"));

    SourceFailure failure = failure();

    assertThat(failure.remedy()).isEqualTo(RETRY_LATER);
    assertThat(failure.retryAt()).isEqualTo(NOW.plusSeconds(3600));
    assertThat(pauses).isEmpty();
  }

  /** Each fault of the simulator that any vendor may have, from some page on. */
  @ParameterizedTest
  @MethodSource("io.okrsync.faults.OnTheWay#all")
  void bears_whatever_goes_wrong_on_the_way(Fault fault) {
    int well = new Random(SEED * 31 + fault.name().hashCode()).nextInt(fixturePages());
    List<Page> read = new ArrayList<>();
    vendor.answers(disturbed(fault, well));

    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class, () -> connectors.pages(source(), BEGINNING).forEach(read::add));

    long records = read.stream().mapToLong(page -> page.records().size()).sum();
    String story = "seed %d, after %d pages".formatted(SEED, well);
    if (fault.during() == Fault.During.TRUE) {
      assertThat(failure).as(story).isNull();
      assertThat(records).as(story).isEqualTo(fixture("records.json").size());
      return;
    }
    assertThat(failure).as(story).isNotNull();
    assertThat(failure.getMessage()).as(story).contains(words(fault));
    assertThat(failure.remedy())
        .as(story)
        .isEqualTo(fault.during() == Fault.During.PARTIAL ? RETRY_LATER : ASK_ADMIN);
    assertThat(read).as(story).hasSize(well);
  }

  private List<String> words(Fault fault) {
    return fault.words().stream().map(it -> it.replace("JSON", format())).toList();
  }

  /** What the vendor is expected to answer with. */
  String format() {
    return "JSON";
  }

  /**
   * Answers in turn, and from some page on with a fault.
   *
   * @param well how many pages come before
   */
  private Function<Asked, Answer> disturbed(Fault fault, int well) {
    AtomicInteger given = new AtomicInteger();
    AtomicBoolean met = new AtomicBoolean();
    return asked -> {
      if (!isList(asked)) {
        return Answer.json("{}");
      }
      Answer page = reply(given.get());
      Answer answer =
          given.get() < well
              ? page
              : Answer.of(OnTheWay.reply(fault, !met.getAndSet(true), NOW, page.asReply()));
      given.addAndGet(answer.status() == 200 ? 1 : 0);
      return answer;
    };
  }

  @Test
  void asks_for_new_credentials_when_they_are_refused() {
    vendor.answers(Answer.of(401, "application/json", "{\"error\": \"no such token\"}"));

    assertFailure(REAUTHENTICATE, "401", "no such token", "renew the credentials");
    assertThat(pauses).isEmpty();
  }

  @Test
  void asks_the_admin_when_the_vendor_says_there_is_no_such_thing() {
    vendor.answers(Answer.of(404, "application/json", "{}"));

    assertFailure(ASK_ADMIN, "404", "check baseUrl");
    assertThat(pauses).isEmpty();
  }

  @Test
  void says_so_when_the_answer_breaks_off() {
    vendor.answers(Answer.json("{\"data\": [{\"id\": 1, \"na"));

    assertFailure(RETRY_LATER, "breaks off in the middle");
  }

  @Test
  void follows_no_redirect() {
    vendor.answers(
        Answer.of(302, "text/plain", "").with("Location", "http://127.0.0.1:9/elsewhere"));

    assertFailure(ASK_ADMIN, "302", "redirect");
  }

  @Test
  void stops_when_the_same_page_comes_back() {
    Assumptions.assumeTrue(fixturePages() > 1, "a list of one page has no next one");
    vendor.answers(asked -> isList(asked) ? reply(0) : Answer.json("{}"));

    SourceFailure failure =
        catchThrowableOfType(
            SourceFailure.class, () -> connectors.pages(source(), BEGINNING).forEach(page -> {}));

    assertThat(failure.remedy()).isEqualTo(BEGIN_ANEW);
    assertThat(failure).hasMessageContaining("would not end");
  }

  final Source source() {
    Map<String, String> with = new LinkedHashMap<>();
    conformance
        .path("with")
        .properties()
        .forEach(
            each ->
                with.put(
                    each.getKey(),
                    each.getValue().isTextual()
                        ? each.getValue().asText()
                        : each.getValue().toString()));
    with.put("baseUrl", vendor.url());
    List<String> secrets = new ArrayList<>();
    conformance.path("secrets").forEach(each -> secrets.add(each.asText()));
    RecordKind kind = RecordKind.labelled(conformance.path("kind").asText()).orElseThrow();
    return Samples.source(connector, kind, with, secrets.toArray(String[]::new));
  }

  final List<Page> readAll(ReadingPlace from) {
    vendor.asked().clear();
    vendor.answers(this::page);
    List<Page> pages = new ArrayList<>();
    connectors.pages(source(), from).forEach(pages::add);
    return pages;
  }

  /** The reply whose turn it is, by how often the list was asked for. */
  final Answer page(Asked asked) {
    if (!isList(asked)) {
      return Answer.json("{}");
    }
    long lists = vendor.asked().stream().filter(this::isList).count();
    return reply((int) Math.min(lists, fixturePages()) - 1);
  }

  final boolean isList(Asked asked) {
    return asked.uri().getPath().equals(conformance.path("path").asText());
  }

  private List<Asked> listRequests() {
    return vendor.asked().stream().filter(this::isList).toList();
  }

  private Asked lastList() {
    List<Asked> lists = listRequests();
    return lists.get(lists.size() - 1);
  }

  private boolean isFirst() {
    return vendor.asked().size() == 1;
  }

  private int fixturePages() {
    return conformance.path("pages").size();
  }

  private Answer reply(int page) {
    JsonNode declared = conformance.path("pages").path(page);
    Answer answer = Answer.json(text(declared.path("reply").asText()));
    String link = declared.path("link").asText("");
    return link.isEmpty() ? answer : answer.with("Link", link.replace("{{url}}", vendor.url()));
  }

  private void checkRequests(List<Asked> requests) {
    checkRequests(requests, 0);
  }

  private void checkRequests(List<Asked> requests, int firstPage) {
    for (int i = 0; i < requests.size(); i++) {
      JsonNode page = conformance.path("pages").path(firstPage + i);
      Map<String, String> query = requests.get(i).query();
      page.path("asked")
          .properties()
          .forEach(
              parameter ->
                  assertThat(query)
                      .containsEntry(parameter.getKey(), parameter.getValue().asText()));
      page.path("absent").forEach(name -> assertThat(query).doesNotContainKey(name.asText()));
    }
  }

  private static Answer throttled() {
    return Answer.of(429, "application/json", "{\"error\": \"slow down\"}");
  }

  private static boolean proves(Asked asked) {
    return !proof(asked).isEmpty();
  }

  /** The header that proves who asks; empty where none does. */
  private static String proof(Asked asked) {
    return asked.headers().values().stream()
        .flatMap(List::stream)
        .filter(value -> value.contains(CANARY) || decoded(value).contains(CANARY))
        .findFirst()
        .orElse("");
  }

  private static String decoded(String header) {
    return header.startsWith("Basic ")
        ? new String(Base64.getDecoder().decode(header.substring(6)), UTF_8)
        : "";
  }

  final SourceFailure failure() {
    return catchThrowableOfType(SourceFailure.class, () -> connectors.page(source(), BEGINNING));
  }

  private void assertFailure(Remedy remedy, String... parts) {
    SourceFailure failure = failure();
    assertThat(failure).isNotNull();
    assertThat(failure.remedy()).isEqualTo(remedy);
    assertThat(failure.getMessage()).startsWith("Source 'crm' ").contains(parts);
  }

  final JsonNode fixture(String name) {
    JsonNode node = Json.readOrNull(text(name));
    if (node == null) {
      throw new IllegalStateException(connector + "/" + name + " is not JSON");
    }
    return node;
  }

  final String text(String name) {
    try {
      return Files.readString(
          Path.of("src/test/resources/connectors").resolve(connector).resolve(name));
    } catch (IOException e) {
      throw new IllegalStateException("write " + connector + "/" + name + " for its test", e);
    }
  }
}
