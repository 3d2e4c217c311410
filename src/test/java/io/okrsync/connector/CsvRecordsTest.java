package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.NOW;
import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRecordsTest {
  private final Path folder;
  private final List<Duration> pauses = new ArrayList<>();
  private final Connectors connectors =
      new Connectors(Path.of("routes"), Samples.CLOCK, pauses::add);

  CsvRecordsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() {
    connectors.start();
  }

  @AfterEach
  void stop() {
    connectors.close();
  }

  @Test
  void reads_the_columns_that_are_mapped() {
    write("spend.csv", "Invoice,Total,Date,Region,Note\nA-1,12.50,2026-11-01,Bali,x\n");

    SourceRecord record =
        only(
            with(
                "columns",
                "{\"id\": \"Invoice\", \"amount\": \"Total\", \"at\": \"Date\", \"custom\":"
                    + " {\"region\": \"Region\"}}"));

    assertThat(record.fields())
        .hasToString(
            "{\"id\":\"A-1\",\"amount\":12.5,\"at\":\"2026-10-31T17:00:00Z\",\"custom\":{\"region\":\"Bali\"}}");
  }

  @Test
  void reads_columns_that_are_called_like_fields_and_keeps_the_others() {
    write("spend.csv", "id,amount,Colour\n1,7,red\n");

    assertThat(only(Map.of()).fields())
        .hasToString("{\"id\":\"1\",\"amount\":7,\"custom\":{\"Colour\":\"red\"}}");
  }

  @Test
  void reads_what_spreadsheets_in_europe_write() {
    write(
        "spend.csv",
        "id;name;amount;at\r\n1;\"Caf\u00e9; \"\"Z\"\"\r\nSüd\";1.234,50;21/11/2026\r\n",
        Charset.forName("windows-1252"));

    SourceRecord record =
        only(
            Map.of(
                "separator",
                "semicolon",
                "charset",
                "windows-1252",
                "decimal",
                "comma",
                "dateFormat",
                "dd/MM/yyyy"));

    assertThat(record.fields().path("name").asText()).isEqualTo("Caf\u00e9; \"Z\"\r\nSüd");
    assertThat(record.fields().path("amount").decimalValue()).isEqualByComparingTo("1234.5");
    assertThat(record.fields().path("at").asText()).isEqualTo("2026-11-20T17:00:00Z");
  }

  @Test
  void reads_a_folder_page_by_page_in_the_order_of_names() {
    write("b.csv", "id,amount\n" + rows(1001, 1500));
    write("a.csv", "id,amount\n" + rows(1, 1000));
    write("c.csv.part", "id,amount\nx,1\n");
    write(".hidden.csv", "id,amount\ny,1\n");
    write("d.csv", "id,amount\n");

    List<Page> pages = new ArrayList<>();
    connectors.pages(source(Map.of()), BEGINNING).forEach(pages::add);

    List<String> ids =
        pages.stream().flatMap(page -> page.records().stream()).map(SourceRecord::id).toList();
    assertThat(ids).hasSize(1500).doesNotHaveDuplicates().startsWith("1", "2").endsWith("1500");
    assertThat(pages).allSatisfy(page -> assertThat(page.read()).isLessThanOrEqualTo(1000));
  }

  @Test
  void goes_on_at_the_row_where_it_was_left() {
    write("a.csv", "id,name\n" + rows(1, 999) + "1000,\"two\nlines\"\n" + rows(1001, 1003));
    Page first = connectors.page(source(Map.of()), BEGINNING);

    Page second = connectors.page(source(Map.of()), new ReadingPlace(null, first.next()));

    assertThat(second.records())
        .extracting(SourceRecord::id)
        .containsExactly("1001", "1002", "1003");
  }

  @Test
  void reads_a_file_again_from_its_beginning_when_it_changed_between_two_pages() {
    write("a.csv", "id,amount\n" + rows(1, 1500));
    Page first = connectors.page(source(Map.of()), BEGINNING);
    write("a.csv", "id,amount\n" + rows(1, 3));

    Page second = connectors.page(source(Map.of()), new ReadingPlace(null, first.next()));

    assertThat(second.records()).extracting(SourceRecord::id).containsExactly("1", "2", "3");
    assertThat(second.next()).isNull();
  }

  @Test
  void a_row_that_does_not_fit_is_rejected_with_its_line_and_column_and_takes_no_other_with_it() {
    write(
        "a.csv",
        "id,amount,at\n"
            + "1,\"one\n"
            + "two\",2026-11-01\n"
            + "2,5,tomorrow\n"
            + ",5,\n"
            + "4,5,2026-11-01,extra\n"
            + "5,5,2026-11-01\n");

    Page page = connectors.page(source(Map.of()), BEGINNING);

    assertThat(page.records()).extracting(SourceRecord::id).containsExactly("5");
    assertThat(page.rejections())
        .containsExactly(
            new Rejection(
                "1", "a.csv, line 2: column 'amount': expected a number, found 'one two'"),
            new Rejection("2", "a.csv, line 4: column 'at': expected a date, found 'tomorrow'"),
            new Rejection("item 3", "a.csv, line 5: has no id"),
            new Rejection(
                "4",
                "a.csv, line 6: has 4 cells where line 1 names 3 columns; quote cells that hold the"
                    + " separator"));
  }

  /** As where a file is read before all of it has come. */
  @Test
  void a_row_that_breaks_off_is_rejected() {
    write("a.csv", "id,amount,at,\n1,5,2026-11-01\n2,5,2026-11-01,\n3,5");

    Page page = connectors.page(source(Map.of()), BEGINNING);

    assertThat(page.records()).extracting(SourceRecord::id).containsExactly("1", "2");
    assertThat(page.rejections())
        .containsExactly(
            new Rejection(
                "3",
                "a.csv, line 4: has 2 cells where line 1 names 4 columns; it may be cut off; cells"
                    + " that are empty need their separator, too"));
  }

  @Test
  void a_column_that_is_missing_is_named_with_those_that_are_there() {
    write("a.csv", "Invoice,Sum\n1,2\n");

    assertFailure(
        with("columns", "{\"id\": \"Invoice\", \"amount\": \"Total\"}"),
        ASK_ADMIN,
        "a.csv, line 1 has no column 'Total' (setting columns.amount); columns here: Invoice, Sum");
  }

  @Test
  void two_columns_of_one_name_are_refused() {
    write("a.csv", "id,amount,Note,amount,,\n1,2,x,3,,\n");

    assertFailure(
        Map.of(), ASK_ADMIN, "a.csv, line 1 names two columns 'amount' (columns 2 and 4)");
  }

  @Test
  void a_field_that_the_kind_has_not_is_named() {
    write("a.csv", "id,x\n1,2\n");

    assertFailure(
        with("columns", "{\"id\": \"id\", \"amuont\": \"x\"}"),
        ASK_ADMIN,
        "columns.amuont",
        "is no field of a spend",
        "amount");
  }

  @Test
  void a_file_in_another_character_set_is_told_by_its_line() {
    write("a.csv", "id,name\n1,ok\n2,Caf\u00e9\n", Charset.forName("windows-1252"));

    assertFailure(Map.of(), ASK_ADMIN, "a.csv, line 3 is not UTF-8; set 'charset'");
  }

  @Test
  void a_quote_that_is_never_closed_is_told_by_its_line() {
    write("a.csv", "id,name\n1,ok\n2,\"never\n3,closed\n");

    assertFailure(Map.of(), ASK_ADMIN, "a.csv, line 3 opens a quote and never closes it");
  }

  @Test
  void an_empty_file_and_a_missing_path_are_told() {
    write("a.csv", "");
    assertFailure(Map.of(), ASK_ADMIN, "a.csv, line 1 is empty");
    assertFailure(
        Map.of("path", folder.resolve("none").toString()),
        ASK_ADMIN,
        "there is no such file or folder");
  }

  @Test
  void an_empty_folder_is_a_page_without_records() {
    Page page = connectors.page(source(Map.of()), BEGINNING);

    assertThat(page.read()).isZero();
    assertThat(page.next()).isNull();
  }

  @Test
  void a_file_that_is_still_being_written_is_waited_for_and_then_left_for_later() {
    write("a.csv", "id,amount\n1,2\n");
    touch("a.csv", NOW.minusSeconds(2));

    assertFailure(Map.of(), RETRY_LATER, "a.csv is still being written", "nothing changes");
    assertThat(pauses).hasSize(3).containsOnly(Duration.ofSeconds(3));
  }

  private static String rows(int from, int to) {
    StringBuilder rows = new StringBuilder();
    for (int i = from; i <= to; i++) {
      rows.append(i).append(",5\n");
    }
    return rows.toString();
  }

  private static Map<String, String> with(String name, String value) {
    return Map.of(name, value);
  }

  private Source source(Map<String, String> with) {
    Map<String, String> all = new LinkedHashMap<>(Map.of("path", folder.toString()));
    all.putAll(with);
    return Samples.source("csv-records", RecordKind.SPEND, all);
  }

  private SourceRecord only(Map<String, String> with) {
    Page page = connectors.page(source(with), BEGINNING);
    assertThat(page.rejections()).isEmpty();
    assertThat(page.records()).hasSize(1);
    return page.records().get(0);
  }

  private void assertFailure(
      Map<String, String> with, SourceFailure.Remedy remedy, String... parts) {
    SourceFailure failure =
        catchThrowableOfType(SourceFailure.class, () -> connectors.page(source(with), BEGINNING));
    assertThat(failure).isNotNull();
    assertThat(failure.getMessage()).startsWith("Source 'crm' ").contains(parts);
    assertThat(failure.remedy()).isEqualTo(remedy);
  }

  private void write(String name, String text) {
    write(name, text, StandardCharsets.UTF_8);
  }

  private void write(String name, String text, Charset charset) {
    try {
      Files.writeString(folder.resolve(name), text, charset);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    touch(name, NOW.minusSeconds(60));
  }

  private void touch(String name, Instant time) {
    try {
      Files.setLastModifiedTime(folder.resolve(name), FileTime.from(time));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
