package io.okrsync.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** All tools of a test on one port of loopback, each below its own path. */
public final class Simulator implements AutoCloseable {
  private static final int DROP = 400;

  private final Map<String, Scenario> scenarios = new ConcurrentHashMap<>();
  private final Loopback server;

  /** Told of each request before it is answered, with the path. */
  private volatile Consumer<String> onRequest = path -> {};

  public Simulator() {
    server = new Loopback(this::answer);
  }

  public void add(Scenario scenario) {
    scenarios.put(scenario.name(), scenario);
  }

  public String url(Scenario scenario) {
    return server.url() + "/" + scenario.name();
  }

  public void onRequest(Consumer<String> listener) {
    onRequest = listener;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    onRequest.accept(path);
    Scenario scenario = scenarios.get(path.split("/")[1]);
    Reply reply =
        scenario == null ? Reply.of(404, "{}") : reply(scenario, path, query, body, exchange);
    send(exchange, reply);
  }

  private static Reply reply(
      Scenario scenario, String path, String query, String body, HttpExchange exchange) {
    return path.endsWith("/token")
        ? scenario.token(body)
        : scenario.answer(path, URLDecoder.decode(query, UTF_8), credential(exchange));
  }

  private static String credential(HttpExchange exchange) {
    StringBuilder all = new StringBuilder();
    for (String name : new String[] {"x-api-token", "X-Redmine-API-Key", "Authorization"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      all.append(value == null ? "" : value);
    }
    return all.toString();
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] bytes = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), bytes.length + (reply.whole() ? 0 : 1000L));
    OutputStream out = exchange.getResponseBody();
    int step = reply.drops() ? DROP : bytes.length;
    for (int from = 0; from < bytes.length; from += step) {
      out.write(bytes, from, Math.min(step, bytes.length - from));
      out.flush();
    }
    if (!reply.whole()) {
      throw new IOException("the body breaks off, as the scenario wants");
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
