package io.okrsync.web;

import io.okrsync.audit.Belief;
import io.okrsync.okr.KeyResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was believed at a moment, beside what is known now.
 *
 * @param asked as it was written
 */
public record AsOfView(String asked, Moment at, List<Row> rows) {
  /**
   * @param reason why there was no new value; null where there was one
   * @param receipt where the reading is; null where there was none
   * @param change how the value has changed since; empty where it has not
   * @param why where that change is explained
   */
  public record Row(
      String title,
      String address,
      Amount value,
      String progress,
      @Nullable String reason,
      @Nullable String receipt,
      @Nullable Moment since,
      Amount now,
      String change,
      String why,
      boolean restated) {}

  static AsOfView of(String asked, Instant at, List<Belief> beliefs, Moments moments) {
    return new AsOfView(
        asked, moments.at(at), beliefs.stream().map(each -> row(each, moments)).toList());
  }

  private static Row row(Belief belief, Moments moments) {
    KeyResult keyResult = belief.keyResult();
    BigDecimal progress = belief.progress();
    BigDecimal change = belief.change();
    Instant since = belief.since();
    return new Row(
        keyResult.title(),
        Addresses.keyResult(keyResult.id()),
        Amount.of(belief.value(), keyResult.unit()),
        progress == null ? "–" : Figures.percent(progress),
        belief.reason(),
        belief.reading() == null ? null : Addresses.reading(belief.reading()),
        since == null ? null : moments.at(since),
        Amount.of(belief.now(), keyResult.unit()),
        change == null || change.signum() == 0 ? "" : Figures.signed(change, change),
        Addresses.since(keyResult.id(), belief.at()),
        belief.isRestated());
  }
}
