package io.okrsync.connector;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** What every request to one source goes through, whichever run asks. */
final class Gate {
  private final Limits limits;
  private final Map<String, String> settings;
  private final CircuitBreaker breaker;
  private final Semaphore calls;

  private Gate(Source source, CircuitBreaker breaker) {
    this.limits = source.limits();
    this.settings = source.with();
    this.breaker = breaker;
    this.calls = new Semaphore(requireNonNullElse(limits.concurrent(), Integer.MAX_VALUE), true);
  }

  CircuitBreaker breaker() {
    return breaker;
  }

  /** One permit for each request that is under way. */
  Semaphore calls() {
    return calls;
  }

  /** The gates of all sources. */
  static final class All {
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    /** The gate of this source; with other limits or settings it is another one. */
    Gate of(Source source) {
      return gates.compute(source.name(), (name, known) -> known(known, source));
    }

    private static Gate known(@Nullable Gate known, Source source) {
      if (known == null || !known.settings.equals(source.with())) {
        return new Gate(source, new CircuitBreaker());
      }
      return known.limits.equals(source.limits()) ? known : new Gate(source, known.breaker);
    }
  }
}
