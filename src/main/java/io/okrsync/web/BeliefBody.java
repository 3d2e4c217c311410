package io.okrsync.web;

import io.okrsync.audit.Belief;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was believed of a key result at a moment, as the API and the command line give it. */
record BeliefBody(
    String keyResult,
    String title,
    String cycle,
    String at,
    @Nullable BigDecimal value,
    String unit,
    Map<String, String> goal,
    @Nullable BigDecimal progress,
    @Nullable String reason,
    @Nullable Long reading,
    @Nullable String since,
    long configVersion,
    @Nullable BigDecimal now,
    boolean restated) {
  static BeliefBody of(Belief belief) {
    return new BeliefBody(
        belief.keyResult().id(),
        belief.keyResult().title(),
        belief.keyResult().cycle().id(),
        belief.at().toString(),
        belief.value(),
        belief.keyResult().unit(),
        belief.keyResult().goal().told(),
        belief.progress(),
        belief.reason(),
        belief.reading(),
        Json.time(belief.since()),
        belief.configVersion(),
        belief.now(),
        belief.isRestated());
  }
}
