package io.okrsync;

import io.okrsync.sync.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When a run goes on that broke off because our own store was away: soon, but ever later where that
 * happens again and again, as with a disk that stays full.
 */
final class Pauses {
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final Map<String, Pause> last = new ConcurrentHashMap<>();

  private record Pause(Instant until, Duration length) {}

  /** The end of a pause that would begin now. */
  Instant end(String source, Instant now) {
    return now.plus(length(source, now));
  }

  /** The pause began, if this run has ended with one. */
  void began(SyncRun run) {
    if (run.finishedAt() != null && run.continuesAt() != null) {
      Duration length = Duration.between(run.finishedAt(), run.continuesAt());
      last.put(run.source(), new Pause(run.continuesAt(), length));
    }
  }

  private Duration length(String source, Instant now) {
    @Nullable Pause before = last.get(source);
    if (before == null || before.until().plus(LONGEST).isBefore(now)) {
      return FIRST;
    }
    Duration twice = before.length().multipliedBy(2);
    return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
  }
}
