package io.okrsync.web;

import static java.util.Objects.requireNonNull;

import io.okrsync.audit.EntryFilter;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Difference;
import io.okrsync.sync.Differences;
import io.okrsync.sync.HeldRuns;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of one run, in words.
 *
 * @param begun whether it was begun at all; one that was not has read and counted nothing
 * @param scope what it reads
 * @param moves what it did to key results
 * @param decidedAt when a person decided about it; null where nobody did
 * @param took how long it read, or has read so far; what it waited for a person is not in it
 * @param log where the audit entries are that tell of it
 * @param logOfSource where those of its source are
 * @param published whether it published what it read
 * @param found what it found about single records, in sentences
 * @param more how many more of them there are; null where there are none
 * @param balance whether its counts add up
 * @param even whether they do
 * @param next what happens next
 * @param hold how to decide about it; null where it is not held
 */
public record RunView(
    RunRow row,
    String runs,
    String log,
    String logOfSource,
    @Nullable Moment finishedAt,
    @Nullable Moment decidedAt,
    String took,
    boolean begun,
    String scope,
    List<Fact> facts,
    List<MoveRow> moves,
    boolean published,
    List<String> found,
    @Nullable String more,
    String balance,
    boolean even,
    String next,
    @Nullable Hold hold) {

  /** How many moves are listed. */
  public static final int LISTED = 1_000;

  /**
   * Where a decision about a held run goes.
   *
   * @param refusal why it cannot be released; null where it can
   */
  public record Hold(String release, String discard, @Nullable String refusal) {
    static Hold of(SyncRun run, HeldRuns held) {
      return new Hold(
          Addresses.release(run.id()),
          Addresses.discard(run.id()),
          held.refusal(run).map(it -> it + ".").orElse(null));
    }
  }

  /** A count and what it means. */
  public record Fact(String count, String name, String meaning) {}

  /**
   * @param heldAt when it was held; null where it was not
   * @param hold how to decide about it; null where it is not held
   * @param source how its source is doing; null where it is configured no more
   */
  static RunView of(
      SyncRun run,
      List<MoveRow> moves,
      Differences found,
      @Nullable Instant heldAt,
      @Nullable Hold hold,
      @Nullable SourceRow source,
      Moments moments) {
    Instant finishedAt = run.finishedAt();
    Instant readUntil = heldAt == null ? finishedAt : heldAt;
    boolean isDecided = heldAt != null && run.outcome() != Outcome.HELD && finishedAt != null;
    return new RunView(
        RunRow.of(run, moments),
        Addresses.runsOf(run.source()),
        Addresses.audit(EntryFilter.ofRun(run.id())),
        Addresses.audit(EntryFilter.ofSource(run.source())),
        readUntil == null ? null : moments.at(readUntil),
        isDecided ? moments.at(requireNonNull(finishedAt)) : null,
        Moments.took(
            Duration.between(run.startedAt(), readUntil == null ? moments.now() : readUntil)),
        run.outcome() != Outcome.SKIPPED,
        scope(run, moments),
        facts(run),
        moves,
        run.outcome().isWell(),
        found.first().stream().map(Difference::inWords).toList(),
        found.more() == 0 ? null : RunRow.count(found.more()),
        Sentences.balance(run),
        !run.readToTheEnd() || run.counts().balance() instanceof Balance.Even,
        hold == null || hold.refusal() == null
            ? Sentences.next(run, moments, source)
            : hold.refusal(),
        hold);
  }

  private static String unchanged(SyncRun run) {
    return switch (run.kind()) {
      case SYNC, RECONCILE -> "known records with the same content";
      case BACKFILL -> "records with the same content, or changed after the end";
      case CENSUS -> "ids that exist; their content was not asked for";
    };
  }

  private static String scope(SyncRun run, Moments moments) {
    if (run.since() != null && run.until() != null) {
      return "It reads again what changed from %s to %s; what changed later is left as it is, and later runs read on from where they were."
          .formatted(moments.at(run.since()).text(), moments.at(run.until()).text());
    }
    if (run.trigger() == Trigger.PUSH) {
      return run.since() == null
          ? "What was sent is all there is."
          : "What was sent replaces records with the same id; the others stay.";
    }
    if (run.kind() == RunKind.CENSUS) {
      return "It lists the ids that exist, and removes the records whose id does not.";
    }
    if (run.kind() == RunKind.RECONCILE) {
      return "It reads everything the source has, and lists what the runs before it had missed.";
    }
    return run.since() == null
        ? "It reads everything the source has."
        : "It reads what changed since " + moments.at(run.since()).text() + ".";
  }

  private static List<Fact> facts(SyncRun run) {
    Counts counts = run.counts();
    Long total = counts.total();
    return List.of(
        new Fact(RunRow.count(counts.read()), "read", "items the source returned"),
        new Fact(RunRow.count(counts.created()), "new", "records not known before"),
        new Fact(RunRow.count(counts.changed()), "changed", "known records with other content"),
        new Fact(RunRow.count(counts.unchanged()), "unchanged", unchanged(run)),
        new Fact(
            RunRow.count(counts.removed()),
            "removed",
            "records that are gone from the source; "
                + (run.outcome().isWell()
                    ? "they count no more from this run on"
                    : "they count all the same, since this run is not published")),
        new Fact(RunRow.count(counts.rejected()), "rejected", "items that are no proper records"),
        new Fact(
            total == null ? "–" : RunRow.count(total),
            "total",
            total == null ? "the source tells none" : "items the source says there are"));
  }
}
