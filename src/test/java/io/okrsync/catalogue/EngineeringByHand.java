package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.mean;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The key results of engineering, each computed by loops. */
final class EngineeringByHand extends ByHand {
  EngineeringByHand() {
    of("crash-free", w -> w.ever().gauge("crash-free sessions of the newest release").latest());
    of("test-coverage", w -> w.ever().gauge("test coverage").latest());
    of(
        "bugs-a-month",
        w ->
            mean(
                w.months(),
                month ->
                    month.of("issues").is("type", "Bug").in("createdAt", month.cycle).count()));
    of(
        "velocity",
        w ->
            over(
                w.of("issues")
                    .is("category", "done")
                    .has("points")
                    .in("sprintEndedAt", w.cycle)
                    .sum("points"),
                w.of("issues").in("sprintEndedAt", w.cycle).distinct("sprintEndedAt")));
    of("review-time-30", w -> times(number(24), reviewDays(w)));
    of(
        "blocked-by-design",
        w ->
            percent(
                w.of("issues")
                    .is("type", "Feature")
                    .labelled("blocked-by-design")
                    .in("dueAt", w.cycle)
                    .count(),
                w.of("issues").is("type", "Feature").in("dueAt", w.cycle).count()));
  }

  private static @Nullable BigDecimal reviewDays(World w) {
    return w.of("issues")
        .is("type", "Pull request")
        .has("approvedAt")
        .has("reviewRequestedAt")
        .in("resolvedAt", w.cycle)
        .mean(row -> row.daysBetween("reviewRequestedAt", "approvedAt"));
  }
}
