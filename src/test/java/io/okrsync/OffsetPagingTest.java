package io.okrsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.okrsync.Workspace.Said;
import io.okrsync.faults.Loopback;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten tickets, five to a page, asked for by how many were read; counting items proves nothing. */
class OffsetPagingTest {
  @TempDir Path folder;

  @Test
  void pages_that_follow_each_other_are_read() {
    Said said = sync(offset -> ids(offset + 1, offset + 5));

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("read 10 of 10: 10 created");
  }

  @Test
  void a_server_that_ignores_the_offset_fails_though_the_counts_are_right() {
    Said said = sync(offset -> offset == 0 ? List.of(1, 2, 3, 4, 5) : List.of(5, 3, 1, 2, 4));

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.all())
        .contains("5 records that were all read before", "paging", "begins anew", "nothing is");
  }

  @Test
  void records_that_shifted_to_a_later_page_are_no_such_thing() {
    Said said = sync(offset -> offset == 0 ? ids(1, 5) : List.of(5, 6, 7, 8, 9));

    assertThat(said.exit()).as(said.all()).isZero();
    assertThat(said.out()).contains("read 10 of 10", "a record came twice");
  }

  @Test
  void a_total_that_is_set_and_not_told_fails_and_one_told_as_a_text_is_compared() {
    Said untold = sync("null", offset -> ids(offset + 1, offset + 5));
    assertThat(untold.exit()).as(untold.all()).isEqualTo(1);
    assertThat(untold.all()).contains("did not tell its total", "setting 'total'");

    Said wrong = sync("\"11\"", offset -> ids(offset + 1, offset + 5));
    assertThat(wrong.exit()).as(wrong.all()).isEqualTo(1);
    assertThat(wrong.all()).contains("10 items but the source says there are 11");

    assertThat(sync("\"10\"", offset -> ids(offset + 1, offset + 5)).out())
        .contains("read 10 of 10: 10 created");
  }

  private Said sync(IntFunction<List<Integer>> page) {
    return sync("10", page);
  }

  private Said sync(String total, IntFunction<List<Integer>> page) {
    try (Loopback server = new Loopback(exchange -> answer(exchange, total, page))) {
      Workspace workspace = new Workspace(folder);
      workspace.write(
          "config/measures.yaml", "measures: { answers: { from: desk, at: at, count: true } }");
      workspace.okrs("1.0 * answers");
      workspace.write(
          "config/okrs/2026-q4.yaml",
          workspace
              .read("config/okrs/2026-q4.yaml")
              .replace("formula: revenue", "formula: answers"));
      workspace.write(
          "config/sources.yaml",
          """
          sources:
            desk:
              connector: http-records
              every: 15m
              with:
                kind: response
                baseUrl: "%s"
                query: { skip: "@cursor" }
                paging: offset
                items: .tickets[]
                total: .total
                fields: { id: .id, score: .score, at: .at }
          """
              .formatted(server.url()));
      return workspace.run("sync");
    }
  }

  private static void answer(HttpExchange exchange, String total, IntFunction<List<Integer>> page)
      throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int offset = query.matches("skip=\\d+") ? Integer.parseInt(query.substring(5)) : 0;
    String tickets =
        page.apply(offset).stream()
            .filter(id -> id <= 10)
            .map("{\"id\":\"t%d\",\"score\":1,\"at\":\"2026-11-02T03:00:00Z\"}"::formatted)
            .collect(Collectors.joining(","));
    byte[] body = "{\"total\":%s,\"tickets\":[%s]}".formatted(total, tickets).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static List<Integer> ids(int first, int last) {
    return java.util.stream.IntStream.rangeClosed(first, last).boxed().toList();
  }
}
