package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Freshness;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Status;
import io.okrsync.store.KeyResultReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key result on the page of objectives.
 *
 * @param age how old what we know is; null where the time of reading or the status says it
 * @param readAt when its sources were last read; null where one has never been
 * @param reason why there is no new value; null where all is well
 * @param line null while there are not two readings
 * @param move the last change of the value; null before the second value
 * @param checkIn what a person said last; null while nobody did
 */
public record KeyResultCard(
    String id,
    String address,
    String title,
    Amount value,
    Badge status,
    ProgressBar bar,
    String from,
    String to,
    String progress,
    String expected,
    @Nullable Badge age,
    @Nullable Moment readAt,
    @Nullable String reason,
    @Nullable Sparkline line,
    @Nullable Move move,
    @Nullable CheckInRow checkIn) {

  /**
   * How the value changed, such as {@code +3}, and when.
   *
   * @param verdict whether that is towards the target: {@code better} or {@code worse}
   */
  public record Move(String text, String verdict, Moment at) {}

  /**
   * @param readings newest first
   * @param checkIns newest first
   */
  static KeyResultCard of(
      Standing standing, List<KeyResultReading> readings, List<CheckIn> checkIns, Moments moments) {
    KeyResult keyResult = standing.keyResult();
    String unit = keyResult.unit();
    var progress = standing.progress();
    var readAt = standing.readAt();
    return new KeyResultCard(
        keyResult.id(),
        Addresses.keyResult(keyResult.id()),
        keyResult.title(),
        Amount.of(standing.value(), unit),
        Badge.of(standing.status()),
        ProgressBar.of(standing),
        Figures.beside(keyResult.baseline(), unit),
        Figures.withUnit(keyResult.target(), unit),
        progress == null ? "–" : Figures.percent(progress),
        Figures.percent(standing.elapsed()),
        said(standing) ? null : Badge.of(standing.freshness()),
        readAt == null ? null : moments.relative(readAt),
        standing.reason(),
        Sparkline.of(readings, moments.now()),
        move(keyResult, readings, moments),
        CheckInRow.newest(checkIns, standing.status(), moments));
  }

  private static boolean said(Standing standing) {
    return standing.freshness() == Freshness.FRESH || standing.status() == Status.OUTDATED;
  }

  private static @Nullable Move move(
      KeyResult keyResult, List<KeyResultReading> readings, Moments moments) {
    for (KeyResultReading reading : readings) {
      var from = reading.previous();
      var to = reading.value();
      if (from != null && to != null && from.compareTo(to) != 0) {
        boolean better = keyResult.progress(to).compareTo(keyResult.progress(from)) > 0;
        return new Move(
            Figures.signed(to.subtract(from), to),
            better ? "better" : "worse",
            moments.relative(reading.at()));
      }
    }
    return null;
  }
}
