package io.okrsync.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One tool on a free port of 127.0.0.1, which nobody on another machine can reach. */
final class LoopbackServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);
  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_ADDRESS = 8 * 1024;
  private static final int BACKLOG = 50;
  private static final long SLOW_MILLIS = 300;

  static {
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true"); // else 40 ms for each answer
    }
  }

  private final Tool tool;
  private final Disturbances disturbances;
  private final HttpServer server;

  private LoopbackServer(Tool tool, Disturbances disturbances, HttpServer server) {
    this.tool = tool;
    this.disturbances = disturbances;
    this.server = server;
  }

  /** Serves the tool with these threads until it is closed. */
  static LoopbackServer start(Tool tool, Disturbances disturbances, ExecutorService threads)
      throws IOException {
    InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(here, 0), BACKLOG);
    LoopbackServer server = new LoopbackServer(tool, disturbances, http);
    http.createContext("/", server::handle);
    http.setExecutor(threads);
    startAsDaemon(http, threads);
    return server;
  }

  /** The server's own thread is a daemon only if the thread that starts it is one. */
  private static void startAsDaemon(HttpServer http, ExecutorService threads) throws IOException {
    try {
      threads.submit(http::start).get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a demo server was starting", interrupted);
    } catch (ExecutionException failed) {
      throw new IOException("A demo server did not start", failed.getCause());
    }
  }

  /** Where it is, without a path: {@code http://127.0.0.1:54321}. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, reply(exchange));
    } catch (RuntimeException failure) {
      log.error("The simulated {} failed to answer", tool.name(), failure);
      throw failure;
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().toString().length() > MAX_ADDRESS) {
      return Reply.text(414, "text/plain", "URI too long");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      return Reply.text(413, "text/plain", "Request too large");
    }
    Request request;
    try {
      request = request(exchange, new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notDecodable) {
      return Reply.text(400, "text/plain", "Malformed query");
    }
    return disturbed(request);
  }

  private Reply disturbed(Request request) {
    if (request.path().equals("/")) {
      return tool.answer(request);
    }
    return switch (disturbances.next()) {
      case NONE -> tool.answer(request);
      case THROTTLED -> tool.throttled();
      case UNAVAILABLE -> tool.unavailable();
      case SLOW -> slowly(request);
    };
  }

  private Reply slowly(Request request) {
    try {
      Thread.sleep(SLOW_MILLIS);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return tool.unavailable();
    }
    return tool.answer(request);
  }

  private static Request request(HttpExchange exchange, String body) {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    URI uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(), uri.getPath(), Request.query(uri), headers, body);
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }
}
