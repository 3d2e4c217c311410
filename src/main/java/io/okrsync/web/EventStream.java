package io.okrsync.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something changed, by server-sent events. An event carries nothing: a page
 * that hears one asks for itself again. Changes that come close together are told once.
 */
final class EventStream {
  private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
  private static final int MOST_LISTENERS = 1000;
  private static final long GATHER_MILLIS = 100;
  private static final long KEEP_ALIVE_MILLIS = 15_000;

  private final Vertx vertx;
  private final Set<HttpServerResponse> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean gathering = new AtomicBoolean();

  EventStream(Vertx vertx) {
    this.vertx = vertx;
    vertx.setPeriodic(KEEP_ALIVE_MILLIS, timer -> tell(": still here\n\n"));
  }

  void open(RoutingContext context) {
    if (listeners.size() >= MOST_LISTENERS) {
      Refusal.send(context, 503, "Too many pages are listening; this one asks again by itself");
      return;
    }
    HttpServerResponse response = context.response();
    response.closeHandler(closed -> listeners.remove(response));
    response.exceptionHandler(broken -> listeners.remove(response));
    response.setChunked(true);
    response.putHeader("Content-Type", "text/event-stream");
    response.putHeader("Cache-Control", "no-store");
    // Compressed, an event would wait in a buffer.
    response.putHeader("Content-Encoding", "identity");
    response.write("retry: 2000\n\n");
    listeners.add(response);
  }

  void changed() {
    if (!gathering.compareAndSet(false, true)) {
      return;
    }
    try {
      vertx.setTimer(GATHER_MILLIS, timer -> tellChange());
    } catch (RejectedExecutionException closed) {
      LOG.debug("A change came after the server was closed");
    }
  }

  private void tellChange() {
    gathering.set(false);
    tell("event: changed\ndata:\n\n");
  }

  private void tell(String text) {
    listeners.removeIf(EventStream::isBehind);
    listeners.forEach(listener -> listener.write(text));
  }

  /** A listener that does not keep up is let go; its page connects again. */
  private static boolean isBehind(HttpServerResponse listener) {
    return listener.writeQueueFull() && listener.reset();
  }
}
