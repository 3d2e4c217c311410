package io.okrsync.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Items become records of their kind, in one form, or are rejected with a reason. */
class RecordReaderTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-21T19:33:18Z,                2026-11-21T19:33:18Z",
    "2026-11-21T19:33:18.123456789+00:00, 2026-11-21T19:33:18.123456Z",
    "2020-06-12T08:13:13.360+0800,        2020-06-12T00:13:13.360Z",
    "2020-06-12T08:13:13+08,              2020-06-12T00:13:13Z",
    "2020-06-12 08:13:13+08:00,           2020-06-12T00:13:13Z",
    "2020-06-12t08:13:13z,                2020-06-12T08:13:13Z",
    "2026-11-21T00:00,                    2026-11-20T17:00:00Z",
    "2026-11-21,                          2026-11-20T17:00:00Z"
  })
  void times_are_kept_in_utc_to_the_microsecond(String written, String kept) {
    SourceRecord record = only("{\"id\": 1, \"at\": \"%s\"}".formatted(written));

    assertThat(record.fields().path("at").asText()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 200",
    "200.00, 200",
    "2E+2, 200",
    "0.10, 0.1",
    "\"0.30\", 0.3",
    "-5e-3, -0.005",
    "12345678901234567890.123456789, 12345678901234567890.123456789",
    "0.0, 0"
  })
  void numbers_are_exact_and_equal_ones_are_written_alike(String written, String kept) {
    assertThat(only("{\"id\": 1, \"value\": %s}".formatted(written)).fields())
        .hasToString("{\"id\":\"1\",\"value\":%s}".formatted(kept));
  }

  @Test
  void nothing_is_not_zero() {
    assertThat(only("{\"id\": 1, \"value\": \"\", \"at\": \"\", \"name\": null}").fields())
        .hasToString("{\"id\":\"1\"}");
  }

  @Test
  void own_fields_are_kept_in_the_order_of_their_names() {
    assertThat(
            only("{\"id\": 1, \"custom\": {\"b\": {\"z\": 1.50, \"a\": [2.0]}, \"a\": null}}")
                .fields())
        .hasToString("{\"id\":\"1\",\"custom\":{\"b\":{\"a\":[2],\"z\":1.5}}}");
  }

  @Test
  void what_no_database_keeps_is_told_by_the_character_for_it() {
    assertThat(
            only("{\"id\": 1, \"name\": \"cut \\ud83d\", \"custom\": {\"a\": [\"x\\u0000\"]}}")
                .fields())
        .hasToString("{\"id\":\"1\",\"name\":\"cut \uFFFD\",\"custom\":{\"a\":[\"x\uFFFD\"]}}");
    assertThat(page("{\"records\": [{\"id\": \"a\\ud83d\"}]}").rejections())
        .singleElement()
        .satisfies(it -> assertThat(it.why()).contains("cannot be stored"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"value\": 1}                          | item 1 | has no id",
        "{\"id\": \"\", \"value\": 1}            | item 1 | has no id",
        "{\"id\": 7, \"value\": \"1,5\"}         | 7      | value: expected a number, found '1,5'",
        "{\"id\": 7, \"value\": true}            | 7      | value: expected a number, found true",
        "{\"id\": 7, \"value\": 1e400}           | 7      | value: expected a number of at most 38"
            + " digits",
        "{\"id\": 7, \"value\": \"1e999999999\"} | 7      | value: expected a number of at most 38"
            + " digits",
        "{\"id\": 7, \"at\": 1795262400}         | 7      | at: expected a time such as",
        "{\"id\": 7, \"at\": \"21.11.2026\"}     | 7      | at: expected a time such as",
        "{\"id\": 7, \"at\": \"2026-02-30\"}     | 7      | at: expected a time such as",
        "{\"id\": 7, \"name\": {}}               | 7      | name: expected a text, found an object",
        "{\"id\": 7, \"custom\": 3}              | 7      | custom: expected an object, found 3",
        "{\"id\": 7, \"nmae\": 3}                | 7      | unknown field 'nmae' of a point;"
            + " vendor-only fields go under custom",
        "\"text\"                                | item 1 | expected an object, found 'text'"
      })
  void what_does_not_fit_is_rejected_with_the_reason(String item, String id, String why) {
    Page page = page("{\"records\": [%s, {\"id\": 8}]}".formatted(item));

    assertThat(page.records()).extracting(SourceRecord::id).containsExactly("8");
    assertThat(page.rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.id()).isEqualTo(id);
              assertThat(rejection.why()).startsWith(why);
            });
  }

  @Test
  void a_deleted_record_is_marked() {
    assertThat(only("{\"id\": 1, \"removed\": true}").removed()).isTrue();
    assertThat(only("{\"id\": 1, \"removed\": null}").removed()).isFalse();
  }

  @Test
  void a_next_place_may_be_a_text_a_number_or_an_object() {
    assertThat(page("{\"records\": [], \"next\": \"abc\"}").next()).isEqualTo("abc");
    assertThat(page("{\"records\": [], \"next\": 200}").next()).isEqualTo("200");
    assertThat(page("{\"records\": [], \"next\": {\"a\": 1}}").next()).isEqualTo("{\"a\":1}");
    assertThat(page("{\"records\": [], \"next\": \"\"}").next()).isNull();
    assertThat(page("{\"records\": []}").next()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"524", "\"524\"", "\" 524 \"", "524.0", "5.24E2"})
  void a_total_may_be_written_as_a_number_or_a_text(String written) {
    assertThat(page("{\"records\": [], \"total\": %s}".formatted(written)).total()).isEqualTo(524);
    assertThat(page("{\"records\": [], \"total\": null}").total()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"\"many\"", "199.5", "{}", "true", "\"\"", "1e30"})
  void a_total_that_is_no_whole_number_does_not_pass_for_one_that_is_not_told(String written) {
    assertThatThrownBy(() -> page("{\"records\": [], \"total\": %s}".formatted(written)))
        .isInstanceOf(SourceFailure.class)
        .hasMessageContaining("as its total, which is no whole number");
  }

  @Test
  void a_word_that_a_field_does_not_know_is_rejected_since_it_would_count_nowhere() {
    Page page =
        page(
            RecordKind.DEAL,
            "{\"records\": [{\"id\": 1, \"status\": \"Won\"}, {\"id\": 2, \"status\": \"won\"},"
                + " {\"id\": 3, \"status\": \"deleted\", \"removed\": true}, {\"id\": 4}]}");

    assertThat(page.records()).extracting(SourceRecord::id).containsExactly("2", "3", "4");
    assertThat(page.rejections())
        .singleElement()
        .satisfies(
            it ->
                assertThat(it.why())
                    .isEqualTo("status: expected one of open, won, lost, found 'Won'"));
    assertThat(
            page(RecordKind.ISSUE, "{\"records\": [{\"id\": 1, \"category\": \"closed\"}]}")
                .rejections())
        .singleElement()
        .satisfies(it -> assertThat(it.why()).contains("expected one of todo, doing, done, found"));
  }

  private static SourceRecord only(String item) {
    Page page = page("{\"records\": [" + item + "]}");
    assertThat(page.rejections()).isEmpty();
    return page.records().get(0);
  }

  private static Page page(String answer) {
    return page(RecordKind.POINT, answer);
  }

  private static Page page(RecordKind kind, String answer) {
    Connector connector =
        new Connector(
            "test",
            "Test",
            "",
            kind,
            null,
            Deletes.NONE,
            null,
            false,
            Duration.ZERO,
            100,
            List.of(),
            List.of(),
            Path.of("test"),
            "1");
    Source source =
        new Source(
            "gauges",
            "test",
            kind,
            Map.of(),
            Map.of(),
            Duration.ZERO,
            new FreshnessLimits(Duration.ofHours(1), Duration.ofHours(2)),
            ZoneId.of("Asia/Jakarta"));
    PageCall call = new PageCall(connector, Set.of(), source, new ReadingPlace(null, null));
    return new RecordReader(call).page(Json.readOrNull(answer));
  }
}
