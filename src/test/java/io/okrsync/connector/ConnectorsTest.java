package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.okrsync.connector.VendorServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of connectors that changes while it is in use. */
class ConnectorsTest {
  private static final String FILE =
      """
      apiVersion: camel.apache.org/v1
      kind: Kamelet
      metadata:
        name: shop-orders-action
        annotations:
          okrsync.io/kind: point
      spec:
        definition:
          title: Orders
          properties:
            baseUrl: { title: Base URL, type: string }
            name: { title: Name, type: string, default: orders }
        template:
          from:
            uri: kamelet:source
            steps:
              - to:
                  uri: okr:page
                  parameters:
                    url: "{{baseUrl}}/orders"
                    query.name: "{{name}}"
              - transform:
                  jq: "{records: [.[] | {id, value: .amount}]}"
      """;

  private final Path routes;
  private final VendorServer vendor = new VendorServer();
  private final Connectors connectors;

  ConnectorsTest(@TempDir Path routes) {
    this.routes = routes;
    this.connectors = new Connectors(routes, Samples.CLOCK, pause -> {});
  }

  @BeforeEach
  void start() {
    connectors.start();
    vendor.answers(Answer.json("[{\"id\": 1, \"amount\": 7, \"count\": 3}]"));
  }

  @AfterEach
  void stop() {
    connectors.close();
    vendor.close();
  }

  @Test
  void a_file_dropped_into_the_folder_is_usable_at_once() {
    assertThat(connectors.all()).isEmpty();
    assertThat(connectors.refresh()).isFalse();

    write(FILE);

    assertThat(connectors.refresh()).isTrue();
    assertThat(connectors.refresh()).isFalse();
    assertThat(connectors.all()).extracting(Connector::name).containsExactly("shop-orders");
    assertThat(value()).isEqualTo(7);
  }

  @Test
  void a_changed_file_is_used_for_the_next_page() {
    load(FILE);
    assertThat(value()).isEqualTo(7);
    String version = connectors.named("shop-orders").orElseThrow().version();

    load(FILE.replace(".amount", ".count"));

    assertThat(value()).isEqualTo(3);
    assertThat(connectors.named("shop-orders").orElseThrow().version()).isNotEqualTo(version);
  }

  @Test
  void changed_settings_are_used_for_the_next_page() {
    load(FILE);
    page(Map.of("baseUrl", vendor.url(), "name", "one"));
    page(Map.of("baseUrl", vendor.url(), "name", "a&b={{x}}#@since %"));

    assertThat(vendor.last().query()).containsEntry("name", "a&b={{x}}#@since %");
  }

  @Test
  void a_broken_file_is_refused_and_the_one_before_stays() {
    load(FILE);

    load(FILE.replace("uri: okr:page", "uri: [okr:page"));

    assertThat(connectors.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.file().getFileName())
                  .hasToString("shop-orders-action.kamelet.yaml");
              assertThat(problem.line()).isGreaterThan(15);
              assertThat(problem.message()).startsWith("is not YAML");
            });
    assertThat(value()).isEqualTo(7);

    load(FILE);

    assertThat(connectors.problems()).isEmpty();
  }

  @Test
  void a_half_written_file_is_taken_when_it_is_complete() {
    write(FILE.substring(0, 120));
    connectors.refresh();
    assertThat(connectors.all()).isEmpty();
    assertThat(connectors.problems()).isNotEmpty();

    load(FILE);

    assertThat(connectors.problems()).isEmpty();
    assertThat(value()).isEqualTo(7);
  }

  @Test
  void a_deleted_file_is_no_longer_usable() throws IOException {
    load(FILE);
    Files.delete(file());

    assertThat(connectors.refresh()).isTrue();

    assertThat(connectors.all()).isEmpty();
    assertThatThrownBy(this::value)
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("uses connector 'shop-orders', which is not usable");
  }

  @Test
  void one_broken_file_disturbs_no_other() throws IOException {
    write(FILE);
    Files.writeString(routes.resolve("bad-one-action.kamelet.yaml"), "kind: [");

    connectors.refresh();

    assertThat(connectors.all()).extracting(Connector::name).containsExactly("shop-orders");
    assertThat(value()).isEqualTo(7);
  }

  @Test
  void a_function_that_there_is_not_is_found_when_the_file_is_read() {
    load(FILE.replace("[.[] | {id", "[.[] | upcase | {id"));

    assertProblem(23, "there is no function upcase");
  }

  @Test
  void jq_that_is_none_is_found_when_the_file_is_read() {
    load(FILE.replace("[.[] | {id", "[.[] | {{id"));

    assertProblem(23, "is not jq");
  }

  @Test
  void an_option_that_okr_page_does_not_know_is_found_when_the_file_is_read() {
    load(FILE.replace("query.name", "quary.name"));

    assertProblem(21, "okr:page has no option 'quary.name'; it knows url, method");
  }

  @Test
  void a_step_that_does_not_exist_is_found_when_the_file_is_read() {
    load(FILE.replace("okr:page", "okr:pages"));

    assertProblem(18, "there is no step 'okr:pages'");
  }

  @Test
  void a_setting_that_is_not_declared_is_found_when_the_file_is_read() {
    load(FILE.replace("{{baseUrl}}", "{{baseURL}}"));

    assertProblem(20, "uses the setting 'baseURL'");
  }

  @Test
  void a_name_that_is_not_the_files_is_found_when_the_file_is_read() {
    load(FILE.replace("shop-orders-action", "shop-order-action"));

    assertProblem(4, "metadata.name must be 'shop-orders-action'");
  }

  @Test
  void an_unknown_kind_is_found_when_the_file_is_read() {
    load(FILE.replace("kind: point", "kind: points"));

    assertProblem(6, "must be one of deal, campaign, issue");
  }

  @Test
  void a_file_with_another_name_is_told_how_to_be_called() throws IOException {
    Files.writeString(routes.resolve("orders.yaml"), FILE);
    connectors.refresh();

    assertProblem(0, "must be called <system>-<what>-action.kamelet.yaml");
  }

  @Test
  void a_folder_that_is_missing_is_a_problem_and_no_crash() {
    try (Connectors nowhere = new Connectors(routes.resolve("none"), Samples.CLOCK)) {
      nowhere.start();

      assertThat(nowhere.problems())
          .singleElement()
          .satisfies(
              problem ->
                  assertThat(problem.message()).contains("there is no such folder", "--routes"));
    }
  }

  @Test
  void an_answer_the_jq_does_not_fit_is_told_with_the_connectors_name() {
    load(FILE);
    vendor.answers(Answer.json("{\"orders\": \"none\"}"));

    assertThatThrownBy(this::value)
        .isInstanceOf(SourceFailure.class)
        .hasMessageStartingWith("Source 'crm' answered what connector 'shop-orders' cannot read");
  }

  private int value() {
    Page page = page(Map.of("baseUrl", vendor.url()));
    return page.records().get(0).fields().path("value").asInt();
  }

  private Page page(Map<String, String> with) {
    return connectors.page(Samples.source("shop-orders", RecordKind.POINT, with), BEGINNING);
  }

  private void load(String text) {
    write(text);
    assertThat(connectors.refresh()).isTrue();
  }

  private void write(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path file() {
    return routes.resolve("shop-orders-action.kamelet.yaml");
  }

  private void assertProblem(int line, String message) {
    assertThat(connectors.all()).isEmpty();
    assertThat(connectors.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.message()).contains(message);
              assertThat(problem.line()).isEqualTo(line);
            });
  }
}
