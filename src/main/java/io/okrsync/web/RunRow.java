package io.okrsync.web;

import io.okrsync.sync.Counts;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list.
 *
 * @param kind what it was for; null for an ordinary run
 * @param took how long it took, or has taken so far; not told where it waited for a person
 */
public record RunRow(
    long id,
    String address,
    String source,
    @Nullable String kind,
    String trigger,
    Badge outcome,
    @Nullable Reason reason,
    Moment startedAt,
    String took,
    String read,
    String created,
    String changed,
    String unchanged,
    String removed,
    String rejected) {

  static RunRow of(SyncRun run, Moments moments) {
    Counts counts = run.counts();
    var until = run.finishedAt() == null ? moments.now() : run.finishedAt();
    return new RunRow(
        run.id(),
        Addresses.run(run.id()),
        run.source(),
        run.kind() == RunKind.SYNC ? null : run.kind().label(),
        Sentences.askedBy(run.trigger()),
        Badge.of(run.outcome()),
        Reason.ofNullable(reason(run, moments)),
        moments.at(run.startedAt()),
        run.wasHeld() ? "–" : Moments.took(Duration.between(run.startedAt(), until)),
        count(counts.read()),
        count(counts.created()),
        count(counts.changed()),
        count(counts.unchanged()),
        count(counts.removed()),
        count(counts.rejected()));
  }

  /** Why it ended so, and when it goes on where it waits for a time. */
  private static @Nullable String reason(SyncRun run, Moments moments) {
    var continuesAt = run.continuesAt();
    if (run.reason() == null || continuesAt == null) {
      return run.reason();
    }
    return run.reason() + "; " + run.next(moments.at(continuesAt).text());
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
