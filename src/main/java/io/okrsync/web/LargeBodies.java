package io.okrsync.web;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a few large bodies in at a time, and none that takes for ever: before one has been read,
 * nobody knows who sends it, and it is kept in memory.
 */
final class LargeBodies {
  static final int MOST_AT_ONCE = 16;
  private static final long PATIENCE = TimeUnit.SECONDS.toMillis(30);
  private static final String TIMER = "largeBodyTimer";

  private final AtomicInteger atOnce = new AtomicInteger();

  /** Before its body is read. */
  void begin(RoutingContext context) {
    if (atOnce.incrementAndGet() > MOST_AT_ONCE) {
      atOnce.decrementAndGet();
      context.response().putHeader("Retry-After", "5");
      Refusal.send(context, 503, "Too many are sending at this moment; send it again later");
      return;
    }
    long timer = context.vertx().setTimer(PATIENCE, late -> context.request().connection().close());
    context.put(TIMER, timer);
    context.addEndHandler(
        ended -> {
          context.vertx().cancelTimer(timer);
          atOnce.decrementAndGet();
        });
    context.next();
  }

  /** When its body has been read. */
  void arrived(RoutingContext context) {
    Long timer = context.get(TIMER);
    context.vertx().cancelTimer(timer);
    context.next();
  }
}
