package io.okrsync.connector;

import java.time.LocalDate;
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
    private final Map<String, Integer> requests = new HashMap<>();
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
    public synchronized String renew(String source, Function<@Nullable String, String> renewal) {
      String renewed = renewal.apply(tokens.get(source));
      tokens.put(source, renewed);
      return renewed;
    }
  }
}
