package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.minus;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.plus;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.before;
import static io.okrsync.catalogue.Shared.churn;
import static io.okrsync.catalogue.Shared.cost;
import static io.okrsync.catalogue.Shared.customers;
import static io.okrsync.catalogue.Shared.finished;
import static io.okrsync.catalogue.Shared.leastOf;
import static io.okrsync.catalogue.Shared.mostOf;
import static io.okrsync.catalogue.Shared.newCustomers;
import static io.okrsync.catalogue.Shared.revenue;
import static io.okrsync.catalogue.Shared.tasks;
import static io.okrsync.catalogue.Shared.userRetention;

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
    of("new-customers-company", w -> newCustomers(w));
    of(
        "cac",
        w -> over(cost(w, "ads", "events", "content", "sales", "onboarding"), newCustomers(w)));
    of("churn", w -> churn(w));
    of("mrr", w -> minus(recurring(w, "startedAt"), recurring(w, "canceledAt")));
    of(
        "customer-lifetime-value",
        w ->
            over(
                times(
                    number("0.7"),
                    over(
                        minus(recurring(w, "startedAt"), recurring(w, "canceledAt")),
                        minus(
                            customers(w.ever(), "startedAt"), customers(w.ever(), "canceledAt")))),
                over(churn(w), number(300))));
    of(
        "net-revenue-retention",
        w ->
            percent(
                plus(
                    recurringBefore(w),
                    minus(ofOldCustomers(w, "startedAt"), ofOldCustomers(w, "canceledAt"))),
                recurringBefore(w)));
    of("expansion", w -> ofOldCustomers(w, "startedAt"));
    of(
        "overdue-tasks",
        w ->
            w.of("issues")
                .has("category")
                .where(row -> !row.is("category", "done"))
                .in("dueAt", w.toDate().ever().cycle)
                .count());
    of(
        "own-at-risk",
        w ->
            w.of("own_key_results")
                .is("status", "at risk")
                .in("at", w.ever().cycle)
                .distinct("name"));
    of(
        "own-progress",
        w ->
            leastOf(
                w.of("own_key_results").has("value").in("at", w.ever().cycle).by("team"),
                team -> team.mean(row -> row.number("value"))));
    of("employees", w -> w.ever().gauge("employees").latest());
    of(
        "production-efficiency",
        w -> over(w.gauge("output").sum("value"), w.ever().gauge("employees").latest()));
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
    of(
        "weekly-active-growth",
        w -> w.of("usage").in("doneAt", w.last(7).cycle).distinct("contact"));
    of("user-retention-25", w -> userRetention(w));
    of("churn-15", w -> churn(w));
    of(
        "hours-each",
        w ->
            mostOf(
                w.of("issues").has("hours").in("resolvedAt", w.cycle).by("assignee"),
                person -> person.sum("hours")));
    of("exit-survey", w -> tasks(w, "WORK-18"));
    of("cancellation-flow", w -> tasks(w, "WORK-19"));
    of("churned-users-asked", w -> tasks(w, "WORK-20"));
    of("churn-5-to-3", w -> churn(w));
    of("churn-down-15", w -> churn(w));
    of("annual-revenue-2500000", w -> revenue(w.inYear()));
    of("annual-revenue-3000000", w -> revenue(w.inYear()));
    of(
        "hours-per-employee",
        w ->
            over(
                w.of("people").has("hours").in("doneAt", w.inYear().cycle).sum("hours"),
                w.inYear().ever().gauge("employees").latest()));
  }

  private static @Nullable BigDecimal recurringBefore(World w) {
    return minus(recurring(before(w), "startedAt"), recurring(before(w), "canceledAt"));
  }

  private static @Nullable BigDecimal ofOldCustomers(World w, String at) {
    Rows old = w.of("subscriptions").is("currency", "USD").in("startedAt", before(w).cycle);
    return monthly(
        w.of("subscriptions")
            .is("currency", "USD")
            .in(at, w.cycle)
            .among("customer", old.keys("customer")));
  }

  private static @Nullable BigDecimal recurring(World w, String at) {
    return monthly(w.of("subscriptions").is("currency", "USD").in(at, w.ever().cycle));
  }

  private static @Nullable BigDecimal monthly(Rows contracts) {
    return contracts.sum(
        row ->
            row.is("plan", "yearly")
                ? over(row.number("amount"), number(12))
                : row.number("amount"));
  }
}
