package io.okrsync.store;

import io.okrsync.sync.SyncRun;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source has been read. It is born with the source's first run, told of each run that
 * begins and of each that is published, and stays for good. Its row is the lock that keeps two
 * transactions from writing records of one source.
 */
@Entity
@Table(name = "source_state")
final class StoredSource {
  /**
   * The second brings what had only moved, and may be the first to miss what made it move; the
   * third ends that.
   */
  private static final int LOOKS_AFTER_THE_FIRST = 2;

  @Id private String source;
  private @Nullable Long publishedRun;
  private @Nullable Instant readAt;
  private @Nullable Instant liveCursor;
  private @Nullable String liveDefinition;
  private long records;
  private @Nullable Long lookedRun;
  private int looksOwed;
  private @Nullable Long incompleteRun;
  private @Nullable Instant incompleteFrom;
  private @Nullable Instant incompleteTo;
  private @Nullable Long unfinishedRun;

  @SuppressWarnings("NullAway.Init")
  StoredSource() {}

  StoredSource(String source) {
    this.source = source;
  }

  /**
   * From when on the next run reads; null means everything. So it does where the cursor is at a
   * time that is yet to come, as after the clock was put back: what changed meanwhile would lie
   * before.
   */
  @Nullable Instant since(String definition, Duration overlap, Instant now) {
    return liveCursor != null && !liveCursor.isAfter(now) && definition.equals(liveDefinition)
        ? liveCursor.minus(overlap)
        : null;
  }

  void beginning(StoredRun run) {
    unfinishedRun = run.id();
  }

  /**
   * What the run stored is seen from now on. How far the source has been read is told by live runs
   * alone.
   */
  void published(StoredRun run) {
    publishedRun = run.id();
    records += run.netRecords();
    unfinishedRun = null;
    if (run.kind().isLive()) {
      readOn(run);
    }
    if (run.asRun().counts().rejected() > 0) {
      leavesOut(run);
    } else if (run.readsAgain(incompleteFrom, incompleteTo) && bringsAll(run)) {
      incompleteRun = null;
    }
  }

  private void leavesOut(StoredRun run) {
    @Nullable Instant from = run.asRun().since();
    @Nullable Instant to = run.asRun().until();
    boolean isAll = incompleteRun == null || run.readsAgain(incompleteFrom, incompleteTo);
    boolean isEarlier = from == null || incompleteFrom != null && from.isBefore(incompleteFrom);
    boolean isLater = to == null || incompleteTo != null && to.isAfter(incompleteTo);
    incompleteFrom = isAll || isEarlier ? from : incompleteFrom;
    incompleteTo = isAll || isLater ? to : incompleteTo;
    incompleteRun = run.id();
  }

  /** As far as can be told of a run that reads less than everything. */
  private boolean bringsAll(StoredRun run) {
    return !run.readsEverything() || run.doubt() == null && missedBy(run) == 0;
  }

  /** Whether something was left out that no run comes to which asks for what changed. */
  boolean leavesBehind(Duration overlap) {
    return incompleteRun != null
        && liveCursor != null
        && (incompleteFrom == null || incompleteFrom.isBefore(liveCursor.minus(overlap)));
  }

  /**
   * The run that was published was to bring all records.
   *
   * @param looks what looks before it have told
   */
  void looked(StoredRun run, LooksBefore looks) {
    boolean misses = missedBy(run) > 0;
    if (!run.looksForAll()) {
      int left = owesLook() ? looksOwed - 1 : misses ? LOOKS_AFTER_THE_FIRST : 0;
      looksOwed = looks.lastWasClear() ? left : 0;
      return;
    }
    long known = records - run.netRecords();
    boolean decidedAlone = looks.isAnother() && !run.isOfOneMoment(looks.last(), known);
    boolean mayBeWrong = decidedAlone && run.asRun().counts().removed() > 0;
    boolean follows = owesLook() && !looks.isAnother();
    if (mayBeWrong || run.returned() > 0) {
      looksOwed = LOOKS_AFTER_THE_FIRST;
    } else {
      looksOwed = !misses ? 0 : follows ? looksOwed - 1 : LOOKS_AFTER_THE_FIRST;
    }
    lookedRun = run.id();
  }

  /**
   * A person decided that it is not published; what it was to look for is not looked for again,
   * unless it was of a source that is configured otherwise.
   */
  void discarded(StoredRun run) {
    if (run.readsEverything() && isReadAs(run.definition())) {
      looksOwed = 0;
    }
  }

  /**
   * The cursor never moves back, unless the source is not what it was, or it was ahead of the
   * moment the run began. It stays where it was while items are rejected, so that they are read
   * again until they can be; and it never runs ahead of that moment, whatever times the source
   * tells.
   */
  private void readOn(StoredRun run) {
    boolean same = run.definition().equals(liveDefinition);
    boolean ahead = liveCursor != null && liveCursor.isAfter(run.startedAt());
    @Nullable Instant before = same && !ahead ? liveCursor : null;
    liveCursor = run.asRun().counts().rejected() > 0 ? before : further(before, run);
    liveDefinition = run.definition();
    readAt = run.startedAt();
  }

  private static @Nullable Instant further(@Nullable Instant before, StoredRun run) {
    @Nullable Instant seen = run.latestUpdate();
    if (seen == null) {
      return before;
    }
    Instant reached = seen.isAfter(run.startedAt()) ? run.startedAt() : seen;
    return before == null || reached.isAfter(before) ? reached : before;
  }

  /** Whether it was read as it is defined so. */
  boolean isReadAs(String definition) {
    return definition.equals(liveDefinition);
  }

  /** The run that may have stored rows nobody sees yet; null while there is none. */
  @Nullable Long unfinishedRun() {
    return unfinishedRun;
  }

  /** The run whose rows are seen; 0 while there is none. */
  long seenUpTo() {
    return publishedRun == null ? 0 : publishedRun;
  }

  @Nullable Long publishedRun() {
    return publishedRun;
  }

  /**
   * The last published run that could not read some items, where they are not read again since;
   * null where nothing is missing.
   */
  @Nullable Long incompleteRun() {
    return incompleteRun;
  }

  /** The last published run that would have brought any record there is; null before the first. */
  @Nullable Long lookedRun() {
    return lookedRun;
  }

  /**
   * Whether a look is to follow: the last one did not bring all there were, and was not the third
   * in a row, since a list that never stands still is not looked at for ever; or it decided alone
   * when the source was configured anew, or was in doubt; or a census saw what was taken for gone.
   */
  boolean owesLook() {
    return looksOwed > 0;
  }

  /** How many of its records this run, which was to bring all, did not bring, at least. */
  long missedBy(StoredRun run) {
    long rejected = run.asRun().counts().rejected(); // records that came, for all we know
    return Math.max(0, records - run.seenThere() - rejected);
  }

  @Nullable Instant readAt() {
    return readAt;
  }

  String source() {
    return source;
  }

  long records() {
    return records;
  }

  SourceState asRow(@Nullable SyncRun incomplete, @Nullable SyncRun lastRun) {
    return new SourceState(source, publishedRun, readAt, liveCursor, records, incomplete, lastRun);
  }
}
