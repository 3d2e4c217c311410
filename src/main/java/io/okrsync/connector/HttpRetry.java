package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks until there is an answer: at most five times, longer and longer apart, or as the vendor
 * says. When the vendor asks for more than a minute, or nothing helps, the run ends and the source
 * is read later.
 */
final class HttpRetry {
  private static final Logger log = LoggerFactory.getLogger(HttpRetry.class);
  private static final int TRIES = 5;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration FIRST = Duration.ofMillis(500);

  private final HttpTransport transport;
  private final Clock clock;
  private final Pause pause;
  private final Consumer<Waiting> waiting;

  HttpRetry(HttpTransport transport, Clock clock, Pause pause, Consumer<Waiting> waiting) {
    this.transport = transport;
    this.clock = clock;
    this.pause = pause;
    this.waiting = waiting;
  }

  /** A successful answer in JSON, or a failure that says what to do. */
  HttpAnswer ask(PageRequest request, PageOptions options, PageCall call) {
    int timeout = Integer.parseInt(options.get("timeout", "60"));
    long maximum = Long.parseLong(options.get("maximumSize", "33554432"));
    Refusals refusals = new Refusals(request, options, call, new RetryTime(clock));
    for (int attempt = 1; ; attempt++) {
      Trouble trouble;
      try {
        HttpAnswer answer = transport.ask(request, timeout, maximum);
        if (answer.isSuccess() && answer.json() != null) {
          return answer;
        }
        trouble = refusals.passing(answer);
      } catch (IOException e) {
        trouble = refusals.passing(e);
      }
      waitAfter(trouble, attempt, call);
    }
  }

  /**
   * Something that may pass.
   *
   * @param what for people, without the source's name
   * @param retryAt when the vendor asked us to come back; null where it did not say
   */
  record Trouble(String what, @Nullable Instant retryAt, @Nullable IOException cause) {}

  private void waitAfter(Trouble trouble, int attempt, PageCall call) {
    Instant now = clock.instant();
    Instant until = trouble.retryAt() == null ? now.plus(backoff(attempt)) : trouble.retryAt();
    Duration wait = Duration.between(now, until);
    String name = "Source '%s' ".formatted(call.source().name());
    String what = call.withoutSecrets(trouble.what());
    if (attempt >= TRIES || wait.compareTo(LONGEST) > 0) {
      String tried = attempt == 1 ? "" : " (asked %d times)".formatted(attempt);
      String when = trouble.retryAt() == null ? "" : "; it asks us to come back at " + until;
      throw new SourceFailure(
          RETRY_LATER, name + what + tried + when, trouble.retryAt(), trouble.cause());
    }
    log.info("{}{}; trying again in {} s", name, what, Math.max(1, wait.toSeconds()));
    waiting.accept(new Waiting(call.source().name(), until, what));
    try {
      pause.lasting(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceFailure(
          RETRY_LATER, name + "was stopped while it waited; it goes on next time", null, e);
    }
  }

  /** Half of twice as long each time, and a random half, so that sources do not knock together. */
  private static Duration backoff(int attempt) {
    long full = FIRST.toMillis() << attempt;
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
