package io.okrsync.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a source alone that does not answer. It opens when asking was given up: for as long as the
 * source wants, or for a minute, then two, then four, up to half an hour. After that one request
 * tries whether it works again.
 */
final class CircuitBreaker {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private int givenUp;
  private @Nullable Open open;

  /**
   * Nothing is asked.
   *
   * @param since when asking was given up
   * @param why what the source answered
   */
  record Open(Instant since, Instant until, String why) {
    /** A clock that was put back since then says nothing of how long is left. */
    boolean isAt(Instant now) {
      return until.isAfter(now) && !since.isAfter(now);
    }
  }

  /** Why nothing may be asked now; null when it may. */
  synchronized @Nullable Open openAt(Instant now) {
    return open != null && open.isAt(now) ? open : null;
  }

  /** Whether one request is enough to see that it still does not work. */
  synchronized boolean probes() {
    return givenUp > 0;
  }

  /**
   * Asking was given up.
   *
   * @param wanted when the source asked us to come back; null where it did not say
   * @return when it is asked again
   */
  synchronized Instant gaveUp(String why, @Nullable Instant wanted, Instant now) {
    open = new Open(now, wanted == null ? now.plus(pause()) : wanted, why);
    givenUp++;
    return open.until();
  }

  /** The source has answered, or a person wants it asked whatever happened. */
  synchronized void close() {
    givenUp = 0;
    open = null;
  }

  /** A tenth is left to chance, so that sources of one vendor do not come back together. */
  private Duration pause() {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(givenUp, MOST_DOUBLINGS));
    long full = (doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled).toMillis();
    return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 10));
  }
}
