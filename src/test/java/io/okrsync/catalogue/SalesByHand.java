package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.churn;
import static io.okrsync.catalogue.Shared.cost;
import static io.okrsync.catalogue.Shared.done;
import static io.okrsync.catalogue.Shared.finished;
import static io.okrsync.catalogue.Shared.leastOf;
import static io.okrsync.catalogue.Shared.mean;
import static io.okrsync.catalogue.Shared.meanOf;
import static io.okrsync.catalogue.Shared.newCustomers;
import static io.okrsync.catalogue.Shared.newWins;
import static io.okrsync.catalogue.Shared.revenue;
import static io.okrsync.catalogue.Shared.scored;
import static io.okrsync.catalogue.Shared.share;
import static io.okrsync.catalogue.Shared.tasks;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The key results of sales, each computed by loops. */
final class SalesByHand extends ByHand {
  SalesByHand() {
    of("deals-won", w -> w.won().count());
    of("quarterly-revenue-10", w -> revenue(w));
    of(
        "addon-revenue",
        w ->
            w.of("lines")
                .is("status", "won")
                .is("product", "Addon")
                .is("currency", "USD")
                .in("wonAt", w.cycle)
                .sum("value"));
    of("target-met", w -> percent(revenue(w), number(94_000)));
    of("market-share", w -> percent(revenue(w), w.ever().gauge("market sales").latest()));
    of("new-customers", w -> newCustomers(w));
    of("acquisition-cost", w -> over(salesAndMarketing(w), newCustomers(w)));
    of("acquisition-cost-5", w -> over(salesAndMarketing(w), newCustomers(w)));
    of(
        "addon-to-new",
        w ->
            percent(
                newWins(w)
                    .among(
                        "company",
                        w.of("activities")
                            .is("type", "offer")
                            .is("product", "Addon")
                            .in("createdAt", w.cycle)
                            .keys("company"))
                    .distinct("company"),
                newCustomers(w)));
    of(
        "forecast",
        w ->
            w.of("deals")
                .is("status", "open")
                .is("currency", "USD")
                .in("expectedCloseAt", w.cycle)
                .sum(row -> times(row.number("value"), row.number("probability"))));
    of("quarterly-revenue-20", w -> revenue(w));
    of("demos-booked", w -> w.of("activities").is("type", "demo").in("createdAt", w.cycle).count());
    of(
        "deals-to-proposal",
        w ->
            w.of("changes")
                .is("field", "stage")
                .is("to", "Proposal")
                .in("at", w.cycle)
                .distinct("recordId"));
    of(
        "revenue-each-seller",
        w -> meanOf(w.wonInDollars().by("owner"), seller -> seller.sum("value")));
    of(
        "quota",
        w ->
            times(
                number(100),
                over(
                    leastOf(w.wonInDollars().by("owner"), seller -> seller.sum("value")),
                    number(20_000))));
    of(
        "win-rate",
        w ->
            percent(
                w.won().count(),
                w.of("deals").is("status", "won", "lost").in("closedAt", w.cycle).count()));
    of("deal-days", w -> w.won().mean(row -> row.daysBetween("createdAt", "wonAt")));
    of(
        "loss-analysis",
        w ->
            percent(
                w.of("deals").in("closedAt", w.cycle).has("lossAnalysis").count(),
                w.of("deals").in("closedAt", w.cycle).count()));
    of(
        "offer-size",
        w ->
            w.of("deals")
                .is("currency", "USD")
                .in("proposalAt", w.cycle)
                .mean(row -> row.number("value")));
    of("qualified-growth", w -> w.of("leads").in("sqlAt", w.cycle).count());
    of(
        "qualifying-days",
        w -> w.of("leads").in("sqlAt", w.cycle).mean(row -> row.daysBetween("createdAt", "sqlAt")));
    of(
        "calls-a-week",
        w ->
            leastOf(
                done(w.wholeWeeks(), "call").by("owner"),
                calls -> mean(w.weeks(), week -> calls.in("doneAt", week.cycle).count())));
    of("sales-cycle-55", w -> w.won().mean(row -> row.daysBetween("createdAt", "wonAt")));
    of(
        "negotiation-course",
        w -> w.of("people").is("course", "negotiation").in("createdAt", w.cycle).distinct("owner"));
    of("mobile-contracts", w -> tasks(w, "WORK-13"));
    of("buyer-profiles", w -> finished(w, "buyer-profile").count());
    of("partner-papers", w -> over(tasks(w, "WORK-14", "WORK-15"), number(2)));
    of("partners-won", w -> w.won().is("pipeline", "Partners").distinct("company"));
    of(
        "partners-met",
        w ->
            done(w, "meeting")
                .among(
                    "company",
                    w.ever()
                        .of("leads")
                        .is("status", "partner")
                        .in("createdAt", w.ever().cycle)
                        .keys("company"))
                .distinct("company"));
    of(
        "joint-meeting",
        w ->
            done(w, "meeting")
                .where(row -> row.has("teams") && row.is("teams", "sales;marketing"))
                .count());
    of(
        "deals-from-mqls",
        w ->
            w.won().among("contact", w.of("leads").in("mqlAt", w.ever().cycle).keys("id")).count());
    of("content-products", w -> finished(w, "content").distinct("product"));
    of("welcome-csat-85", w -> percent(scored(w, "welcome", 4, 5), scored(w, "welcome", 0, 10)));
    of(
        "asked-after-a-month",
        w ->
            percent(
                aMonthOld(w.toDate())
                    .where(
                        row ->
                            row.isWithin("startedAt", "askedAt", 37)
                                && !row.isBefore("askedAt", "startedAt", 23))
                    .count(),
                aMonthOld(w.toDate()).count()));
    of("churn-2", w -> churn(w));
    of("careers-page", w -> tasks(w, "WORK-16"));
    of(
        "team-survey",
        w ->
            share(
                w.months(),
                month ->
                    month
                            .of("responses")
                            .is("survey", "team")
                            .in("at", month.cycle)
                            .count()
                            .signum()
                        > 0));
    of(
        "candidates-interviewed",
        w ->
            w.of("people")
                .is("type", "interview")
                .is("group", "underrepresented")
                .in("doneAt", w.cycle)
                .distinct("contact"));
    of(
        "crm-training",
        w -> w.of("people").is("course", "crm").in("doneAt", w.cycle).distinct("owner"));
    of("admin-automated", w -> finished(w, "admin-automation").count());
    of("selling-time", w -> minutesEach(w));
    of(
        "personas-reached",
        w -> w.of("campaigns").is("type", "outbound").in("sentAt", w.cycle).distinct("persona"));
    of(
        "outbound-qualified",
        w -> w.of("leads").is("origin", "outbound").in("sqlAt", w.cycle).count());
    of(
        "worst-reply-rate",
        w ->
            w.of("campaigns")
                .is("type", "outbound")
                .in("sentAt", w.cycle)
                .least(row -> percent(row.number("replies"), row.number("delivered"))));
    of("sellers-hired", w -> w.of("people").is("type", "hire").in("doneAt", w.cycle).count());
  }

  private static @Nullable BigDecimal salesAndMarketing(World w) {
    return cost(w, "ads", "events", "content", "sales");
  }

  private static Rows aMonthOld(World w) {
    return w.of("customers").due("startedAt", 30, w.cycle);
  }

  private static @Nullable BigDecimal minutesEach(World w) {
    Rows selling = w.of("activities").is("type", "call", "demo", "meeting").in("doneAt", w.cycle);
    return over(selling.sum("minutes"), w.ever().gauge("sales reps").latest());
  }
}
