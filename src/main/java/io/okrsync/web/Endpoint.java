package io.okrsync.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * One thing that can be asked for.
 *
 * @param path with parameters as {@code :name}
 * @param largestBody how many bytes may be sent to it
 */
record Endpoint(HttpMethod method, String path, long largestBody, Responder responder) {
  private static final long FORM = 64 * 1024;

  /** Answers a request. It runs on a worker thread and may block. */
  interface Responder {
    Answer answer(RoutingContext request);
  }

  boolean takesLargeBody() {
    return largestBody > FORM;
  }

  static Endpoint get(String path, Responder responder) {
    return new Endpoint(HttpMethod.GET, path, 0, responder);
  }

  static Endpoint post(String path, Responder responder) {
    return post(path, FORM, responder);
  }

  static Endpoint post(String path, long largestBody, Responder responder) {
    return new Endpoint(HttpMethod.POST, path, largestBody, responder);
  }
}
