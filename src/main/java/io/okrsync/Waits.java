package io.okrsync;

import io.okrsync.connector.Waiting;
import io.okrsync.sync.SyncRun;
import io.okrsync.web.SourceRow.Wait;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What each source waits for, so that a wait is seen and not mistaken for a hang. */
final class Waits {
  private final Map<String, Waiting> latest = new ConcurrentHashMap<>();
  private final Clock clock;

  Waits(Clock clock) {
    this.clock = clock;
  }

  void began(Waiting waiting) {
    latest.put(waiting.source(), waiting);
  }

  /**
   * What this source waits for; null where it waits for nothing.
   *
   * @param last its last run, where that says that the source is to be left alone for a while
   */
  @Nullable Wait of(String source, @Nullable SyncRun last) {
    Waiting waiting = latest.get(source);
    if (waiting != null && waiting.until().isAfter(clock.instant())) {
      return new Wait(waiting.until(), waiting.why(), false);
    }
    return last == null || last.continuesAt() == null
        ? null
        : new Wait(last.continuesAt(), String.valueOf(last.reason()), last.needsAuthorisation());
  }
}
