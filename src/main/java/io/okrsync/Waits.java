package io.okrsync;

import io.okrsync.connector.Waiting;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each source waits for now, so that a wait is seen and not mistaken for a hang. */
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

  /** Such as {@code continues at 14:05:00 UTC: answered 429}; null where nothing is waited for. */
  @Nullable String of(String source) {
    Waiting waiting = latest.get(source);
    if (waiting == null || !waiting.until().isAfter(clock.instant())) {
      return null;
    }
    return "continues at " + TIME.format(waiting.until()) + ": " + waiting.why();
  }
}
