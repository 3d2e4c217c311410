package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Course;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Status;
import io.okrsync.store.KeyResultReading;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key result on the page of objectives.
 *
 * @param from where it begins; null of a limit to keep
 * @param to what is asked
 * @param margin how far a limit is from being broken; null where there is none
 * @param missing why nothing can be asked of the value yet; null where it can
 * @param notes what stands in place of the value that is read
 * @param below where the objective is whose score is the value; null where none is
 * @param age how old what we know is; null where the time of reading or the status says it
 * @param readAt when its sources were last read; null where one has never been
 * @param owner null where those answer for it who do for its objective
 * @param bar null where nothing is asked, and so nothing is done
 * @param obstacle why there is no new value; null where all is well
 * @param line null while there are not two readings
 * @param move the last change of the value; null before the second value
 * @param checkIn what a person said last; null while nobody did
 */
public record KeyResultCard(
    String id,
    String address,
    String title,
    @Nullable String owner,
    Amount value,
    Badge status,
    @Nullable ProgressBar bar,
    @Nullable String from,
    String to,
    @Nullable String margin,
    @Nullable String missing,
    List<String> notes,
    @Nullable String below,
    String progress,
    String expected,
    @Nullable Badge age,
    @Nullable Moment readAt,
    @Nullable Obstacle obstacle,
    @Nullable Sparkline line,
    @Nullable Move move,
    @Nullable CheckInRow checkIn) {

  /** Why there is no new value, or one of which something is missing, which the label tells. */
  public record Obstacle(String label, Reason reason) {
    private static final String INCOMPLETE = "incomplete: ";

    private static @Nullable Obstacle ofNullable(@Nullable String reason) {
      if (reason == null) {
        return null;
      }
      return reason.startsWith(INCOMPLETE)
          ? new Obstacle("Incomplete:", Reason.of(reason.substring(INCOMPLETE.length())))
          : new Obstacle("Not updated:", Reason.of(reason));
    }
  }

  /**
   * How the value changed, such as {@code +3}, and when.
   *
   * @param verdict whether that is towards what is asked: {@code better} or {@code worse}; empty
   *     while that is not known, and instead of better while the value is outdated
   */
  public record Move(String text, String verdict, Moment at) {}

  /**
   * @param readings newest first
   * @param checkIns newest first
   */
  static KeyResultCard of(
      Standing standing, List<KeyResultReading> readings, List<CheckIn> checkIns, Moments moments) {
    KeyResult keyResult = standing.keyResult();
    GoalText goal = new GoalText(standing);
    var readAt = standing.readAt();
    return new KeyResultCard(
        keyResult.id(),
        Addresses.keyResult(keyResult.id()),
        keyResult.title(),
        keyResult.terms().owner().orElse(null),
        Amount.of(standing),
        Badge.of(standing.status()),
        keyResult.isWatched() ? null : ProgressBar.of(standing),
        goal.from(),
        goal.to(),
        goal.margin(),
        standing.missing(),
        goal.notes(moments),
        keyResult.terms().child().map(Addresses::objective).orElse(null),
        Figures.percent(standing.progress()),
        Figures.percent(standing.expected()),
        said(standing) ? null : Badge.of(standing.freshness()),
        readAt == null ? null : moments.relative(readAt),
        Obstacle.ofNullable(standing.reason()),
        Sparkline.of(readings, moments.now()),
        move(standing, readings, moments),
        CheckInRow.newest(checkIns, standing.status(), moments));
  }

  private static boolean said(Standing standing) {
    return standing.freshness() == Freshness.FRESH
        || standing.freshness() == Freshness.NEVER_READ
        || standing.status() == Status.OUTDATED;
  }

  private static @Nullable Move move(
      Standing standing, List<KeyResultReading> readings, Moments moments) {
    for (KeyResultReading reading : readings) {
      var from = reading.previous();
      var to = reading.value();
      if (from != null && to != null && from.compareTo(to) != 0) {
        return new Move(
            Figures.signed(to.subtract(from), to),
            verdict(standing, from, to),
            moments.relative(reading.at()));
      }
    }
    return null;
  }

  private static String verdict(Standing standing, BigDecimal from, BigDecimal to) {
    Course course = standing.course();
    if (course == null) {
      return "";
    }
    if (course.compare(from, to) <= 0) {
      return "worse";
    }
    return standing.status() == Status.OUTDATED ? "" : "better";
  }
}
