package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.growth;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.done;
import static io.okrsync.catalogue.Shared.finished;
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
    of("quarterly-revenue-10", w -> growth(revenue(w), revenue(w.earlier())));
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
    of("market-share", w -> percent(revenue(w), w.gauge("market sales").latest()));
    of(
        "forecast",
        w ->
            w.of("deals")
                .is("status", "open")
                .is("currency", "USD")
                .in("expectedCloseAt", w.cycle)
                .sum(row -> times(row.number("value"), row.number("probability"))));
    of("quarterly-revenue-20", w -> growth(revenue(w), revenue(w.earlier())));
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
    of(
        "qualified-growth",
        w ->
            growth(
                w.of("leads").in("sqlAt", w.cycle).count(),
                w.of("leads").in("sqlAt", w.earlier().cycle).count()));
    of(
        "qualifying-days",
        w -> w.of("leads").in("sqlAt", w.cycle).mean(row -> row.daysBetween("createdAt", "sqlAt")));
    of("sales-cycle-55", w -> w.won().mean(row -> row.daysBetween("createdAt", "wonAt")));
    of(
        "negotiation-course",
        w -> w.of("people").is("course", "negotiation").in("createdAt", w.cycle).distinct("owner"));
    of("mobile-contracts", w -> tasks(w, "WORK-13"));
    of("buyer-profiles", w -> finished(w, "buyer-profile").count());
    of("partner-papers", w -> over(tasks(w, "WORK-14", "WORK-15"), number(2)));
    of("partners-won", w -> w.won().is("pipeline", "Partners").distinct("company"));
    of(
        "joint-meeting",
        w ->
            done(w, "meeting")
                .where(row -> row.has("teams") && row.is("teams", "sales;marketing"))
                .count());
    of("content-products", w -> finished(w, "content").distinct("product"));
    of("welcome-csat-85", w -> percent(scored(w, "welcome", 4, 5), scored(w, "welcome", 0, 10)));
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
    of("selling-time", w -> growth(minutesEach(w), minutesEach(w.earlier())));
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

  private static @Nullable BigDecimal minutesEach(World w) {
    Rows selling = w.of("activities").is("type", "call", "demo", "meeting").in("doneAt", w.cycle);
    return over(selling.sum("minutes"), w.gauge("sales reps").latest());
  }
}
