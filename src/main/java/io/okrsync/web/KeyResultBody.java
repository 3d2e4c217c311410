package io.okrsync.web;

import io.okrsync.okr.KeyResult;
import io.okrsync.okr.Limit;
import io.okrsync.okr.Milestone;
import io.okrsync.okr.Standing;
import io.okrsync.okr.Way;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key result as the API gives it. What is not known yet is null; no key is ever missing.
 *
 * @param objective the id of its objective
 * @param owner who answers for it; null where those do who answer for its objective
 * @param progress 0 at the baseline and 1 at the target, unclamped
 * @param score progress kept in 0..1
 * @param expected the progress expected for now, 0..1
 * @param baseline null of a limit, and while it is not measured; so is the target
 * @param atLeast the lower limit to keep; null where there is none
 * @param atMost the upper limit to keep; null where there is none
 * @param baselineFrozenAt when it was measured; null where it is typed
 * @param pace the value expected for now; null of a limit, and while there is no baseline
 * @param cycle the id of its cycle
 * @param grade the score in words; null while there is none, and while the value is outdated
 * @param typed whether a person types the value
 * @param read what is read now, which an override or the final value may stand in for
 * @param closedAt when the final value was frozen; null before
 * @param indicator null where nothing is said
 * @param child the id of the objective whose score is the value; null where none is
 * @param doneBy the last day of a milestone; null where it is none
 * @param watch whether nothing is asked of the value, so that it counts into no score
 */
record KeyResultBody(
    String id,
    String title,
    String objective,
    @Nullable String owner,
    @Nullable BigDecimal value,
    String unit,
    @Nullable BigDecimal baseline,
    @Nullable BigDecimal target,
    @Nullable BigDecimal atLeast,
    @Nullable BigDecimal atMost,
    @Nullable String baselineFrozenAt,
    @Nullable BigDecimal progress,
    @Nullable BigDecimal score,
    String status,
    String freshness,
    @Nullable String readAt,
    @Nullable String reason,
    BigDecimal expected,
    @Nullable BigDecimal pace,
    String cycle,
    String formula,
    BigDecimal weight,
    @Nullable String grade,
    boolean typed,
    @Nullable BigDecimal read,
    @Nullable StatementBody override,
    @Nullable String closedAt,
    String ambition,
    @Nullable String indicator,
    @Nullable String child,
    @Nullable String doneBy,
    boolean watch) {

  static KeyResultBody of(Standing standing) {
    KeyResult keyResult = standing.keyResult();
    return new KeyResultBody(
        keyResult.id(),
        keyResult.title(),
        keyResult.objective(),
        keyResult.terms().owner().orElse(null),
        standing.value(),
        keyResult.unit(),
        standing.course() instanceof Way way ? way.baseline() : null,
        standing.course() instanceof Way way ? way.target() : null,
        standing.course() instanceof Limit limit ? limit.least() : null,
        standing.course() instanceof Limit limit ? limit.most() : null,
        Json.time(standing.baseline() == null ? null : standing.baseline().at()),
        standing.progress(),
        standing.score(),
        standing.status().label(),
        standing.freshness().name().toLowerCase(Locale.ROOT),
        Json.time(standing.readAt()),
        standing.reason() == null ? standing.missing() : standing.reason(),
        standing.expected(),
        standing.valueOnPace(),
        keyResult.cycle().id(),
        keyResult.formula(),
        standing.weight(),
        standing.grade() == null ? null : standing.grade().label(),
        keyResult.isTyped(),
        standing.read(),
        standing.marks().override() == null ? null : StatementBody.of(standing.marks().override()),
        Json.time(standing.marks().close() == null ? null : standing.marks().close().at()),
        lower(keyResult.terms().ambition()),
        keyResult.terms().indicator().map(KeyResultBody::lower).orElse(null),
        keyResult.terms().child().orElse(null),
        keyResult.goal() instanceof Milestone milestone ? milestone.by().toString() : null,
        keyResult.isWatched());
  }

  private static String lower(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
