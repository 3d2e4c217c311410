package io.okrsync.catalogue;

import static io.okrsync.catalogue.Numbers.growth;
import static io.okrsync.catalogue.Numbers.minus;
import static io.okrsync.catalogue.Numbers.number;
import static io.okrsync.catalogue.Numbers.over;
import static io.okrsync.catalogue.Numbers.percent;
import static io.okrsync.catalogue.Numbers.plus;
import static io.okrsync.catalogue.Numbers.times;
import static io.okrsync.catalogue.Shared.before;
import static io.okrsync.catalogue.Shared.cost;
import static io.okrsync.catalogue.Shared.done;
import static io.okrsync.catalogue.Shared.finished;
import static io.okrsync.catalogue.Shared.least;
import static io.okrsync.catalogue.Shared.leastOf;
import static io.okrsync.catalogue.Shared.mean;
import static io.okrsync.catalogue.Shared.newCustomers;
import static io.okrsync.catalogue.Shared.nps;
import static io.okrsync.catalogue.Shared.share;
import static io.okrsync.catalogue.Shared.sumOf;
import static io.okrsync.catalogue.Shared.tasks;
import static io.okrsync.catalogue.Shared.within;
import static io.okrsync.catalogue.Shared.yes;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The key results of marketing, each computed by loops. */
final class MarketingByHand extends ByHand {
  MarketingByHand() {
    of("lead-growth-20", w -> leads(w).count());
    of("deal-size-growth-10", w -> dealSize(w));
    of("deal-size", w -> dealSize(w));
    of(
        "open-pipeline",
        w ->
            w.ever()
                .of("deals")
                .is("status", "open")
                .is("currency", "USD")
                .in("createdAt", w.ever().cycle)
                .sum("value"));
    of(
        "social-click-rate",
        w ->
            percent(
                w.points("social", "link clicks").sum("value"),
                w.points("social", "impressions").sum("value")));
    of("followers-10000", w -> w.ever().gauge("followers").latest());
    of("followers-growth", w -> w.ever().gauge("followers").latest());
    of(
        "profiles-10000",
        w -> sumOf(w.ever().gauge("profile followers").by("channel"), Rows::latest));
    of(
        "organic-followers-5000",
        w -> sumOf(w.ever().gauge("organic followers").by("channel"), Rows::latest));
    of("comments-1000", w -> w.points("social", "comments").sum("value"));
    of("interactions", w -> interactions(w));
    of(
        "engagement-factor",
        w -> least(w.weeks(), week -> over(interactions(week), interactions(week.earlier()))));
    of("comments-a-day", w -> mean(w.days(), day -> day.points("social", "comments").sum("value")));
    of(
        "post-every-day",
        w ->
            share(
                w.days(),
                day -> requireNonNull(day.points("social", "posts").sum("value")).signum() > 0));
    of(
        "lead-conversions",
        w ->
            percent(
                visitors(w).is("type", "form").distinct("contact"),
                visitors(w).distinct("contact")));
    of(
        "new-accounts",
        w ->
            percent(
                visitors(w).is("type", "account").distinct("contact"),
                visitors(w).distinct("contact")));
    of("trial-growth", w -> growth(trials(w.lastMonth()), trials(w.lastMonth().earlier())));
    of(
        "monthly-active-8000",
        w -> w.of("usage").in("doneAt", w.last(30).cycle).distinct("contact"));
    of("trial-to-paid", w -> times(number(100), conversionOfTrials(w.toDate())));
    of("voice-examples", w -> finished(w, "brand-voice-example").count());
    of("customer-interviews", w -> done(w, "interview").count());
    of("tone-guide", w -> tasks(w, "WORK-1"));
    of(
        "bounce-rate",
        w ->
            percent(
                w.points("analytics", "single-page sessions").sum("value"),
                w.points("analytics", "sessions").sum("value")));
    of(
        "bounce-priorities",
        w -> w.of("issues").labelled("bounce-priority").in("createdAt", w.cycle).count());
    of(
        "landing-page-tests",
        w ->
            w.of("issues")
                .labelled("ab-test")
                .labelled("landing-page")
                .in("resolvedAt", w.cycle)
                .count());
    of(
        "home-click-rate",
        w ->
            percent(
                w.points("analytics", "home page clicks").sum("value"),
                w.points("analytics", "home page views").sum("value")));
    of(
        "demo-booking-rate",
        w ->
            percent(
                w.of("activities").is("type", "demo").in("createdAt", w.cycle).count(),
                w.points("analytics", "demo page views").sum("value")));
    of("double-opt-in", w -> tasks(w, "WORK-2"));
    of("subscribers-10000", w -> w.ever().gauge("newsletter subscribers").latest());
    of("subscribers-growth", w -> w.ever().gauge("newsletter subscribers").latest());
    of(
        "mean-click-rate",
        w -> mails(w).mean(row -> percent(row.number("uniqueClicks"), row.number("delivered"))));
    of("open-rate-25", w -> percent(mails(w).sum("uniqueOpens"), mails(w).sum("delivered")));
    of("click-rate", w -> percent(mails(w).sum("uniqueClicks"), mails(w).sum("delivered")));
    of(
        "list-cleaning",
        w -> share(w.months(), month -> finished(month, "list-cleaning").count().signum() > 0));
    of(
        "headline-tests",
        w -> least(w.months(), month -> mails(month).has("variants").sum("variants")));
    of("free-activation-5", w -> times(number(100), freeActivation(w)));
    of("activation-days", w -> activationDays(w));
    of(
        "segments-onboarded",
        w ->
            mails(w)
                .is("type", "onboarding")
                .is("workflow", "active")
                .has("template")
                .distinct("segment"));
    of(
        "monthly-active-growth",
        w -> w.of("usage").in("doneAt", w.last(30).cycle).distinct("contact"));
    of(
        "onboarding-share",
        w ->
            percent(
                w.of("users").in("createdAt", w.cycle).has("onboardedAt").count(),
                w.of("users").in("createdAt", w.cycle).count()));
    of(
        "positive-reviews",
        w ->
            w.of("reviews")
                .in("at", w.cycle)
                .where(row -> within(row.number("score"), 4, 5))
                .count());
    of("nps-60", w -> nps(w));
    of("survey-after-purchase", w -> yes(mails(w).is("type", "survey").count().signum() > 0));
    of("google-reviews", w -> tasks(w, "WORK-3"));
    of(
        "reviews-answered",
        w ->
            percent(
                reviewsDue(w.toDate()).where(row -> row.isWithin("at", "answeredAt", 7)).count(),
                reviewsDue(w.toDate()).count()));
    of("content-audit", w -> tasks(w, "WORK-4"));
    of("keyword-strategy", w -> tasks(w, "WORK-5"));
    of("domain-rating", w -> w.ever().gauge("domain rating").latest());
    of("red-warnings", w -> w.ever().gauge("red warnings").latest());
    of(
        "posts-optimised",
        w ->
            percent(
                w.of("issues")
                    .labelled("blog-post")
                    .labelled("optimised")
                    .in("resolvedAt", w.cycle)
                    .among("key", oldPosts(w).keys("key"))
                    .count(),
                oldPosts(w).count()));
    of("pages-every-month", w -> least(w.months(), month -> finished(month, "blog-post").count()));
    of("monthly-visitors-8000", w -> visitors(w.lastMonth()).distinct("contact"));
    of("keywords-100", w -> w.of("rankings").in("at", w.cycle).distinct("name"));
    of(
        "keywords-weekly",
        w ->
            number(
                w.of("rankings").in("at", w.wholeWeeks().cycle).by("name").stream()
                    .filter(
                        keyword ->
                            w.weeks().stream()
                                .allMatch(
                                    week -> keyword.in("at", week.cycle).count().signum() > 0))
                    .count()));
    of("keywords-on-page-one", w -> share(ranked(w), keyword -> within(keyword.latest(), 0, 10)));
    of("backlinks-50", w -> w.of("backlinks").in("at", w.cycle).distinct("name"));
    of("leads", w -> leads(w).count());
    of("origins", w -> leastOf(leads(w).by("origin"), Rows::count));
    of(
        "cta-variants",
        w ->
            w.of("issues")
                .labelled("ab-test")
                .labelled("cta")
                .in("resolvedAt", w.cycle)
                .distinct("variant"));
    of("ebook", w -> w.of("issues").labelled("ebook").in("resolvedAt", w.cycle).count());
    of("mail-click-rate-15", w -> percent(mails(w).sum("uniqueClicks"), mails(w).sum("delivered")));
    of("trial-campaign-500", w -> leads(w).is("campaign", "pricing-trial").count());
    of("mql-growth-5", w -> least(w.months(), month -> growth(mqls(month), mqls(month.earlier()))));
    of("leads-a-month", w -> mean(w.months(), month -> leads(month).count()));
    of("leads-last-month", w -> leads(w.lastMonth()).count());
    of("visits", w -> w.points("analytics", "sessions").sum("value"));
    of("organic-visits", w -> organic(w));
    of(
        "referral-visits",
        w -> w.points("analytics", "sessions").is("channel", "referral").sum("value"));
    of("funnel", w -> smaller(step(w, "Demo", "Proposal"), step(w, "Proposal", "Contract")));
    of("webinars-and-content", w -> finished(w, "content").count());
    of("consent-and-tracking", w -> tasks(w, "WORK-21"));
    of("funnel-dashboard", w -> tasks(w, "WORK-10"));
    of("crm-cleaned", w -> tasks(w, "WORK-9"));
    of(
        "marketing-crm-training",
        w -> w.of("people").is("course", "marketing-crm").in("doneAt", w.cycle).distinct("owner"));
    of("newsletters-3", w -> mails(w).is("type", "newsletter").count());
    of("mqls-53", w -> mqls(w));
    of("sqls", w -> w.of("leads").in("sqlAt", w.cycle).count());
    of("inbound-mqls", w -> w.of("leads").is("origin", "inbound").in("mqlAt", w.cycle).count());
    of(
        "lifecycle-stages",
        w -> w.of("changes").is("field", "lifecycle").in("at", w.cycle).distinct("to"));
    of(
        "okrs-approved",
        w ->
            w.of("issues")
                .labelled("okr-approval")
                .is("status", "Approved")
                .in("resolvedAt", w.cycle)
                .count());
    of(
        "okr-proposal",
        w ->
            w.of("issues")
                .is("key", "WORK-7")
                .is("category", "done")
                .in("resolvedAt", w.cycle)
                .where(row -> row.has("dueAt") && daysLate(row) < 1)
                .count());
    of(
        "campaign-plan",
        w ->
            w.of("issues")
                .is("key", "WORK-8")
                .where(row -> row.is("category", "done") || row.is("status", "Approved"))
                .where(
                    row ->
                        w.cycle.hold(
                            row.has("resolvedAt") ? row.time("resolvedAt") : row.time("updatedAt")))
                .count());
    of("seo-research", w -> tasks(w, "WORK-11"));
    of("new-website", w -> tasks(w, "WORK-6"));
    of(
        "inquiries-answered",
        w ->
            percent(
                inquiriesDue(w.toDate())
                    .where(row -> row.isWithin("createdAt", "firstReplyAt", 1))
                    .count(),
                inquiriesDue(w.toDate()).count()));
    of(
        "unqualified-leads",
        w -> percent(passed(w).has("unqualifiedAt").count(), passed(w).count()));
    of("accepted-leads", w -> percent(passed(w).has("acceptedAt").count(), passed(w).count()));
    of("campaign-clicks", w -> mails(w).sum("uniqueClicks"));
    of(
        "mql-to-sql",
        w ->
            percent(
                w.of("leads").in("mqlAt", w.cycle).has("sqlAt").count(),
                w.of("leads").in("mqlAt", w.cycle).count()));
    of(
        "leads-won",
        w ->
            w.won()
                .among("contact", w.of("leads").in("sqlAt", w.ever().cycle).keys("id"))
                .distinct("contact"));
    of(
        "late-funnel-content",
        w ->
            yes(
                tasks(w, "WORK-12").signum() > 0
                    || mails(w).is("name", "Late funnel").count().signum() > 0));
    of("organic-growth-30", w -> organic(w));
    of(
        "case-studies",
        w -> w.of("issues").labelled("case-study").in("resolvedAt", w.cycle).count());
    of("open-rate-35", w -> percent(mails(w).sum("uniqueOpens"), mails(w).sum("delivered")));
    of("marketing-deals", w -> w.won().is("origin", "marketing").count());
    of(
        "profit-of-marketing",
        w -> minus(w.wonInDollars().is("origin", "marketing").sum("value"), marketingCost(w)));
    of(
        "marketing-roi",
        w -> growth(w.wonInDollars().has("campaign").sum("value"), marketingCost(w)));
    of(
        "cost-per-lead",
        w ->
            over(
                w.of("spend")
                    .is("category", "ads")
                    .is("currency", "USD")
                    .in("at", w.cycle)
                    .sum("amount"),
                leads(w).is("origin", "ads").count()));
    of(
        "cost-of-persuading",
        w -> over(cost(w, "ads", "events", "content", "research", "production"), newCustomers(w)));
    of("units-sold", w -> w.of("lines").is("status", "won").in("wonAt", w.cycle).sum("quantity"));
  }

  private static Rows oldPosts(World w) {
    return w.of("issues").labelled("blog-post").in("createdAt", before(w).cycle);
  }

  private static List<Rows> ranked(World w) {
    return w.of("rankings").has("value").in("at", w.ever().cycle).by("name");
  }

  /** Of the deals that entered a stage, the percentage that entered the next as well. */
  private static @Nullable BigDecimal step(World w, String stage, String next) {
    Rows changes = w.of("changes").is("field", "stage").in("at", w.cycle);
    Set<String> further = changes.is("to", next).keys("recordId");
    Rows entered = changes.is("to", stage);
    return percent(
        entered.among("recordId", further).distinct("recordId"), entered.distinct("recordId"));
  }

  private static @Nullable BigDecimal smaller(
      @Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.min(other);
  }

  private static BigDecimal mqls(World w) {
    return w.of("leads").in("mqlAt", w.cycle).count();
  }

  private static BigDecimal trials(World w) {
    return w.of("users").in("trialAt", w.cycle).count();
  }

  private static @Nullable BigDecimal conversionOfTrials(World w) {
    Rows decided = w.of("users").due("trialAt", 14, w.cycle);
    return over(
        decided.where(row -> row.isWithin("trialAt", "paidAt", 14)).count(), decided.count());
  }

  private static Rows reviewsDue(World w) {
    return w.of("reviews").due("at", 7, w.cycle);
  }

  private static Rows inquiriesDue(World w) {
    return w.of("tickets").labelled("question").due("createdAt", 1, w.cycle);
  }

  private static @Nullable BigDecimal interactions(World w) {
    return w.of("social")
        .in("at", w.cycle)
        .is("name", "likes", "shares", "comments", "posts", "tags", "mentions")
        .sum(
            row ->
                row.is("name", "shares")
                    ? plus(row.number("value"), row.number("value"))
                    : row.number("value"));
  }

  private static Rows leads(World w) {
    return w.of("leads").in("createdAt", w.cycle);
  }

  private static Rows mails(World w) {
    return w.of("campaigns").in("sentAt", w.cycle);
  }

  private static Rows visitors(World w) {
    return w.of("visits").in("doneAt", w.cycle);
  }

  private static Rows passed(World w) {
    return w.of("leads").in("passedAt", w.cycle);
  }

  private static @Nullable BigDecimal dealSize(World w) {
    return w.wonInDollars().mean(row -> row.number("value"));
  }

  private static @Nullable BigDecimal organic(World w) {
    return w.points("analytics", "sessions").is("channel", "organic").sum("value");
  }

  private static @Nullable BigDecimal freeActivation(World w) {
    Rows free = w.of("users").is("plan", "free").in("createdAt", w.cycle);
    return over(free.has("activatedAt").count(), free.count());
  }

  private static @Nullable BigDecimal activationDays(World w) {
    return w.of("users")
        .in("activatedAt", w.cycle)
        .mean(row -> row.daysBetween("createdAt", "activatedAt"));
  }

  private static @Nullable BigDecimal marketingCost(World w) {
    return w.of("spend")
        .is("category", "ads", "events", "content")
        .is("currency", "USD")
        .in("at", w.cycle)
        .sum("amount");
  }

  private static double daysLate(Row row) {
    return requireNonNull(row.daysBetween("dueAt", "resolvedAt")).doubleValue();
  }
}
