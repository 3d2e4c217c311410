package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.minus;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.churn;
import static io.okrsync.catalogue.Shared.done;
import static io.okrsync.catalogue.Shared.finished;
import static io.okrsync.catalogue.Shared.replyDays;
import static io.okrsync.catalogue.Shared.userRetention;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The key results of product, each computed by loops. */
final class ProductByHand extends ByHand {
  ProductByHand() {
    of(
        "feature-adoption",
        w ->
            percent(
                w.of("usage").is("type", "dashboard").in("doneAt", w.cycle).distinct("contact"),
                w.of("usage").in("doneAt", w.cycle).distinct("contact")));
    of(
        "activation-rate",
        w ->
            percent(
                w.of("users").in("createdAt", w.cycle).has("activatedAt").count(),
                w.of("users").in("createdAt", w.cycle).count()));
    of("user-retention", w -> userRetention(w));
    of(
        "time-to-value",
        w ->
            w.of("users")
                .in("firstValueAt", w.cycle)
                .mean(row -> row.daysBetween("createdAt", "firstValueAt")));
    of(
        "retention-30-days",
        w ->
            percent(
                thirtyDaysOld(w.toDate())
                    .where(
                        row ->
                            row.has("lastActiveAt")
                                && !row.isBefore("lastActiveAt", "createdAt", 30))
                    .count(),
                thirtyDaysOld(w.toDate()).count()));
    of(
        "onboarding-80",
        w ->
            percent(
                w.of("users").in("createdAt", w.cycle).has("onboardedAt").count(),
                w.of("users").in("createdAt", w.cycle).count()));
    of(
        "satisfaction-9",
        w ->
            w.of("responses")
                .is("survey", "satisfaction")
                .in("at", w.cycle)
                .has("score")
                .mean(row -> row.number("score")));
    of("reply-time-10", w -> times(number(24), replyDays(w)));
    of("conversion-2", w -> times(number(100), conversion(w)));
    of("customer-retention-20", w -> minus(number(100), churn(w)));
    of("customers-interviewed", w -> done(w, "interview").distinct("contact"));
    of("user-videos", w -> finished(w, "user-video").count());
    of("training-sessions", w -> finished(w, "training-session").count());
    of("requirements-reviewed", w -> finished(w, "requirements-review").count());
  }

  private static Rows thirtyDaysOld(World w) {
    return w.of("users").due("createdAt", 30, w.cycle);
  }

  private static @Nullable BigDecimal conversion(World w) {
    return over(
        w.points("analytics", "landing page conversions").sum("value"),
        w.points("analytics", "landing page visits").sum("value"));
  }
}
