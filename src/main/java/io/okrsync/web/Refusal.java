package io.okrsync.web;

import io.okrsync.store.StoreUnavailable;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what cannot be answered: as a problem to programs, as a plain line to people. */
final class Refusal {
  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  static final String UNREADABLE = "This request cannot be read";

  private Refusal() {}

  static void send(RoutingContext context, int status, String detail) {
    Answer answer =
        isForPrograms(context)
            ? Problem.answer(status, detail)
            : Answer.typed(status, "text/plain; charset=utf-8", detail + "\n");
    Responses.send(context, answer);
  }

  /** Something went wrong that nobody planned. What it was is for the log, not for the answer. */
  static void failed(RoutingContext context) {
    if (context.response().ended()) {
      return;
    }
    if (context.failure() instanceof HttpClosedException) {
      LOG.info(
          "{} {}: its sender went away before all of it had come; nothing of it was taken",
          context.request().method(),
          context.request().path());
      return;
    }
    int status = context.statusCode() >= 400 ? context.statusCode() : 500;
    if (status < 500) {
      send(context, status, UNREADABLE);
      return;
    }
    if (context.failure() instanceof StoreUnavailable gone) {
      LOG.error(
          "{} {}: {}", context.request().method(), context.request().path(), gone.getMessage());
      boolean sent = context.request().method().equals(HttpMethod.POST);
      send(context, 503, gone.getMessage() + (sent ? " What you sent was not kept." : ""));
      return;
    }
    LOG.error(
        "{} {} failed", context.request().method(), context.request().path(), context.failure());
    send(context, status, "Something went wrong here; the log of the service says what");
  }

  static boolean isForPrograms(RoutingContext context) {
    String path = context.request().path();
    return path != null && (path.equals("/api") || path.startsWith("/api/"));
  }
}
