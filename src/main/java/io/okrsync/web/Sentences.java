package io.okrsync.web;

import io.okrsync.okr.Forecast;
import io.okrsync.okr.Grades;
import io.okrsync.okr.KeyResult;
import io.okrsync.sync.Balance;
import io.okrsync.sync.Counts;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import io.okrsync.sync.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What pages and answers say in whole sentences. */
final class Sentences {
  /** As {@link io.okrsync.okr.Status} derives it. */
  static final String STATUS_RULE =
      "On track: going on like this would end as good progress; off track: as far off.";

  /** The same with the numbers that hold for a key result. */
  static String statusRule(Grades grades) {
    return "On track: at least %s of the progress expected for now; off track: at most %s."
        .formatted(Figures.percent(grades.good()), Figures.percent(grades.farOff()));
  }

  static final String CONFIDENCE =
      "How sure a person is that it will be reached: 1 and 2 are red, 3 is yellow, 4 and 5 are"
          + " green. The computed status does not go by it.";

  private Sentences() {}

  static String unknownSource(String name, @Nullable String nearest) {
    String sentence = "No source is called '" + name + "'";
    return nearest == null ? sentence : sentence + "; did you mean '" + nearest + "'?";
  }

  static String askedBy(Trigger trigger) {
    return switch (trigger) {
      case MANUAL -> "Asked for by a person";
      case SCHEDULE -> "Asked for by its schedule";
      case PUSH -> "Sent by the source";
    };
  }

  static String forecast(Forecast forecast, KeyResult keyResult) {
    String unit = keyResult.unit();
    String reached =
        forecast.reachedOn() == null
            ? ""
            : "; the target would be reached on " + Moments.day(forecast.reachedOn());
    return "Forecast for %s: %s (%s to %s), if the days to come are like the %d so far%s."
        .formatted(
            Moments.day(keyResult.cycle().to()),
            Figures.withUnit(forecast.value(), unit),
            Figures.beside(forecast.low(), unit),
            Figures.withUnit(forecast.high(), unit),
            forecast.days(),
            reached);
  }

  /** The pages that are missing count too, so only a run that has all of them can be judged. */
  static String balance(SyncRun run) {
    Counts counts = run.counts();
    if (!run.readToTheEnd()) {
      return "Its counts are compared once it has read to the end.";
    }
    if (counts.balance() instanceof Balance.Off off) {
      return "The counts do not balance: " + off.reason() + ".";
    }
    String sum =
        "The counts balance: %d read = %d new + %d changed + %d unchanged + %d rejected"
            .formatted(
                counts.read(),
                counts.created(),
                counts.changed(),
                counts.unchanged(),
                counts.rejected());
    return counts.total() == null ? sum + "." : sum + ", and the source says there are as many.";
  }

  private static String done(SyncRun run) {
    return run.counts().rejected() == 0
        ? done(run.kind())
        : "%s %s %s not be read and %s left out; %s, and the log names them."
            .formatted(
                done(run.kind()),
                RunRow.count(run.counts().rejected()),
                run.counts().rejected() == 1 ? "item could" : "items could",
                run.counts().rejected() == 1 ? "is" : "are",
                run.kind() == RunKind.SYNC
                    ? "each run tries again"
                    : "within a day everything is read, to try again");
  }

  private static String done(RunKind kind) {
    return switch (kind) {
      case SYNC, RECONCILE -> "Its records are published.";
      case BACKFILL -> "Its records are published; later runs read on from where they were.";
      case CENSUS -> "What is gone counts no more from now on; nothing else has changed.";
    };
  }

  private static String failed(SyncRun run) {
    String values = "Nothing was published, so the values stay as they were, and age.";
    if (run.needsAuthorisation()) {
      return values
          + " The source needs authorisation: give it other credentials as the reason says. It is"
          + " asked again as soon as they are there, or when you ask for it.";
    }
    return switch (run.kind()) {
      case SYNC -> values;
      case RECONCILE -> values + " Everything is read again in an hour; until then, what changed.";
      case CENSUS -> "Nothing was removed. The ids are listed again in an hour.";
      case BACKFILL ->
          "Nothing of it was published. Ask for it again when what the reason says is repaired.";
    };
  }

  /**
   * @param source null where it is configured no more
   */
  static String next(SyncRun run, Moments moments, @Nullable SourceRow source) {
    Instant nextRun = source == null ? null : source.nextRun();
    String then =
        nextRun == null ? "" : " The next run is due " + moments.due(nextRun).text() + ".";
    var continuesAt = run.continuesAt();
    if (continuesAt != null && run.waits(moments.now())) {
      then = " It continues at %s.".formatted(moments.at(continuesAt).text());
    }
    return switch (run.outcome()) {
      case RUNNING ->
          atWork(source, moments)
              + " Values move when it has read everything and its counts balance.";
      case OK -> done(run) + then;
      case OK_EMPTY -> "The source was read and had nothing new, so the values stay." + then;
      case PARTIAL ->
          run.trigger() == Trigger.PUSH
              ? "Nothing of it is published, and the values stay. It goes on when the same is sent"
                  + " again; anything else that is sent takes its place."
              : "Nothing is published yet, the values stay, and what was read is kept: it goes on"
                  + " from there by itself."
                  + then;
      case HELD ->
          "Nothing is published and the values stay, and no other run of this source begins, until"
              + " you decide: releasing it publishes it as it is; discarding it undoes it, and %s."
                  .formatted(run.whenDiscarded());
      case FAILED -> failed(run) + then;
      case DISCARDED -> "Nothing of it is kept, and the values stayed as they were." + then;
      case SKIPPED ->
          isBehindHeld(run)
              ? "The values stay as they were, and no other run of this source begins until a"
                  + " person has decided about that one."
              : "The values stay as they were." + then;
    };
  }

  /** No other run of a source is at work, so what the source waits for is what this one does. */
  private static String atWork(@Nullable SourceRow source, Moments moments) {
    SourceRow.Wait wait = source == null ? null : source.waiting();
    return wait == null
        ? "It is at work."
        : "It waits, and %s.".formatted(wait.inWords(moments.at(wait.until()).text()));
  }

  private static boolean isBehindHeld(SyncRun run) {
    Reason reason = Reason.ofNullable(run.reason());
    return reason != null && reason.after().startsWith(" is held: ");
  }
}
