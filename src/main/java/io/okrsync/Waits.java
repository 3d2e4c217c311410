package io.okrsync;

import io.okrsync.connector.Waiting;
import io.okrsync.sync.SyncRun;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each source waits for, so that a wait is seen and not mistaken for a hang. */
final class Waits {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private final Map<String, Waiting> latest = new ConcurrentHashMap<>();
  private final Clock clock;

  Waits(Clock clock) {
    this.clock = clock;
  }

  void began(Waiting waiting) {
    latest.put(waiting.source(), waiting);
  }

  /**
   * Such as {@code continues at 14:05:00 UTC: answered 429}; null where nothing is waited for.
   *
   * @param last the last run of the source; null before the first
   */
  @Nullable String of(String source, @Nullable SyncRun last) {
    Waiting waiting = latest.get(source);
    if (waiting != null && waiting.until().isAfter(clock.instant())) {
      return "continues at " + TIME.format(waiting.until()) + ": " + waiting.why();
    }
    return between(last, clock.instant());
  }

  /** The same for a source that no run is reading now. */
  static @Nullable String between(@Nullable SyncRun last, Instant now) {
    if (last == null || last.continuesAt() == null || !last.waits(now)) {
      return null;
    }
    return last.needsAuthorisation()
        ? "asked again at %s: %s".formatted(TIME.format(last.continuesAt()), last.reason())
        : last.reason();
  }
}
