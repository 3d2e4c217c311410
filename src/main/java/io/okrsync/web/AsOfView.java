package io.okrsync.web;

import io.okrsync.audit.Belief;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Statement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was believed at a moment, and how it has changed since.
 *
 * @param asked as it was written
 * @param problem why nothing can be shown; null where it can
 * @param at when that was: several where a day ended at different times, for cycles of several
 *     zones
 */
public record AsOfView(String asked, @Nullable String problem, List<Moment> at, List<Row> rows) {
  /**
   * @param at of which moment this is; null where all rows are of the same
   * @param asked what was asked for then
   * @param reason why there was no new value, or who put it there; null where it was read
   * @param receipt where the reading is; null where there was none
   * @param change how the value has changed since; empty where it has not
   * @param why where that change is explained
   */
  public record Row(
      String title,
      String address,
      @Nullable Moment at,
      Amount value,
      String asked,
      String progress,
      String weight,
      @Nullable String reason,
      @Nullable String receipt,
      @Nullable Moment since,
      String change,
      String why,
      boolean restated) {}

  static AsOfView refused(String asked, String problem) {
    return new AsOfView(asked, problem, List.of(), List.of());
  }

  static AsOfView of(String asked, List<Belief> beliefs, Moments moments) {
    List<Moment> at = beliefs.stream().map(Belief::at).distinct().map(moments::exact).toList();
    return new AsOfView(
        asked, null, at, beliefs.stream().map(each -> row(each, at.size() > 1, moments)).toList());
  }

  private static Row row(Belief belief, boolean dated, Moments moments) {
    Standing then = belief.standing();
    KeyResult keyResult = then.keyResult();
    BigDecimal change = belief.change();
    Instant since = belief.since();
    return new Row(
        keyResult.title(),
        Addresses.keyResult(keyResult.id()),
        dated ? moments.exact(belief.at()) : null,
        exact(then),
        new GoalText(then).asked(),
        Figures.percent(then.progress()),
        Figures.readable(then.weight()),
        reason(then),
        belief.reading() == null ? null : Addresses.reading(belief.reading()),
        since == null ? null : moments.exact(since),
        change == null || change.signum() == 0 ? "" : Figures.exactMove(change),
        Addresses.since(keyResult.id(), belief.changedFrom()),
        belief.isRestated());
  }

  /** With all digits, but for a score, which is written as scores are. */
  private static Amount exact(Standing then) {
    return then.marks().child() == null
        ? Amount.exact(then.value(), then.keyResult().unit())
        : Amount.of(then);
  }

  private static @Nullable String reason(Standing then) {
    Statement override = then.marks().override();
    if (override == null) {
      return then.reason();
    }
    BigDecimal read = then.otherwise();
    return "put by %s until %s: %s%s"
        .formatted(
            override.by(),
            override.until(),
            override.reason(),
            read == null ? "" : "; " + Figures.exact(read) + " was read");
  }
}
