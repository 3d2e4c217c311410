package io.okrsync.web;

import io.okrsync.okr.CheckIn;
import io.okrsync.okr.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about a key result, on a page.
 *
 * @param disagreement how it differs from what is computed now; null where it does not
 */
public record CheckInRow(
    Badge confidence,
    Moment at,
    String by,
    String wins,
    String blockers,
    @Nullable String disagreement) {

  static CheckInRow of(CheckIn said, Status status, Moments moments) {
    return new CheckInRow(
        Badge.of(said),
        moments.relative(said.at()),
        said.by(),
        said.wins(),
        said.blockers(),
        said.disagreement(status).orElse(null));
  }

  /** The newest; null while nobody has checked in. */
  static @Nullable CheckInRow newest(List<CheckIn> newestFirst, Status status, Moments moments) {
    return newestFirst.isEmpty() ? null : of(newestFirst.get(0), status, moments);
  }
}
