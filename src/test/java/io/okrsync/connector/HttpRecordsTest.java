package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.okrsync.connector.VendorServer.Answer;
import io.okrsync.connector.VendorServer.Asked;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Any JSON API, described by settings alone: each way of paging, and what may go wrong with them.
 */
class HttpRecordsTest extends ConnectorConformance {
  HttpRecordsTest() {
    super("http-records");
  }

  @Test
  void follows_a_cursor_in_the_answer() {
    serve(
        asked ->
            asked.query().containsKey("after")
                ? "{\"items\": [{\"n\": 2}], \"more\": \"\"}"
                : "{\"items\": [{\"n\": 1}], \"more\": \"a+b/=\"}");

    assertThat(
            ids(
                Map.of(
                    "paging",
                    "cursor",
                    "items",
                    ".items[]",
                    "next",
                    ".more",
                    "query",
                    "{\"after\": \"@cursor\"}")))
        .containsExactly("1", "2");
    assertThat(vendor.last().query()).containsEntry("after", "a+b/=");
  }

  @Test
  void follows_the_address_of_the_next_page_in_the_answer() {
    serve(
        asked ->
            asked.query().containsKey("p")
                ? "{\"items\": [{\"n\": 2}]}"
                : "{\"items\": [{\"n\": 1}], \"next\": \"%s/v1?p=2\"}".formatted(vendor.url()));

    assertThat(ids(Map.of("paging", "cursor", "items", ".items[]", "next", ".next")))
        .containsExactly("1", "2");
  }

  @Test
  void counts_records_for_an_offset_and_stops_at_the_total() {
    serve(
        asked ->
            "{\"total\": 3, \"items\": %s}"
                .formatted(
                    asked.query().containsKey("skip")
                        ? "[{\"n\": 3}]"
                        : "[{\"n\": 1}, {\"n\": 2}]"));

    assertThat(
            ids(
                Map.of(
                    "paging",
                    "offset",
                    "items",
                    ".items[]",
                    "total",
                    ".total",
                    "query",
                    "{\"skip\": \"@cursor\", \"take\": \"@limit\"}",
                    "pageSize",
                    "2")))
        .containsExactly("1", "2", "3");
    assertThat(vendor.last().query()).containsEntry("skip", "2").containsEntry("take", "2");
    assertThat(vendor.asked()).hasSize(2);
  }

  @Test
  void counts_pages_until_one_is_empty() {
    serve(
        asked ->
            switch (asked.query().getOrDefault("page", "1")) {
              case "1" -> "[{\"n\": 1}]";
              case "2" -> "[{\"n\": 2}]";
              default -> "[]";
            });

    assertThat(ids(Map.of("paging", "page", "query", "{\"page\": \"@cursor\"}")))
        .containsExactly("1", "2");
  }

  @Test
  void sends_a_body_whose_values_keep_their_types() {
    serve(asked -> "[]");

    connectors.page(
        source(
            Map.of(
                "method",
                "POST",
                "body",
                "{\"size\": \"@limit\", \"done\": true, \"filter\": {\"since\": \"@since\", \"like\": \"@ 50%\"}, \"page\": \"@cursor\"}")),
        new ReadingPlace(SINCE, null));

    assertThat(vendor.last().method()).isEqualTo("POST");
    assertThat(vendor.last().body())
        .isEqualTo(
            "{\"size\":100,\"done\":true,\"filter\":{\"since\":\"2026-11-20T10:00:00Z\",\"like\":\"@ 50%\"}}");
  }

  @Test
  void reads_changes_only_where_its_settings_use_since() {
    Connector connector = connectors.named("http-records").orElseThrow();

    assertThat(connector.readsChanges(source(Map.of()))).isFalse();
    assertThat(connector.readsChanges(source(Map.of("query", "{\"from\": \"@since\"}")))).isTrue();
  }

  @Test
  void does_not_carry_its_credentials_to_another_host() {
    try (VendorServer elsewhere = new VendorServer()) {
      for (String link :
          List.of(
              elsewhere.url() + "/v1",
              vendor.url().replace("http://", "http://user@"),
              vendor.url() + "/v1?x={{env:HOME}}",
              vendor.url().replace("http", "https"))) {
        vendor.answers(Answer.json("[{\"n\": 1}]").with("Link", "<" + link + ">; rel=next"));

        SourceFailure failure =
            catchThrowableOfType(SourceFailure.class, () -> ids(Map.of("paging", "link")));

        assertThat(failure).as(link).isNotNull();
        assertThat(failure.remedy()).isEqualTo(ASK_ADMIN);
        assertThat(failure).hasMessageContaining("it is not followed");
      }
      assertThat(elsewhere.asked()).isEmpty();
    }
  }

  @Test
  void says_which_setting_is_not_jq() {
    serve(asked -> "[]");

    SourceFailure failure =
        catchThrowableOfType(SourceFailure.class, () -> ids(Map.of("items", ".data[")));

    assertThat(failure).hasMessageContaining("setting 'items' is not jq");
  }

  @Test
  void rejects_a_field_that_the_kind_has_not() {
    serve(asked -> "[{\"n\": 1}]");

    Page page =
        connectors.page(source(Map.of("fields", "{\"id\": \".n\", \"valeu\": \".n\"}")), BEGINNING);

    assertThat(page.rejections())
        .containsExactly(
            new Rejection(
                "1", "unknown field 'valeu' of a point; vendor-only fields go under custom"));
  }

  @Test
  void says_what_is_wrong_with_a_base_url() {
    for (String url :
        List.of("", "example.org", "ftp://example.org", "http://me:pw@example.org", "http://a b")) {
      Map<String, String> with = new LinkedHashMap<>(source(Map.of()).with());
      with.put("baseUrl", url);
      SourceFailure failure =
          catchThrowableOfType(
              SourceFailure.class,
              () -> connectors.page(Samples.source(connector, RecordKind.POINT, with), BEGINNING));

      assertThat(failure).as(url).hasMessageContaining("check baseUrl");
      assertThat(failure.remedy()).isEqualTo(ASK_ADMIN);
    }
  }

  private void serve(Function<Asked, String> answer) {
    vendor.answers(asked -> Answer.json(answer.apply(asked)));
  }

  private List<String> ids(Map<String, String> settings) {
    List<String> ids = new ArrayList<>();
    connectors
        .pages(source(settings), BEGINNING)
        .forEach(page -> page.records().forEach(record -> ids.add(record.id())));
    return ids;
  }

  private Source source(Map<String, String> settings) {
    Map<String, String> with =
        new LinkedHashMap<>(
            Map.of("baseUrl", vendor.url(), "path", "/v1", "fields", "{\"id\": \".n\"}"));
    with.putAll(settings);
    return Samples.source(connector, RecordKind.POINT, with);
  }
}
