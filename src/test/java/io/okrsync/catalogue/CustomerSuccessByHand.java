package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.growth;
import static io.okrsync.catalogue.Numbers.minus;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.plus;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.before;
import static io.okrsync.catalogue.Shared.churn;
import static io.okrsync.catalogue.Shared.companiesBefore;
import static io.okrsync.catalogue.Shared.done;
import static io.okrsync.catalogue.Shared.nps;
import static io.okrsync.catalogue.Shared.replyDays;
import static io.okrsync.catalogue.Shared.scored;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;

/** The key results of customer success, each computed by loops. */
final class CustomerSuccessByHand extends ByHand {
  CustomerSuccessByHand() {
    of("csat-90", w -> percent(scored(w, "csat", 4, 5), scored(w, "csat", 0, 10)));
    of("complaints-15", w -> growth(complaints(w.toDate()), complaints(w.earlier().toDate())));
    of("nps-65", w -> nps(w));
    of("response-time-25", w -> times(number(24), replyDays(w)));
    of("nps-reported", w -> w.ever().gauge("nps").latest());
    of(
        "resolution-time",
        w ->
            times(
                number(24),
                w.of("tickets")
                    .in("resolvedAt", w.cycle)
                    .mean(row -> row.daysBetween("createdAt", "resolvedAt"))));
    of(
        "beta-to-paid",
        w ->
            w.of("changes")
                .is("field", "plan")
                .is("from", "beta")
                .is("to", "paid")
                .in("at", w.cycle)
                .distinct("recordId"));
    of("integration-milestone", w -> percent(onboarding(w, "integrated"), onboarding(w, "begun")));
    of(
        "drop-off",
        w ->
            percent(
                longOnboarded(w.toDate())
                    .where(
                        row ->
                            !row.has("lastActiveAt")
                                || row.isBefore("lastActiveAt", "onboardedAt", 90))
                    .count(),
                longOnboarded(w.toDate()).count()));
    of(
        "health-score",
        w ->
            plus(
                plus(
                    times(number("0.5"), w.ever().gauge("usage score").latest()),
                    times(number("0.3"), w.ever().gauge("support score").latest())),
                times(number("0.2"), w.ever().gauge("payment score").latest())));
    of(
        "key-customer-reviews",
        w ->
            percent(
                done(w, "review").is("company", "C1", "C2", "C3", "C4", "C5").distinct("company"),
                number(5)));
    of("upselling", w -> w.wonInDollars().among("company", companiesBefore(w)).sum("value"));
    of("retention", w -> minus(number(100), churn(w)));
    of(
        "valued-retention-10",
        w ->
            minus(
                number(100),
                percent(
                    valued(w, "canceledAt")
                        .among("customer", valued(before(w), "startedAt").keys("customer"))
                        .count(),
                    minus(
                        valued(before(w), "startedAt").count(),
                        valued(before(w), "canceledAt").count()))));
    of("churn-minus-15", w -> churn(w));
    of(
        "referral-share",
        w -> percent(newSales(w).is("origin", "referral").sum("value"), newSales(w).sum("value")));
  }

  private static Rows valued(World w, String at) {
    return w.of("customers")
        .where(row -> requireNonNull(row.number("amount")).compareTo(number(1000)) >= 0)
        .in(at, w.cycle);
  }

  private static Rows newSales(World w) {
    return w.wonInDollars().has("company").notAmong("company", companiesBefore(w));
  }

  private static Rows longOnboarded(World w) {
    return w.of("users").due("onboardedAt", 120, w.cycle);
  }

  private static BigDecimal complaints(World w) {
    return w.of("tickets").labelled("complaint").in("createdAt", w.cycle).count();
  }

  private static BigDecimal onboarding(World w, String to) {
    return w.of("changes")
        .is("field", "onboarding")
        .is("to", to)
        .in("at", w.cycle)
        .distinct("recordId");
  }
}
