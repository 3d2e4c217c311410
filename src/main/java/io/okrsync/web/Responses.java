package io.okrsync.web;

import static io.vertx.core.http.HttpHeaders.CONTENT_LENGTH;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Writes answers, without the body where only the head was asked for. */
final class Responses {
  private Responses() {}

  static void end(RoutingContext context, String body) {
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(CONTENT_LENGTH, Integer.toString(body.getBytes(UTF_8).length)).end();
      return;
    }
    response.end(body);
  }

  static void send(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    end(context, answer.body());
  }
}
