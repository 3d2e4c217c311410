package io.okrsync.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Asks a server by real HTTP. */
record Visitor(int port) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  HttpResponse<String> get(String path, String... headers) {
    return ask("GET", path, headers);
  }

  HttpResponse<String> post(String path, String... headers) {
    return ask("POST", path, headers);
  }

  /** Sends what a form does. */
  HttpResponse<String> form(String path, String body, String... headers) {
    return send(path, "application/x-www-form-urlencoded", body, headers);
  }

  HttpResponse<String> postJson(String path, String body) {
    return send(path, "application/json", body);
  }

  /** Sends this body, of this type. */
  HttpResponse<String> send(String path, String type, String body, String... headers) {
    String[] all =
        Stream.concat(Stream.of("Content-Type", type), Stream.of(headers)).toArray(String[]::new);
    return ask("POST", path, BodyPublishers.ofString(body), all);
  }

  HttpResponse<String> ask(String method, String path, String... headers) {
    return ask(method, path, BodyPublishers.noBody(), headers);
  }

  private HttpResponse<String> ask(
      String method, String path, HttpRequest.BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  JsonNode json(String path) {
    return json(get(path));
  }

  static JsonNode json(HttpResponse<String> answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(answer.body(), e);
    }
  }

  /** Says exactly this, which clients refuse to say, and gives back the whole answer. */
  String say(String... lines) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
