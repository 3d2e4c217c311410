package io.okrsync.schedule;

import io.okrsync.sync.ClockPutBack;
import io.okrsync.sync.Concern;
import io.okrsync.sync.Concern.Kind;
import io.okrsync.sync.Outcome;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.UtcTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a schedule expects with the runs that are stored. It asks neither the scheduler nor
 * any state of it, so that it notices one that is dead.
 */
public final class Concerns {
  /** How many of the latest runs that began, newest first, are enough to judge. */
  public static final int RUNS = 20;

  /** A firing may come this much late before anybody is told. */
  private static final Duration GRACE = Duration.ofMinutes(2);

  private static final String AUTHORISE =
      "run %d was refused, and says what to do; it is asked again as soon as there are other"
          + " credentials, otherwise once an hour";

  private static final String CLOCK =
      "a run of it began at %s, a time that is yet to come, so a clock was put back; see whether"
          + " the clock is right now%s";

  private static final String ASKED = "; it is asked by the clock of now";

  private static final String OUTDATED = "; its values are shown as outdated until it is %s again";

  private static final String OVERDUE =
      "should have been asked for at %s and was not; see whether the service runs, and restart it"
          + " if it does";

  private static final int EMPTY_IN_A_ROW = 3;
  private static final int ENOUGH_TO_COMPARE = 5;
  private static final int TIMES_FASTER = 10;

  /** Shorter runs differ too much among themselves. */
  private static final Duration LONG_ENOUGH_TO_COMPARE = Duration.ofSeconds(10);

  private Concerns() {}

  /**
   * What is the matter with a source; empty when nothing is.
   *
   * @param schedule null where it is not asked but sent to us
   * @param runs its latest {@value #RUNS} runs that began, newest first
   * @param readAt when its last published run began; null before the first
   * @param records how many records of it are known
   * @param incomplete its run that could not read some items, which none has read again since; null
   *     where nothing is missing
   * @param asks since when the schedule asks: what was missed before may not be made up for
   */
  public static List<Concern> of(
      @Nullable Schedule schedule,
      List<SyncRun> runs,
      @Nullable Instant readAt,
      long records,
      @Nullable SyncRun incomplete,
      Instant asks,
      Instant now) {
    if (schedule == null) {
      return clockPutBack(runs, readAt, now, "", "sent").stream().toList();
    }
    if (runs.isEmpty()) {
      String todo = "no run of it has begun yet; its schedule is %s".formatted(schedule.inWords());
      return List.of(new Concern(Kind.NEVER_ATTEMPTED, todo));
    }
    List<SyncRun> well =
        runs.stream().filter(run -> run.outcome().isWell() && run.kind().isLive()).toList();
    List<Concern> found = new ArrayList<>();
    needsAuthorisation(runs).ifPresent(found::add);
    incomplete(incomplete).ifPresent(found::add);
    clockPutBack(runs, readAt, now, ASKED, "read").ifPresent(found::add);
    Instant from = schedule.missed() == Missed.NONE ? asks : Instant.MIN;
    held(runs).or(() -> overdue(schedule, runs, from, now)).ifPresent(found::add);
    readNothing(well, records).ifPresent(found::add);
    tooFast(well).ifPresent(found::add);
    return List.copyOf(found);
  }

  private static Optional<Concern> clockPutBack(
      List<SyncRun> runs, @Nullable Instant readAt, Instant now, String next, String how) {
    boolean isOutdated = readAt != null && ClockPutBack.isShownBy(readAt, now);
    String then = isOutdated ? next + OUTDATED.formatted(how) : next;
    return Stream.concat(
            Optional.ofNullable(readAt).stream(), lastBegun(runs).map(SyncRun::startedAt).stream())
        .filter(it -> ClockPutBack.isShownBy(it, now))
        .max(Comparator.naturalOrder())
        .map(it -> new Concern(Kind.CLOCK_PUT_BACK, CLOCK.formatted(UtcTime.inWords(it), then)));
  }

  private static Optional<SyncRun> lastBegun(List<SyncRun> runs) {
    return runs.stream().findFirst();
  }

  private static Optional<Concern> needsAuthorisation(List<SyncRun> runs) {
    return lastBegun(runs)
        .filter(SyncRun::needsAuthorisation)
        .map(run -> new Concern(Kind.NEEDS_AUTHORISATION, AUTHORISE.formatted(run.id())));
  }

  private static Optional<Concern> incomplete(@Nullable SyncRun left) {
    return Optional.ofNullable(left)
        .map(
            run ->
                new Concern(
                    Kind.INCOMPLETE,
                    "run %d could not read %d of its %d items, and not all of that is read again since; it says which, why, and when it is"
                        .formatted(run.id(), run.counts().rejected(), run.counts().read())));
  }

  private static Optional<Concern> held(List<SyncRun> runs) {
    return runs.stream()
        .filter(run -> run.outcome() == Outcome.HELD)
        .findFirst()
        .map(run -> new Concern(Kind.HELD, SyncRun.held(run)));
  }

  private static Optional<Concern> overdue(
      Schedule schedule, List<SyncRun> runs, Instant from, Instant now) {
    if (runs.stream().anyMatch(run -> run.outcome() == Outcome.RUNNING)) {
      return Optional.empty();
    }
    List<SyncRun> known =
        runs.stream().filter(run -> !ClockPutBack.isShownBy(sign(run), now)).toList();
    return lastSign(known)
        .map(it -> later(schedule.after(later(it, from)), continuesAt(known)))
        .filter(due -> due.isBefore(now.minus(GRACE)))
        .map(due -> new Concern(Kind.OVERDUE, OVERDUE.formatted(UtcTime.inWords(due))));
  }

  /** Until then it is not asked for, whatever the schedule says. */
  private static Instant continuesAt(List<SyncRun> runs) {
    return lastBegun(runs).map(SyncRun::continuesAt).orElse(Instant.MIN);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** When a run last began or ended: a run that goes on keeps the time at which it first began. */
  private static Optional<Instant> lastSign(List<SyncRun> runs) {
    return runs.stream().map(Concerns::sign).max(Instant::compareTo);
  }

  private static Instant sign(SyncRun run) {
    return run.finishedAt() == null ? run.startedAt() : run.finishedAt();
  }

  private static Optional<Concern> readNothing(List<SyncRun> well, long records) {
    long empty = well.stream().takeWhile(run -> run.counts().read() == 0).count();
    if (empty < EMPTY_IN_A_ROW || records == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Concern(
            Kind.READ_NOTHING,
            "its last %d runs read nothing, though %s known; see whether anything changed in the tool meanwhile, and whether its token still sees everything"
                .formatted(
                    empty, records == 1 ? "1 record of it is" : records + " records of it are")));
  }

  private static Optional<Concern> tooFast(List<SyncRun> well) {
    if (well.isEmpty() || took(well.get(0)).isNegative()) {
      return Optional.empty(); // the clock was put back meanwhile
    }
    SyncRun last = well.get(0);
    List<SyncRun> alike = well.stream().skip(1).filter(run -> comparable(run, last)).toList();
    if (alike.size() < ENOUGH_TO_COMPARE) {
      return Optional.empty();
    }
    Duration usual = alike.stream().map(Concerns::took).sorted().toList().get(alike.size() / 2);
    boolean usuallyLong = usual.compareTo(LONG_ENOUGH_TO_COMPARE) >= 0;
    if (!usuallyLong || took(last).multipliedBy(TIMES_FASTER).compareTo(usual) > 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Concern(
            Kind.TOO_FAST,
            "run %d took %.1f s, and its runs usually take %d s; see whether it read all it should"
                .formatted(last.id(), took(last).toMillis() / 1000.0, usual.toSeconds())));
  }

  /**
   * A read of everything is compared with others of its kind; one of what changed only with those
   * that had no more to read, since less work explains less time.
   */
  private static boolean comparable(SyncRun run, SyncRun last) {
    return run.readsEverything()
        ? last.readsEverything()
        : !last.readsEverything() && run.counts().read() <= last.counts().read();
  }

  private static Duration took(SyncRun run) {
    return Duration.between(run.startedAt(), sign(run));
  }
}
