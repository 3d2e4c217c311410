package io.okrsync.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Deals over loopback, in pages of 500, in the shape of Pipedrive's API. Nothing is kept: each page
 * is written from the numbers of its deals, which costs far less than reading it. {@code POST
 * /change} lets one deal in a hundred change, later than all before: others each time, for a
 * hundred times.
 */
final class DealServer implements AutoCloseable {
  private static final int PAGE = 500;
  private static final int CHANGED_ONE_IN = 100;
  private static final long CHANGE_SECONDS = 14_400;
  private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");
  private static final Pattern CURSOR = Pattern.compile("cursor=(\\d+)");
  private static final Pattern SINCE = Pattern.compile("updated_since=([^&]+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final int deals;
  private final AtomicInteger changes = new AtomicInteger();

  DealServer(int deals) throws IOException {
    this.deals = deals;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/change")) {
      changes.incrementAndGet();
      send(exchange, "{}");
      return;
    }
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    Matcher cursor = CURSOR.matcher(query);
    int from = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    Matcher since = SINCE.matcher(query);
    boolean later =
        changes.get() > 0
            && since.find()
            && !Instant.parse(since.group(1)).isBefore(updated(deals - 2));
    send(
        exchange, later ? page(from, deals / CHANGED_ONE_IN, changes.get()) : page(from, deals, 0));
  }

  /**
   * Deal {@code i} of those asked for: every one, or each in a hundred as it is after that change.
   */
  private String page(int from, int all, int change) {
    int to = Math.min(all, from + PAGE);
    StringBuilder page = new StringBuilder(PAGE * 520).append("{\"success\":true,\"data\":[");
    for (int i = from; i < to; i++) {
      page.append(i == from ? "" : ",");
      deal(page, change > 0 ? i * CHANGED_ONE_IN + change - 1 : i, change);
    }
    return page.append("],\"additional_data\":{\"next_cursor\":")
        .append(to < all ? "\"" + to + "\"" : "null")
        .append("}}")
        .toString();
  }

  private void deal(StringBuilder json, int id, int change) {
    Instant updated =
        change > 0
            ? updated(deals).plusSeconds(change * CHANGE_SECONDS + id / CHANGED_ONE_IN)
            : updated(id);
    String status = new String[] {"won", "lost", "open", "won"}[id % 4];
    String closed = status.equals("open") ? "null" : "\"" + updated + "\"";
    json.append("{\"id\":").append(id + 1);
    json.append(",\"title\":\"Renewal with customer ").append(id).append("\",\"status\":\"");
    json.append(status).append("\",\"value\":").append(id % 9973 + change).append(".25");
    json.append(",\"currency\":\"USD\",\"add_time\":\"2026-09-01T08:00:00Z\",\"update_time\":\"");
    json.append(updated).append("\",\"close_time\":").append(closed);
    json.append(",\"won_time\":").append(status.equals("won") ? closed : "null");
    json.append(",\"lost_time\":").append(status.equals("lost") ? closed : "null");
    json.append(",\"expected_close_date\":\"2026-11-30\",\"stage_id\":").append(id % 7);
    json.append(",\"pipeline_id\":1,\"owner_id\":").append(id % 40).append(",\"org_id\":");
    json.append(id % 5000).append(",\"person_id\":").append(id % 20000);
    json.append(",\"probability\":null,\"lost_reason\":null,\"is_deleted\":false,");
    json.append("\"visible_to\":3,\"label_ids\":[],\"custom_fields\":{}}");
  }

  private static Instant updated(int id) {
    return FIRST.plusSeconds(id);
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
