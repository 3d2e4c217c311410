package io.okrsync.web;

import io.okrsync.sync.Difference;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run found about a record, as the API gives it.
 *
 * @param lateSeconds how long after the change it was noticed; null where nobody can tell
 */
record DifferenceBody(
    long run,
    String source,
    String record,
    @Nullable String title,
    String what,
    boolean marked,
    boolean missed,
    @Nullable String changedAt,
    @Nullable String thereAt,
    String noticedAt,
    @Nullable Long lateSeconds,
    String sentence) {

  static DifferenceBody of(Difference found) {
    Duration late = found.late();
    return new DifferenceBody(
        found.run(),
        found.source(),
        found.record(),
        found.title(),
        found.what().label(),
        found.marked(),
        found.missed(),
        Json.time(found.changedAt()),
        Json.time(found.thereAt()),
        found.noticedAt().toString(),
        late == null ? null : late.toSeconds(),
        found.inWords());
  }
}
