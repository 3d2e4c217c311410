package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key result as the API gives it. What is not known yet is null; no key is ever missing.
 *
 * @param objective the id of its objective
 * @param progress 0 at the baseline and 1 at the target, unclamped
 * @param score progress kept in 0..1
 * @param expected the progress expected for now, 0..1
 * @param pace the value expected for now
 * @param cycle the id of its cycle
 */
record KeyResultBody(
    String id,
    String title,
    String objective,
    @Nullable BigDecimal value,
    String unit,
    BigDecimal baseline,
    BigDecimal target,
    @Nullable BigDecimal progress,
    @Nullable BigDecimal score,
    String status,
    String freshness,
    @Nullable String readAt,
    @Nullable String reason,
    BigDecimal expected,
    BigDecimal pace,
    String cycle,
    String formula,
    BigDecimal weight) {

  static KeyResultBody of(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    return new KeyResultBody(
        keyResult.id(),
        keyResult.title(),
        keyResult.objective(),
        standing.value(),
        keyResult.unit(),
        keyResult.baseline(),
        keyResult.target(),
        standing.progress(),
        standing.score(),
        standing.status().label(),
        standing.freshness().name().toLowerCase(Locale.ROOT),
        Json.time(standing.readAt()),
        standing.reason(),
        standing.elapsed(),
        keyResult.valueOnPace(standing.elapsed()),
        keyResult.cycle().id(),
        keyResult.formula(),
        keyResult.weight());
  }
}
