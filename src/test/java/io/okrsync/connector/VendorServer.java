package io.okrsync.connector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.okrsync.faults.Loopback;
import io.okrsync.faults.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A web API on loopback that answers as a test says, and remembers what it was asked. */
final class VendorServer implements AutoCloseable {
  private static final int DROP = 400;
  private final Loopback server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Function<Asked, Answer> answering = request -> Answer.json("{}");

  /** One request as it came in. */
  record Asked(String method, URI uri, Headers headers, String body) {
    Map<String, String> query() {
      Map<String, String> query = new LinkedHashMap<>();
      String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      for (String each : raw.split("&")) {
        int end = each.indexOf('=');
        if (end > 0) {
          query.put(
              URLDecoder.decode(each.substring(0, end), UTF_8),
              URLDecoder.decode(each.substring(end + 1), UTF_8));
        }
      }
      return query;
    }

    @Nullable String header(String name) {
      return headers.getFirst(name);
    }
  }

  /**
   * One answer.
   *
   * @param complete false makes the server claim more than it sends, and close the connection
   * @param drops lets it come in parts
   */
  record Answer(
      int status,
      Map<String, String> headers,
      String body,
      Charset charset,
      boolean complete,
      boolean drops) {
    static Answer of(Reply reply) {
      Map<String, String> headers = new LinkedHashMap<>(reply.headers());
      headers.put("Content-Type", reply.type());
      return new Answer(reply.status(), headers, reply.body(), UTF_8, reply.whole(), reply.drops());
    }

    Reply asReply() {
      String type = headers.getOrDefault("Content-Type", "");
      return new Reply(status, type, headers, body, complete, drops);
    }

    static Answer json(String body) {
      return of(200, "application/json", body);
    }

    static Answer of(int status, String type, String body) {
      return new Answer(status, Map.of("Content-Type", type), body, UTF_8, true, false);
    }

    Answer with(String header, String value) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.put(header, value);
      return new Answer(status, all, body, charset, complete, drops);
    }

    Answer cutOff() {
      return new Answer(status, headers, body, charset, false, drops);
    }
  }

  VendorServer() {
    server = new Loopback(this::handle);
  }

  String url() {
    return server.url();
  }

  List<Asked> asked() {
    return asked;
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }

  void answers(Function<Asked, Answer> answer) {
    answering = answer;
  }

  /** Gives these in order; the last one again and again. */
  void answers(Answer... answers) {
    int before = asked.size();
    answering = request -> answers[Math.min(asked.size() - before, answers.length) - 1];
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Asked request =
        new Asked(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            body);
    asked.add(request);
    Answer answer = answering.apply(request);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = answer.body().getBytes(answer.charset());
    long length = answer.complete() ? bytes.length : bytes.length + 1000L;
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
    OutputStream out = exchange.getResponseBody();
    int step = answer.drops() ? DROP : Math.max(bytes.length, 1);
    for (int from = 0; from < bytes.length; from += step) {
      out.write(bytes, from, Math.min(step, bytes.length - from));
      out.flush();
    }
    if (!answer.complete()) {
      throw new IOException("cut off, as the test asks: the server closes the connection");
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.close();
  }
}
