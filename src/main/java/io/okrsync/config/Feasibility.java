package io.okrsync.config;

import io.okrsync.connector.Limits;
import io.okrsync.connector.Source;
import io.okrsync.lint.Level;
import io.okrsync.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/** Whether the limits of a source leave room for its schedule. */
final class Feasibility {
  private Feasibility() {}

  /**
   * What cannot be kept.
   *
   * @param section what stands in the file about the source
   */
  static List<Remark> remarks(Section section, Source source, Schedule schedule) {
    List<Remark> remarks = new ArrayList<>();
    Limits limits = source.limits();
    int runs = schedule.timesOfADay();
    if (limits.perDay() != null && limits.perDay() < runs) {
      remarks.add(
          remark(
              "budget-too-small",
              section.get(SourceKeys.REQUEST_LIMITS).orElse(section).place("perDay"),
              "is less than the %d runs of a day need, at one request each".formatted(runs),
              "the rest of each day '%s' is not read; read it less often, or allow more"
                  .formatted(source.name())));
    }
    if (source.freshness().error().compareTo(schedule.shortestPause()) <= 0) {
      remarks.add(
          remark(
              "freshness-too-short",
              section.get(SourceKeys.FRESHNESS).orElse(section).place("error"),
              "is no longer than the time from one run to the next",
              "values of '%s' are outdated before it is read again; allow more, or read it more often"
                  .formatted(source.name())));
    }
    return remarks;
  }

  private static Remark remark(String check, Place place, String what, String hint) {
    return new Remark(check, Level.WARNING, place.problem(what, hint));
  }
}
