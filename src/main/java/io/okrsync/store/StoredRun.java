package io.okrsync.store;

import io.okrsync.connector.Source;
import io.okrsync.sync.Asked;
import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.Counts;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is stored. It is born RUNNING by {@link #begun}, or SKIPPED; each stored page changes
 * its counts and the place to go on from; it may be interrupted and resumed, or held and released;
 * it ends published, failed, discarded or abandoned, and never changes after.
 */
@Entity
@Table(name = "sync_run")
final class StoredRun {
  /**
   * How long a place is good for after the page that led to it: a vendor's cursor gets too old.
   * More than a day, which is the longest that a tool's wish to be left alone is followed.
   */
  static final Duration PLACE_GOOD_FOR = Duration.ofHours(26);

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private String source;

  @Enumerated(EnumType.STRING)
  private RunKind kind;

  @Enumerated(EnumType.STRING)
  private Trigger triggeredBy;

  @Enumerated(EnumType.STRING)
  private Outcome outcome;

  private @Nullable String reason;
  private Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable Instant sinceAt;
  private @Nullable Instant untilAt;
  private @Nullable Instant dueAt;
  private @Nullable String nextPage;
  private long pages;
  private long itemsRead;
  private long created;
  private long changed;
  private long unchanged;
  private long removed;
  private long rejected;
  private @Nullable Long sourceTotal;
  private @Nullable String definition;
  private @Nullable Instant placeKeptAt;
  private @Nullable Instant latestUpdate;
  private long netRecords;
  private boolean totalShrank;
  private long seen;
  private long seenThere;
  private long returned;
  private @Nullable Instant continuesAt;
  private boolean needsAuthorisation;
  private @Nullable Integer owner;

  /** See {@link RunVersions}. */
  private @Nullable String versions;

  @SuppressWarnings("NullAway.Init")
  StoredRun() {}

  @SuppressWarnings("NullAway.Init")
  private StoredRun(String source, RunKind kind, Trigger trigger, Outcome outcome, Instant now) {
    this.source = source;
    this.kind = kind;
    this.triggeredBy = trigger;
    this.outcome = outcome;
    this.startedAt = now;
  }

  static StoredRun begun(
      Source source,
      String definition,
      Trigger trigger,
      Asked asked,
      @Nullable Instant since,
      @Nullable Instant due,
      Instant now) {
    StoredRun run = new StoredRun(source.name(), asked.kind(), trigger, Outcome.RUNNING, now);
    run.definition = definition;
    run.sinceAt = since;
    run.untilAt = asked.to();
    run.dueAt = due;
    run.versions = RunVersions.NONE;
    return run;
  }

  static StoredRun skipped(
      String source, Trigger trigger, Asked asked, String reason, Instant now) {
    StoredRun run = new StoredRun(source, asked.kind(), trigger, Outcome.SKIPPED, now);
    run.sinceAt = asked.from();
    run.untilAt = asked.to();
    run.reason = reason;
    run.finishedAt = now;
    return run;
  }

  /** Whether it may go on from where it stopped, instead of a new run that begins. */
  boolean canGoOn(String sameDefinition, Instant now) {
    return sameDefinition.equals(definition)
        && nextPage != null
        && placeKeptAt != null
        && !placeKeptAt.plus(PLACE_GOOD_FOR).isBefore(now);
  }

  /** The process that reads for it from now on. */
  void belongsTo(int process) {
    owner = process;
  }

  boolean isOf(int process) {
    return Objects.equals(owner, process);
  }

  @Nullable Integer owner() {
    return owner;
  }

  /**
   * Whether it is to be done all the same when its place is lost: what a person asked for is not
   * forgotten because the process was killed, and a live run is asked for again anyway.
   */
  boolean isStillWanted(String sameDefinition) {
    return sameDefinition.equals(definition) && outcome == Outcome.PARTIAL && kind != RunKind.SYNC;
  }

  /** Goes on under its id as if it had read nothing, which it has not any more. */
  void resumeFromTheStart(Instant now) {
    resume(now);
    nextPage = null;
    placeKeptAt = null;
    latestUpdate = null;
    totalShrank = false;
    netRecords = 0;
    seen = 0;
    seenThere = 0;
    returned = 0;
    pages = 0;
    versions = RunVersions.NONE;
    count(Counts.NONE);
  }

  void resume(Instant now) {
    outcome = Outcome.RUNNING;
    reason = null;
    finishedAt = null;
    continuesAt = null;
    needsAuthorisation = false;
    if (ClockPutBack.isShownBy(startedAt, now)) {
      startedAt = now; // or what it brings would be as of a time that is yet to come
    }
  }

  /**
   * One more page was stored.
   *
   * @param run as the caller knows it; it may have got something to say
   * @param net how many more records there are because of the page
   * @param now when the page came
   */
  void advance(
      SyncRun run,
      Counts page,
      @Nullable String next,
      @Nullable Instant latest,
      long net,
      Instant now) {
    if (!Objects.equals(run.cursor(), nextPage)) {
      throw new IllegalStateException(
          "run %d is not where its page was read from; it is at %s".formatted(run.id(), nextPage));
    }
    SyncRun after = asRun().after(page, next);
    Long total = page.total();
    totalShrank |= sourceTotal != null && total != null && total < sourceTotal;
    reason = run.reason();
    nextPage = after.cursor();
    placeKeptAt = now;
    pages++;
    count(after.counts());
    netRecords += net;
    if (latest != null && (latestUpdate == null || latest.isAfter(latestUpdate))) {
      latestUpdate = latest;
    }
  }

  /** These changes were stored. */
  void wrote(List<PageChanges.Change> changes) {
    versions = RunVersions.after(versions, id(), changes);
  }

  /**
   * Of a run that reads everything: what a page adds to the different ids it has seen.
   *
   * @param there how many more of the ids seen have a record, after the page
   */
  void sees(long ids, long there) {
    seen += ids;
    seenThere += there;
  }

  /** Of a census: it saw ids of records that were taken for gone. */
  void seesAgain(long ids) {
    returned += ids;
  }

  /** Of how many ids the record was taken for gone. */
  long returned() {
    return returned;
  }

  /** Records that a run which reads everything did not see have ended. */
  void lost(long unseen) {
    removed += unseen;
    netRecords -= unseen;
  }

  /** Why a record that was not seen may be there all the same; null where there is no doubt. */
  @Nullable String doubt() {
    if (rejected > 0) {
      return "nothing was taken as removed while items are rejected";
    }
    if (seen < itemsRead) {
      return "a record came twice, so pages may have shifted; nothing was taken as removed";
    }
    return totalShrank
        ? "the source's total shrank, so pages may have shifted; nothing was taken as removed"
        : null;
  }

  /** Of a run that reads everything: of how many ids the record is not there. */
  long unknown() {
    return seen - seenThere;
  }

  void interrupt(String why, Instant now) {
    end(Outcome.PARTIAL, why, now);
  }

  /** It stopped, and its source is to be left alone until then, where a time is given. */
  void interrupt(String why, @Nullable Instant until, Instant now) {
    interrupt(why, now);
    continuesAt = until;
  }

  /** Its source refused the credentials, and is to be left alone until then. */
  void refuse(String why, boolean keepsPlace, Instant until, Instant now) {
    fail(why, keepsPlace, now);
    continuesAt = until;
    needsAuthorisation = true;
  }

  void fail(String why, boolean keepsPlace, Instant now) {
    end(Outcome.FAILED, why, now);
    placeKeptAt = keepsPlace ? placeKeptAt : null;
  }

  /** It is complete, and waits for a person. */
  void hold(String why, Instant now) {
    end(Outcome.HELD, why, now);
  }

  /** A person decided that it is not published; what it stored is thrown away. */
  void discard(String why, Instant now) {
    end(Outcome.DISCARDED, why, now);
    placeKeptAt = null;
  }

  /** A person lets it be published. */
  void release(String why) {
    outcome = Outcome.RUNNING;
    reason = why;
  }

  /**
   * What it stored is thrown away. One that had failed keeps its own reason; what was sent to us
   * and was cut off may still come again, so that it is not answered as one that failed.
   */
  boolean abandon(String why, Instant now) {
    placeKeptAt = null;
    boolean mayComeAgain = triggeredBy == Trigger.PUSH;
    if (outcome.isInVain() || mayComeAgain && !isRunning()) {
      return false;
    }
    continuesAt = null;
    if (mayComeAgain) {
      end(Outcome.PARTIAL, "broke off; goes on when the same is sent again", now);
      return true;
    }
    end(Outcome.FAILED, reason == null ? why : why + "; before: " + reason, now);
    return true;
  }

  /** Everything is complete. */
  void publish(@Nullable String why, Instant now) {
    placeKeptAt = null;
    versions = RunVersions.sealed(versions);
    boolean nothing = itemsRead == 0 && removed == 0;
    end(nothing ? Outcome.OK_EMPTY : Outcome.OK, why, now);
  }

  SyncRun asRun() {
    return new SyncRun(
        id(),
        source,
        kind,
        triggeredBy,
        outcome,
        reason,
        startedAt,
        finishedAt,
        sinceAt,
        untilAt,
        nextPage,
        new Counts(itemsRead, created, changed, unchanged, removed, rejected, sourceTotal),
        continuesAt,
        needsAuthorisation);
  }

  RunRow asRow() {
    return new RunRow(asRun(), definition, outcome.isWell() ? versions : null);
  }

  long id() {
    return Objects.requireNonNull(id, "a run has an id once it is stored");
  }

  String definition() {
    return Objects.requireNonNull(definition, "a run that began has a definition");
  }

  RunKind kind() {
    return kind;
  }

  boolean isHeld() {
    return outcome == Outcome.HELD;
  }

  /** Whether it stopped somewhere in the middle. */
  boolean wasCutOff() {
    return outcome == Outcome.RUNNING || outcome == Outcome.PARTIAL;
  }

  boolean isRunning() {
    return outcome == Outcome.RUNNING;
  }

  boolean readsEverything() {
    return sinceAt == null;
  }

  /**
   * Whether it asked for all that has changed then, and not just for what was sent.
   *
   * @param from null: at any time
   * @param to null: until now
   */
  boolean readsAgain(@Nullable Instant from, @Nullable Instant to) {
    boolean asEarly = sinceAt == null || from != null && !sinceAt.isAfter(from);
    boolean asLate = untilAt == null || to != null && !untilAt.isBefore(to);
    boolean asksForRecords =
        kind != RunKind.CENSUS && (triggeredBy != Trigger.PUSH || readsEverything());
    return asEarly && asLate && asksForRecords;
  }

  /**
   * Whether it read all at one moment, so that no record can have moved from page to page. Where
   * the source does not tell how many records there are, one page is that only if all that are
   * known were on one page before: the address of the next one may have been lost.
   *
   * @param look the look before; null where there is none
   * @param known how many records were known before this run
   */
  boolean isOfOneMoment(@Nullable StoredRun look, long known) {
    boolean isCensus = kind == RunKind.CENSUS;
    boolean wasOnePage =
        look != null
            && look.pages == 1
            && look.itemsRead >= known
            && look.definition().equals(definition())
            && isCensus == (look.kind == RunKind.CENSUS);
    return pages == 1 && (sourceTotal != null || triggeredBy == Trigger.PUSH || wasOnePage);
  }

  /** Whether it would have brought any record there is. */
  boolean looksForAll() {
    return readsEverything() && doubt() == null;
  }

  /**
   * Whether a change of this time is one that an earlier run should have brought, since none that
   * asks for what changed would bring it any more.
   *
   * @param changedAt null where the source does not tell
   */
  boolean shouldHaveCome(@Nullable Instant changedAt) {
    return dueAt != null && (changedAt == null || changedAt.isBefore(dueAt));
  }

  Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant latestUpdate() {
    return latestUpdate;
  }

  long netRecords() {
    return netRecords;
  }

  /** Of how many of the different ids seen the record is there. */
  long seenThere() {
    return seenThere;
  }

  private void end(Outcome how, @Nullable String why, Instant now) {
    outcome = how;
    reason = why;
    finishedAt = now;
  }

  private void count(Counts counts) {
    itemsRead = counts.read();
    created = counts.created();
    changed = counts.changed();
    unchanged = counts.unchanged();
    removed = counts.removed();
    rejected = counts.rejected();
    sourceTotal = counts.total();
  }
}
