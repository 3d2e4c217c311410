package io.okrsync.sync;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One pass over one source. It is born RUNNING, gathers counts page by page, may be PARTIAL and go
 * on later under the same id, may be HELD until a person decides, and ends once: published (OK,
 * OK_EMPTY) or not (FAILED, DISCARDED). A SKIPPED run is born ended.
 *
 * @param id grows from run to run over all sources
 * @param since from when on it reads; null means everything
 * @param until of a backfill: the last change it takes; null for other kinds
 * @param cursor the page to read next; null means the first, and empty that all pages are stored
 * @param reason why it ended so, or what it waits for; null while there is nothing to say
 * @param finishedAt null while it has not ended
 * @param continuesAt before this time the schedule does not ask its source again, and then it does;
 *     null where the schedule alone decides
 * @param needsAuthorisation whether it failed because its source refused the credentials
 */
public record SyncRun(
    long id,
    String source,
    RunKind kind,
    Trigger trigger,
    Outcome outcome,
    @Nullable String reason,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable String cursor,
    Counts counts,
    @Nullable Instant continuesAt,
    boolean needsAuthorisation) {

  /** How the reason of a run begins that a person has decided about. */
  public static final String WAS_HELD = "was held: ";

  /** Where the cursor stands when the pages have ended. */
  private static final String END = "";

  /** Whether it waited for a person, who has decided about it. */
  public boolean wasHeld() {
    return reason != null && reason.startsWith(WAS_HELD);
  }

  /**
   * Whether its source is to be left alone until it continues; not where that was told by a clock
   * that was put back since.
   */
  public boolean waits(Instant now) {
    return continuesAt != null
        && continuesAt.isAfter(now)
        && !ClockPutBack.isShownBy(finishedAt == null ? startedAt : finishedAt, now);
  }

  /** Whether all pages are stored, so that only publishing is left to do. */
  public boolean readToTheEnd() {
    return END.equals(cursor);
  }

  /** Whether this run reads all records there are, or all ids. */
  public boolean readsEverything() {
    return since == null;
  }

  /** The same run after one more page was stored; a page without a next one was the last. */
  public SyncRun after(Counts page, @Nullable String next) {
    return new SyncRun(
        id,
        source,
        kind,
        trigger,
        outcome,
        reason,
        startedAt,
        finishedAt,
        since,
        until,
        next == null ? END : next,
        counts.plus(page),
        continuesAt,
        needsAuthorisation);
  }

  /** Of a run that waits for a person: why nothing else happens. */
  public static String held(SyncRun run) {
    return "run %d is held: %s; release or discard it".formatted(run.id(), run.reason());
  }

  /** Of a run that waits for a person: what follows where it is discarded, which undoes it. */
  public String whenDiscarded() {
    if (trigger == Trigger.PUSH) {
      return "what was sent counts when it is sent again";
    }
    return switch (kind) {
      case SYNC -> "the next run reads again";
      case BACKFILL -> "that time is read again when a backfill is asked for";
      case RECONCILE -> "what it would have changed or removed stays until the next reconcile";
      case CENSUS -> "what it would have removed counts until the next census or reconcile";
    };
  }

  /** What it says about itself, and this. */
  public String reasonAnd(String why) {
    return reason == null ? why : reason + "; " + why;
  }

  /** The same run with something to say about it. */
  public SyncRun because(@Nullable String why) {
    return new SyncRun(
        id,
        source,
        kind,
        trigger,
        outcome,
        why,
        startedAt,
        finishedAt,
        since,
        until,
        cursor,
        counts,
        continuesAt,
        needsAuthorisation);
  }

  /**
   * Such as {@code OK: read 120: 3 created, 2 changed, 115 unchanged, 1 removed}, the reason, and
   * when it goes on where there is one.
   */
  public String inWords() {
    StringBuilder words = new StringBuilder(kind == RunKind.SYNC ? "" : kind.label() + " ");
    words.append(outcome.label());
    words.append(": read ").append(counts.read());
    if (counts.total() != null) {
      words.append(" of ").append(counts.total());
    }
    String sorts =
        Stream.of(
                part(counts.created(), "created"),
                part(counts.changed(), "changed"),
                part(counts.unchanged(), kind == RunKind.CENSUS ? "listed" : "unchanged"),
                part(counts.removed(), "removed"),
                part(counts.rejected(), "rejected"))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    words.append(sorts.isEmpty() ? "" : ": " + sorts);
    words.append(reason == null ? "" : "; " + reason);
    return words
        .append(continuesAt == null ? "" : "; " + next(UtcTime.inWords(continuesAt)))
        .toString();
  }

  /** What becomes of one that waits, such as {@code continues at 14:05}. */
  public String next(String time) {
    return next(needsAuthorisation, time);
  }

  /**
   * The same of a source that waits.
   *
   * @param refused whether its credentials were refused
   */
  public static String next(boolean refused, String time) {
    return (refused ? "asked again at " : "continues at ") + time;
  }

  private static String part(long count, String word) {
    return count == 0 ? "" : count + " " + word;
  }
}
