package io.okrsync;

import com.sun.net.httpserver.HttpExchange;
import io.okrsync.faults.Loopback;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small CRM on loopback that speaks Pipedrive's API and can be told to misbehave. */
final class FakeCrm implements AutoCloseable {
  /** How it answers. */
  enum Mood {
    WELL,
    HTML_ERROR_PAGE,
    CUT_OFF,
    SAME_CURSOR_AGAIN,
    NUMBER_BECOMES_TEXT,
    WON_TIME_IS_GONE,
    REOPENED,
    EMPTY,
    BREAKS_ON_THE_SECOND_PAGE
  }

  private static final String WON_AT = "\"won_time\":\"2026-11-02T03:00:00Z\",";
  private static final String TOKEN = "right-token";
  private final Loopback server;
  private final List<String> deals = new ArrayList<>();
  volatile Mood mood = Mood.WELL;
  final AtomicInteger requests = new AtomicInteger();

  /** Seconds after which it wants to be asked again; 0 lets it answer. */
  volatile int busy;

  /** It answers only while this is open. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  FakeCrm() {
    server = new Loopback(this::answer);
  }

  String url() {
    return server.url();
  }

  void won(int id, String value) {
    deals.add(deal(id, "\"status\":\"won\"," + WON_AT + "\"value\":" + value));
  }

  /** Won at another time than the others, such as {@code 2026-08-02T03:00:00Z}. */
  void won(int id, String value, String at) {
    deals.add(deal(id, "\"status\":\"won\",\"won_time\":\"%s\",\"value\":%s".formatted(at, value)));
  }

  void wonInEuro(int id) {
    deals.add(
        deal(id, "\"status\":\"won\",\"won_time\":\"2026-11-02T03:00:00Z\",\"value\":5")
            .replace("USD", "EUR"));
  }

  /** The last ones are deleted, and no answer tells of it. */
  void forget(int last) {
    deals.subList(deals.size() - last, deals.size()).clear();
  }

  /** This deal is told without the time it was won from now on. */
  void losesWonTime(int id) {
    deals.replaceAll(
        it -> it.startsWith("{\"id\":%d,".formatted(id)) ? it.replace(WON_AT, "") : it);
  }

  void lost(int id) {
    deals.add(deal(id, "\"status\":\"lost\",\"lost_time\":\"2026-11-03T03:00:00Z\",\"value\":10"));
  }

  @Override
  public void close() {
    gate.countDown();
    server.close();
  }

  private static String deal(int id, String fields) {
    return """
    {"id":%d,"title":"Deal %d","currency":"USD","add_time":"2026-10-01T03:00:00Z",\
    "update_time":"2026-11-04T03:00:00Z","is_deleted":false,%s}\
    """
        .formatted(id, id, fields);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    awaitGate();
    if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("x-api-token"))) {
      send(
          exchange,
          401,
          "application/json",
          "{\"success\":false,\"error\":\"unauthorized access\"}");
      return;
    }
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    boolean second = query.contains("cursor=");
    if (busy > 0 && (second || mood != Mood.BREAKS_ON_THE_SECOND_PAGE)) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf(busy));
      send(exchange, 429, "application/json", "{}");
      return;
    }
    if (query.contains("status=deleted")) {
      send(exchange, 200, "application/json", page("", null));
      return;
    }
    switch (mood) {
      case WELL -> send(exchange, 200, "application/json", page(String.join(",", deals), null));
      case EMPTY -> send(exchange, 200, "application/json", page("", null));
      case HTML_ERROR_PAGE ->
          send(exchange, 200, "text/html", "<html><body><h1>Sign in</h1></body></html>");
      case CUT_OFF ->
          send(exchange, 200, "application/json", "{\"success\":true,\"data\":[{\"id\":1,");
      case SAME_CURSOR_AGAIN ->
          send(exchange, 200, "application/json", page(String.join(",", deals), "again"));
      case NUMBER_BECOMES_TEXT ->
          send(
              exchange,
              200,
              "application/json",
              page(
                  String.join(",", deals).replaceAll("\"value\":[0-9.]+", "\"value\":\"much\""),
                  null));
      case WON_TIME_IS_GONE -> send(exchange, 200, "application/json", page(all(WON_AT, ""), null));
      case REOPENED ->
          send(
              exchange,
              200,
              "application/json",
              page(all("\"status\":\"won\"," + WON_AT, "\"status\":\"open\","), null));
      case BREAKS_ON_THE_SECOND_PAGE ->
          send(
              exchange,
              second ? 400 : 200,
              "application/json",
              second
                  ? "{\"success\":false,\"error\":\"bad cursor\"}"
                  : page(String.join(",", deals), "two"));
    }
  }

  private String all(String instead, String of) {
    return String.join(",", deals).replace(instead, of);
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String page(String items, @Nullable String next) {
    return "{\"success\":true,\"data\":[%s],\"additional_data\":{\"next_cursor\":%s}}"
        .formatted(items, next == null ? "null" : '"' + next + '"');
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
