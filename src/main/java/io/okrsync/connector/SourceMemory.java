package io.okrsync.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What must be known of a source beyond one run and one process. */
public interface SourceMemory {
  /**
   * Counts one more request of that day.
   *
   * @return false when it would be one too many; it is not counted then
   */
  boolean spend(String source, LocalDate day, int most);

  /**
   * Takes the next turn of a source that may be asked so often within any minute.
   *
   * @return when the request may go; the turn is taken, whether it is used or not
   */
  Instant turn(String source, int most, Instant now);

  /**
   * Puts something in the place of what is kept of a source's tokens. Nobody else can at the same
   * time, in whatever process; what it returns is kept for good before this returns.
   *
   * @param renewal given what is kept, null where nothing is; what it throws leaves that as it was
   * @return what is kept now
   */
  String renew(String source, Function<@Nullable String, String> renewal);

  /** Forgets all when the process ends; for what only looks. */
  static SourceMemory ofThisProcess() {
    return new OfThisProcess();
  }

  /** Kept in memory. */
  final class OfThisProcess implements SourceMemory {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private final Map<String, Integer> requests = new HashMap<>();
    private final Map<String, Deque<Instant>> turns = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();

    @Override
    public synchronized boolean spend(String source, LocalDate day, int most) {
      int spent = requests.getOrDefault(source + " " + day, 0);
      if (spent < most) {
        requests.put(source + " " + day, spent + 1);
      }
      return spent < most;
    }

    @Override
    public synchronized Instant turn(String source, int most, Instant now) {
      Deque<Instant> taken = turns.computeIfAbsent(source, name -> new ArrayDeque<>());
      Instant free = taken.size() < most ? now : taken.removeFirst().plus(MINUTE);
      Instant turn = free.isAfter(now) ? free : now;
      taken.addLast(turn);
      return turn;
    }

    @Override
    public synchronized String renew(String source, Function<@Nullable String, String> renewal) {
      String renewed = renewal.apply(tokens.get(source));
      tokens.put(source, renewed);
      return renewed;
    }
  }
}
