package io.okrsync.web;

import io.okrsync.audit.Belief;
import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Standing;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was believed of a key result at a moment, as the API and the command line give it.
 *
 * @param read what was read then, which an override or the final value stood in for
 * @param reading the reading that said so
 */
record BeliefBody(
    String keyResult,
    String title,
    String objective,
    @Nullable String owner,
    String cycle,
    String at,
    @Nullable BigDecimal value,
    String unit,
    Map<String, String> goal,
    @Nullable BigDecimal progress,
    BigDecimal weight,
    @Nullable BigDecimal read,
    @Nullable StatementBody override,
    @Nullable String reason,
    @Nullable Long reading,
    @Nullable String since,
    long configVersion,
    @Nullable BigDecimal change,
    boolean restated) {
  static BeliefBody of(Belief belief) {
    Standing then = belief.standing();
    KeyResult keyResult = then.keyResult();
    return new BeliefBody(
        keyResult.id(),
        keyResult.title(),
        keyResult.objective(),
        keyResult.terms().owner().orElse(null),
        keyResult.cycle().id(),
        belief.at().toString(),
        then.value(),
        keyResult.unit(),
        keyResult.goal().told(),
        then.progress(),
        then.weight(),
        then.read(),
        then.marks().override() == null ? null : StatementBody.of(then.marks().override()),
        then.reason(),
        belief.reading(),
        Json.time(belief.since()),
        belief.configVersion(),
        belief.change(),
        belief.isRestated());
  }
}
