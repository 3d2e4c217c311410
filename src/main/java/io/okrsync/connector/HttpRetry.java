package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.RETRY_LATER;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks until there is an answer: at most five times, longer and longer apart, or as the vendor
 * says. When the vendor asks for more than a minute, or nothing helps, the run ends and the source
 * is left alone for a while.
 */
final class HttpRetry {
  private static final Logger log = LoggerFactory.getLogger(HttpRetry.class);
  private static final int TRIES = 5;
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Duration FIRST = Duration.ofMillis(500);

  private final Authorised requests;
  private final Clock clock;
  private final Patience patience;

  HttpRetry(Authorised requests, Clock clock, Patience patience) {
    this.requests = requests;
    this.clock = clock;
    this.patience = patience;
  }

  /** A successful answer in JSON, or a failure that says what to do. */
  HttpAnswer ask(PageRequest request, PageOptions options, PageCall call) {
    CircuitBreaker breaker = requests.gate(call).breaker();
    requireClosed(breaker, call);
    Refusals refusals = new Refusals(request, options, call, new RetryTime(clock));
    int tries = breaker.probes() ? 1 : TRIES;
    @Nullable Trouble trouble = null;
    for (int attempt = 1; ; attempt++) {
      try {
        HttpAnswer answer = requests.send(request, options, call);
        if (answer.isSuccess() && answer.json() != null) {
          breaker.close();
          return answer;
        }
        trouble = refusals.passing(answer);
      } catch (SourceFailure failure) {
        throw trouble != null && failure.remedy() == RETRY_LATER
            ? afterTrouble(failure, trouble, call)
            : failure;
      } catch (IOException e) {
        trouble = refusals.passing(e);
      }
      waitAfter(trouble, attempt, tries, call, breaker);
    }
  }

  /**
   * Something that may pass.
   *
   * @param what for people, without the source's name
   * @param retryAt when to come back; null where the vendor did not say and a short while may do
   * @param told whether that is what the vendor asked for, and not our guess
   */
  record Trouble(
      String what, @Nullable Instant retryAt, boolean told, @Nullable IOException cause) {
    Trouble(String what, @Nullable Instant retryAt, @Nullable IOException cause) {
      this(what, retryAt, retryAt != null, cause);
    }

    private String wish() {
      if (retryAt == null) {
        return "";
      }
      return told
          ? "; it asks us to come back then"
          : "; it does not say when to come back, so it is asked again in an hour";
    }
  }

  private void requireClosed(CircuitBreaker breaker, PageCall call) {
    CircuitBreaker.Open open = breaker.openAt(clock.instant());
    if (open != null) {
      throw new SourceFailure(
          RETRY_LATER,
          "Source '%s' is left alone for a while (before: %s)"
              .formatted(call.source().name(), open.why()),
          open.until(),
          null);
    }
  }

  /** Or nobody would see why all of what it may be asked was used up. */
  private static SourceFailure afterTrouble(SourceFailure failure, Trouble before, PageCall call) {
    String message =
        failure.getMessage() + "; the last time it " + call.withoutSecrets(before.what());
    return new SourceFailure(failure.remedy(), message, failure.retryAt(), failure);
  }

  private void waitAfter(
      Trouble trouble, int attempt, int tries, PageCall call, CircuitBreaker breaker) {
    Instant now = clock.instant();
    Instant until = trouble.retryAt() == null ? now.plus(backoff(attempt)) : trouble.retryAt();
    String name = "Source '%s' ".formatted(call.source().name());
    String what = call.withoutSecrets(trouble.what());
    if (attempt >= tries || Duration.between(now, until).compareTo(LONGEST) > 0) {
      Instant again = breaker.gaveUp(what, trouble.retryAt(), now);
      String tried = attempt == 1 ? "" : " (asked %d times)".formatted(attempt);
      throw new SourceFailure(
          RETRY_LATER, name + what + tried + trouble.wish(), again, trouble.cause());
    }
    log.info(
        "{}{}; trying again in {} s",
        name,
        what,
        Math.max(1, Duration.between(now, until).toSeconds()));
    patience.until(until, what, call);
  }

  /** Half of twice as long each time, and a random half, so that sources do not knock together. */
  private static Duration backoff(int attempt) {
    long full = FIRST.toMillis() << attempt;
    return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }
}
