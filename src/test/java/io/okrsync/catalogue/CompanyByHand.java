package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.minus;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Shared.finished;
import static io.okrsync.catalogue.Shared.revenue;
import static io.okrsync.catalogue.Shared.tasks;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The key results of company, each computed by loops. */
final class CompanyByHand extends ByHand {
  CompanyByHand() {
    of("revenue", w -> revenue(w));
    of(
        "result",
        w ->
            minus(revenue(w), w.of("spend").is("currency", "USD").in("at", w.cycle).sum("amount")));
    of("mrr", w -> minus(recurring(w, "startedAt"), recurring(w, "canceledAt")));
    of(
        "overdue-tasks",
        w ->
            w.of("issues")
                .has("category")
                .where(row -> !row.is("category", "done"))
                .in("dueAt", w.toDate().ever().cycle)
                .count());
    of("employees", w -> w.gauge("employees").latest());
    of(
        "production-efficiency",
        w -> over(w.gauge("output").sum("value"), w.gauge("employees").latest()));
    of(
        "onboarding-days",
        w ->
            w.of("users")
                .has("onboardingAt")
                .in("onboardedAt", w.cycle)
                .mean(row -> row.daysBetween("onboardingAt", "onboardedAt")));
    of(
        "self-service-users",
        w -> w.of("usage").is("type", "self-service").in("doneAt", w.cycle).distinct("contact"));
    of("pricing-beta", w -> tasks(w, "WORK-17"));
    of("markets", w -> w.won().distinct("market"));
    of("requested-features", w -> finished(w, "customer-request").is("type", "Feature").count());
    of("exit-survey", w -> tasks(w, "WORK-18"));
    of("cancellation-flow", w -> tasks(w, "WORK-19"));
    of("churned-users-asked", w -> tasks(w, "WORK-20"));
    of("annual-revenue-2500000", w -> revenue(w.inYear()));
    of("annual-revenue-3000000", w -> revenue(w.inYear()));
    of(
        "hours-per-employee",
        w ->
            over(
                w.of("people").has("hours").in("doneAt", w.inYear().cycle).sum("hours"),
                w.inYear().gauge("employees").latest()));
  }

  private static @Nullable BigDecimal recurring(World w, String at) {
    return w.of("subscriptions")
        .is("currency", "USD")
        .in(at, w.ever().cycle)
        .sum(
            row ->
                row.is("plan", "yearly")
                    ? over(row.number("amount"), number(12))
                    : row.number("amount"));
  }
}
