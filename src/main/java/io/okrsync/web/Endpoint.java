package io.okrsync.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One thing that can be asked for.
 *
 * @param path with parameters as {@code :name}
 */
record Endpoint(HttpMethod method, String path, Responder responder) {
  /** Answers a request. It runs on a worker thread and may block. */
  interface Responder {
    Answer answer(RoutingContext request);
  }

  static Endpoint get(String path, Responder responder) {
    return new Endpoint(HttpMethod.GET, path, responder);
  }

  static Endpoint post(String path, Responder responder) {
    return new Endpoint(HttpMethod.POST, path, responder);
  }
}
