package io.okrsync.connector;

import static io.okrsync.connector.Samples.BEGINNING;
import static io.okrsync.connector.Samples.CANARY;
import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.VendorServer.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetRecordsTest extends ConnectorConformance {
  private static final String SHEET = "id,value\n1,5\n";

  SheetRecordsTest() {
    super("sheet-records");
  }

  @Override
  String format() {
    return "CSV";
  }

  /** CSV has no end by which a part could be told from the whole, but a quote does. */
  @Override
  @Test
  void says_so_when_the_answer_breaks_off() {
    vendor.answers(csv("Month,Team,Day,People,Note\n2026-10,\"Kopi"));

    assertThat(failure()).hasMessageContaining("opens a quote and never closes it");
  }

  @ParameterizedTest
  @CsvSource({"'', false", "'1,5\n', true", "'1,5\n2,1', false"})
  void an_answer_that_tells_no_length_must_end_with_a_whole_line(String rows, boolean isWhole)
      throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          new Thread(
              () -> answerWithoutLength(server, "id,value" + (rows.isEmpty() ? "" : "\n" + rows)));
      answering.start();
      Source source = leading("localhost", "http://127.0.0.1:" + server.getLocalPort());
      if (isWhole) {
        assertThat(connectors.page(source, BEGINNING).read()).isEqualTo(1);
      } else {
        assertThat(failure(source)).hasMessageContaining("break off in the middle of one");
      }
    }
  }

  private static void answerWithoutLength(ServerSocket server, String body) {
    while (true) {
      try (Socket asked = server.accept()) {
        BufferedReader request =
            new BufferedReader(new InputStreamReader(asked.getInputStream(), UTF_8));
        for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {}
        String answer = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nConnection: close\r\n\r\n";
        asked.getOutputStream().write((answer + body).getBytes(UTF_8));
      } catch (IOException closed) {
        return;
      }
    }
  }

  @Test
  void a_column_that_is_not_there_is_told_with_those_that_are() {
    vendor.answers(csv("Month,Head count\n2026-10,5\n"));

    SourceFailure failure = failure();

    assertThat(failure.remedy()).isEqualTo(ASK_ADMIN);
    assertThat(failure)
        .hasMessageContaining("the answer, line 1 has no column 'Team'")
        .hasMessageContaining("columns here: Month, Head count");
  }

  @Test
  void an_empty_sheet_is_no_sheet_without_rows() {
    vendor.answers(csv(""));
    assertThat(failure()).hasMessageContaining("with nothing instead of CSV");

    vendor.answers(csv("Month,Team,Day,People,Note\n"));
    assertThat(connectors.page(source(), BEGINNING).read()).isZero();
  }

  @Test
  void is_led_on_only_to_hosts_that_are_named_and_takes_no_credentials_along() {
    String elsewhere = vendor.url().replace("127.0.0.1", "localhost");
    vendor.answers(
        asked ->
            asked.uri().getPath().equals("/handed/out")
                ? csv(SHEET)
                : Answer.of(307, "text/plain", "").with("Location", elsewhere + "/handed/out?x=1"));

    Page page = connectors.page(leading("localhost"), BEGINNING);

    assertThat(page.records()).singleElement().extracting(SourceRecord::id).isEqualTo("1");
    assertThat(vendor.asked()).hasSize(2);
    assertThat(vendor.asked().get(0).header("Authorization")).isEqualTo("Bearer " + CANARY);
    assertThat(vendor.last().header("Authorization")).isNull();
    assertThat(vendor.last().query()).containsEntry("x", "1");

    vendor.asked().clear();
    assertThat(failure(leading("*.localhost"))).hasMessageContaining("redirect");
    assertThat(vendor.asked()).hasSize(1);
  }

  @Test
  void a_redirect_that_does_not_end_is_not_followed_for_ever() {
    vendor.answers(
        asked -> Answer.of(302, "text/plain", "").with("Location", vendor.url() + "/again"));

    assertThat(failure(leading("127.0.0.1"))).hasMessageContaining("302");
    assertThat(vendor.asked()).hasSize(1 + Redirects.MOST);
  }

  private SourceFailure failure(Source source) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        SourceFailure.class, () -> connectors.page(source, BEGINNING));
  }

  private Source leading(String hosts) {
    return leading(hosts, vendor.url());
  }

  private static Source leading(String hosts, String url) {
    Map<String, String> with = new LinkedHashMap<>();
    with.put("kind", "point");
    with.put("baseUrl", url);
    with.put("path", "/sheet");
    with.put("auth", "bearer");
    with.put("redirects", hosts);
    return Samples.source("sheet-records", RecordKind.POINT, with, "secret");
  }

  private static Answer csv(String text) {
    return Answer.of(200, "text/csv; charset=utf-8", text);
  }
}
