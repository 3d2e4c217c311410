package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.CANARY;
import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.REAUTHENTICATE;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code sql-records} promises, on every database it reads. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SqlRecordsContract {
  private final Connectors connectors =
      new Connectors(Path.of("routes"), Samples.CLOCK, pause -> {});

  /** Where the database is, without user and password. */
  abstract String url();

  /** A connection of somebody who may do everything. */
  abstract Connection owner() throws SQLException;

  /** A user who may log in with the secret {@link Samples#CANARY}, and read. */
  abstract String reader();

  @BeforeAll
  void start() {
    connectors.start();
  }

  @AfterAll
  void stop() {
    connectors.close();
  }

  @BeforeEach
  void five_invoices() throws SQLException {
    execute(
        "drop table if exists invoices",
        """
        create table invoices (
          invoice_no integer primary key, code varchar(20), guid uuid, amount numeric(12, 2),
          paid_at timestamp, updated_at timestamp with time zone, due date, urgent boolean,
          region varchar(20))
        """,
        "insert into invoices values (1, 'a', '00000000-0000-0000-0000-000000000001', 12.50,"
            + " timestamp '2026-11-01 08:00:00',  timestamp with time zone '2026-11-01"
            + " 10:00:00+07:00', date '2026-11-30', true, 'Bali'), (2, 'b',"
            + " '00000000-0000-0000-0000-000000000002', 0.10, timestamp '2026-11-02 08:00:00', "
            + " timestamp with time zone '2026-11-02 10:00:00+07:00', null, false, 'Java'), (3,"
            + " 'c', '00000000-0000-0000-0000-000000000003', 7, null,  timestamp with time zone"
            + " '2026-11-03 10:00:00+07:00', null, null, null), (4, 'd',"
            + " '00000000-0000-0000-0000-000000000004', 8, timestamp '2026-11-04 08:00:00', "
            + " timestamp with time zone '2026-11-04 10:00:00+07:00', null, null, null), (5, 'e',"
            + " '00000000-0000-0000-0000-000000000005', 9, timestamp '2026-11-05 08:00:00', "
            + " timestamp with time zone '2026-11-05 10:00:00+07:00', null, null, null)",
        "grant select on invoices to " + reader());
  }

  @Test
  void reads_what_columns_say_in_the_form_records_have() {
    Page page =
        connectors.page(
            source(
                "query",
                "select invoice_no, amount, paid_at as at, updated_at, due, urgent, region from"
                    + " invoices where invoice_no = 1",
                "pageBy",
                "invoice_no"),
            BEGINNING);

    assertThat(page.rejections()).isEmpty();
    SourceRecord record = page.records().get(0);
    assertThat(record.id()).isEqualTo("1");
    assertThat(record.updatedAt()).isEqualTo(Instant.parse("2026-11-01T03:00:00Z"));
    assertThat(record.fields().path("amount").decimalValue()).isEqualByComparingTo("12.50");
    // A time without a zone is one of the source's: 08:00 in Jakarta.
    assertThat(record.fields().path("at").asText()).isEqualTo("2026-11-01T01:00:00Z");
    Map<String, String> custom = new LinkedHashMap<>();
    record
        .fields()
        .path("custom")
        .properties()
        .forEach(
            it ->
                custom.put(it.getKey().toLowerCase(java.util.Locale.ROOT), it.getValue().asText()));
    assertThat(custom)
        .containsEntry("due", "2026-11-30")
        .containsEntry("urgent", "true")
        .containsEntry("region", "Bali");
  }

  @Test
  void reads_the_columns_that_are_mapped() {
    Page page =
        connectors.page(
            source(
                "query",
                "select * from invoices",
                "pageBy",
                "invoice_no",
                "columns",
                "{\"id\": \"code\", \"amount\": \"amount\", \"custom\": {\"where\": \"region\"}}"),
            BEGINNING);

    assertThat(page.records().get(1).fields())
        .hasToString("{\"id\":\"b\",\"amount\":0.1,\"custom\":{\"where\":\"Java\"}}");
    assertThat(page.records().get(2).fields()).hasToString("{\"id\":\"c\",\"amount\":7}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoice_no", "code", "guid", "amount", "INVOICE_NO"})
  void follows_its_key_to_the_last_page(String key) {
    Source source =
        source("query", "select * from invoices -- all of them;", "pageBy", key, "pageSize", "2");
    List<Page> pages = new ArrayList<>();
    connectors.pages(source, BEGINNING).forEach(pages::add);

    assertThat(pages).extracting(Page::read).containsExactly(2, 2, 1);
    assertThat(pages.stream().flatMap(page -> page.records().stream()).map(SourceRecord::id))
        .doesNotHaveDuplicates()
        .hasSize(5);
  }

  @Test
  void asks_for_what_changed_since_and_for_all_without_that_part() {
    Source source =
        source(
            "query",
            "select invoice_no as id, updated_at from invoices [where updated_at >= @since]");
    ReadingPlace since = new ReadingPlace(Instant.parse("2026-11-04T03:00:00Z"), null);

    assertThat(connectors.page(source, BEGINNING).read()).isEqualTo(5);
    assertThat(connectors.page(source, since).records())
        .extracting(SourceRecord::id)
        .containsExactly("4", "5");
    assertThat(connectors.named("sql-records").orElseThrow().readsChanges(source)).isTrue();
  }

  @Test
  void compares_times_without_a_zone_in_the_zone_of_the_source() {
    Source source =
        source("query", "select invoice_no as id from invoices [where paid_at >= @since]");
    ReadingPlace since = new ReadingPlace(Instant.parse("2026-11-04T01:00:00Z"), null);

    assertThat(connectors.page(source, since).records())
        .extracting(SourceRecord::id)
        .containsExactly("4", "5");
  }

  @Test
  void a_key_that_is_not_unique_or_null_is_refused() throws SQLException {
    execute("insert into invoices (invoice_no, code) values (6, 'a')");
    assertRefused("not unique: 6 rows share 5 values", "select * from invoices", "code");

    execute("insert into invoices (invoice_no) values (7)");
    assertRefused("null in 1 row", "select * from invoices", "code");
    assertRefused("pages can follow", "select * from invoices", "paid_at");
  }

  @Test
  void what_the_query_does_not_select_is_told_with_what_it_does() {
    assertRefused("'invoice', which", "select code from invoices", "invoice");
    assertRefused("it selects: ", "select code from invoices", "invoice");
  }

  @Test
  void a_wrong_query_is_told_as_the_database_tells_it() {
    SourceFailure failure = failure(source("query", "select nothing from invoices"));

    assertThat(failure.remedy()).isEqualTo(ASK_ADMIN);
    assertThat(failure.getMessage()).containsIgnoringCase("nothing").contains("'query'");
  }

  @Test
  void what_cannot_be_a_number_is_rejected_alone() throws SQLException {
    Source source =
        source(
            "query",
            "select invoice_no as id, case when invoice_no = 2 then 'much' else '1' end as amount"
                + " from invoices");

    Page page = connectors.page(source, BEGINNING);

    assertThat(page.records()).hasSize(4);
    assertThat(page.rejections()).singleElement().extracting(Rejection::id).isEqualTo("2");
  }

  @Test
  void a_wrong_password_asks_for_another_and_is_shown_to_nobody() {
    try (LogCapture log = new LogCapture()) {
      SourceFailure failure =
          failure(
              Samples.source(
                  "sql-records",
                  RecordKind.SPEND,
                  Map.of(
                      "kind",
                      "spend",
                      "url",
                      url(),
                      "user",
                      reader() + "x",
                      "query",
                      "select 1 as id"),
                  "password"));

      assertThat(failure.remedy()).isEqualTo(REAUTHENTICATE);
      assertThat(LogCapture.shown(failure)).doesNotContain(CANARY);
      connectors.page(source("query", "select 1 as id"), BEGINNING);
      assertThat(log.lines()).noneMatch(line -> line.contains(CANARY));
    }
  }

  @Test
  void what_a_query_would_change_stays_as_it_was() throws SQLException {
    for (String query : changing()) {
      // Some databases refuse it, others let it be done and rolled back.
      SourceFailure refused =
          catchThrowableOfType(
              SourceFailure.class, () -> connectors.page(source("query", query), BEGINNING));
      assertThat(refused == null || refused.remedy() == ASK_ADMIN).as(query).isTrue();

      try (Connection connection = owner();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("select count(*), sum(amount) from invoices")) {
        row.next();
        assertThat(row.getInt(1)).as(query).isEqualTo(5);
        assertThat(row.getBigDecimal(2)).as(query).isEqualByComparingTo("36.60");
      }
    }
  }

  /** Queries that begin like a harmless one, by a user who may do everything. */
  abstract List<String> changing();

  @Test
  void a_database_that_does_not_answer_is_asked_again_later() {
    SourceFailure failure =
        failure(
            Samples.source(
                "sql-records",
                RecordKind.SPEND,
                Map.of("kind", "spend", "url", unreachable(), "query", "select 1 as id"),
                "password"));

    assertThat(failure.remedy()).isEqualTo(RETRY_LATER);
    assertThat(failure.getMessage()).contains("could not be read from " + unreachable());
  }

  /** The address of a port where nothing listens. */
  abstract String unreachable();

  final void execute(String... statements) throws SQLException {
    try (Connection connection = owner();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  private void assertRefused(String why, String query, String key) {
    SourceFailure failure = failure(source("query", query, "pageBy", key));
    assertThat(failure.remedy()).isEqualTo(ASK_ADMIN);
    assertThat(failure.getMessage()).contains(why);
  }

  private SourceFailure failure(Source source) {
    SourceFailure failure =
        catchThrowableOfType(SourceFailure.class, () -> connectors.page(source, BEGINNING));
    assertThat(failure).isNotNull();
    return failure;
  }

  final Source source(String... settings) {
    Map<String, String> with = new LinkedHashMap<>();
    with.put("kind", "spend");
    with.put("url", url());
    with.put("user", reader());
    for (int i = 0; i < settings.length; i += 2) {
      with.put(settings[i], settings[i + 1]);
    }
    return Samples.source("sql-records", RecordKind.SPEND, with, "password");
  }
}
