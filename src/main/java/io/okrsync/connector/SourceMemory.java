package io.okrsync.connector;

import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What must be known of a source beyond one run and one process. */
public interface SourceMemory {
  /**
   * Counts one more request of that day.
   *
   * @return false when it would be one too many; it is not counted then
   */
  boolean spend(String source, LocalDate day, int most);

  /** Forgets all when the process ends; for what only looks. */
  static SourceMemory ofThisProcess() {
    Map<String, Integer> requests = new ConcurrentHashMap<>();
    return (source, day, most) -> {
      int[] spent = {0};
      requests.compute(
          source + " " + day,
          (key, before) -> {
            spent[0] = before == null ? 1 : before + 1;
            return Math.min(spent[0], most);
          });
      return spent[0] <= most;
    };
  }
}
