package io.okrsync.catalogue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records of every kind, the same for the same seed: many at the edges of days, months and cycles,
 * none later than now, some fields unset.
 */
final class Generator {
  private static final Instant EARLIEST = Instant.parse("2025-08-15T05:00:00Z");
  private static final String[] OWNERS = {"ann", "budi", "citra", "dewi", "eko", "farah"};

  private final Random random;
  private final Instant now;
  private final int size;
  private final double gaps;
  private final List<Instant> edges = new ArrayList<>();

  /**
   * @param size how many deals; of other kinds there are about as many
   * @param gaps how often a value is unset that measures need; what they can do without is unset
   *     more often
   */
  Generator(long seed, Instant now, ZoneId zone, int size, double gaps) {
    this.random = new Random(seed);
    this.now = now;
    this.size = size;
    this.gaps = gaps;
    for (LocalDate month = LocalDate.of(2025, 10, 1);
        month.isBefore(LocalDate.of(2027, 1, 2));
        month = month.plusMonths(1)) {
      Instant edge = month.atStartOfDay(zone).toInstant();
      edges.addAll(List.of(edge.minusNanos(1000), edge, edge, edge.plusNanos(1000)));
    }
    edges.removeIf(edge -> edge.isAfter(now));
  }

  Map<String, Rows> records() {
    Map<String, Rows> records = new LinkedHashMap<>();
    records.put("deals", rows(size, this::deal));
    records.put("lines", rows(size / 2, this::line));
    records.put("leads", rows(size, this::lead));
    records.put("activities", rows(size, this::activity));
    records.put("changes", rows(size, this::change));
    records.put("campaigns", rows(size / 4, this::campaign));
    records.put("issues", rows(size * 2, this::issue));
    records.put("tickets", rows(size / 2, this::ticket));
    records.put("responses", rows(size, this::response));
    records.put("reviews", rows(size / 2, this::review));
    records.put("customers", rows(size / 2, this::customer));
    records.put("subscriptions", rows(size / 2, this::subscription));
    records.put("spend", rows(size / 2, this::spend));
    records.put("users", rows(size, this::user));
    records.put("usage", rows(size, i -> use(i, "session", "dashboard", "self-service")));
    records.put("visits", rows(size, i -> use(i, "view", "view", "form", "account")));
    records.put("people", rows(size / 2, this::person));
    records.put("analytics", rows(size * 2, this::count));
    records.put("social", rows(size * 2, this::post));
    records.put("own_key_results", rows(size / 4, this::ownKeyResult));
    records.put("gauges", rows(size * 2, this::gauge));
    records.put("rankings", rows(size, this::ranking));
    records.put("backlinks", rows(size / 4, this::backlink));
    return records;
  }

  private Row deal(int i) {
    Instant created = time();
    String status = one("won", "won", "lost", "open");
    Instant closed = status.equals("open") ? null : later(created, 90);
    boolean won = status.equals("won");
    return new Row("deal-" + i)
        .with("title", "Deal " + i)
        .with("status", closed == null ? "open" : status)
        .with("value", needed(money()))
        .with("currency", needed(one("USD", "USD", "USD", "USD", "IDR", "EUR")))
        .with("stage", one("Lead", "Demo", "Proposal"))
        .with("pipeline", often(one("New business", "Partners", "Renewals")))
        .with("owner", often(one(OWNERS)))
        .with("createdAt", created)
        .with("closedAt", closed)
        .with("wonAt", won ? closed : null)
        .with("lostAt", won ? null : closed)
        .with("expectedCloseAt", often(created.plus(Duration.ofDays(random.nextInt(120)))))
        .with("company", often("C" + (1 + random.nextInt(90))))
        .with("contact", often("lead-" + random.nextInt(size)))
        .with("origin", often(one("marketing", "outbound", "referral")))
        .with("market", often(one("ID", "SG", "MY", "VN", "PH")))
        .with("campaign", random.nextBoolean() ? null : one("spring", "autumn"))
        .with("probability", needed(BigDecimal.valueOf(random.nextInt(11), 1)))
        .with("lossAnalysis", random.nextBoolean() ? null : "price")
        .with("proposalAt", random.nextInt(3) == 0 ? null : later(created, 40));
  }

  private Row line(int i) {
    String status = one("won", "won", "lost", "open");
    Instant closed = time();
    return new Row("line-" + i)
        .with("status", status)
        .with("value", needed(money()))
        .with("currency", needed(one("USD", "USD", "EUR")))
        .with("wonAt", status.equals("won") ? closed : null)
        .with("product", often(one("Basic", "Plus", "Addon")))
        .with("quantity", needed(BigDecimal.valueOf(1 + random.nextInt(9))));
  }

  private Row lead(int i) {
    Instant created = time();
    Instant mql = random.nextInt(3) == 0 ? null : later(created, 20);
    Instant sql = mql == null || random.nextBoolean() ? null : later(mql, 20);
    Instant passed = mql == null ? null : later(mql, 5);
    boolean good = random.nextBoolean();
    return new Row("lead-" + i)
        .with("name", "Lead " + i)
        .with("email", "lead" + i + "@example.org")
        .with("company", often("C" + (1 + random.nextInt(30))))
        .with("status", one("lead", "mql", "sql", "partner"))
        .with("origin", often(one("inbound", "outbound", "ads", "referral")))
        .with("owner", often(one(OWNERS)))
        .with("createdAt", created)
        .with("campaign", random.nextBoolean() ? null : one("pricing-trial", "spring"))
        .with("mqlAt", mql)
        .with("sqlAt", sql)
        .with("passedAt", passed)
        .with("acceptedAt", passed == null || !good ? null : later(passed, 9))
        .with("unqualifiedAt", passed == null || good ? null : later(passed, 9));
  }

  private Row activity(int i) {
    Instant created = time();
    Instant done = random.nextInt(4) == 0 ? null : later(created, 14);
    return new Row("activity-" + i)
        .with("title", "Activity " + i)
        .with("type", one("call", "meeting", "demo", "interview", "review", "offer"))
        .with("owner", often(one(OWNERS)))
        .with("deal", often("deal-" + random.nextInt(size)))
        .with("contact", often("lead-" + random.nextInt(size)))
        .with("done", done == null ? "false" : "true")
        .with("createdAt", created)
        .with("dueAt", often(created.plus(Duration.ofDays(7))))
        .with("doneAt", done)
        .with("company", often("C" + (1 + random.nextInt(12))))
        .with("product", often(one("Basic", "Addon")))
        .with("teams", often(one("sales", "marketing", "sales;marketing", "sales;product")))
        .with("minutes", needed(BigDecimal.valueOf(5L * (1 + random.nextInt(20)))));
  }

  private Row change(int i) {
    String field = one("stage", "lifecycle", "plan", "onboarding");
    String[] values =
        switch (field) {
          case "stage" -> new String[] {"Demo", "Proposal", "Contract"};
          case "lifecycle" -> new String[] {"lead", "mql", "sql", "customer", "advocate"};
          case "plan" -> new String[] {"beta", "free", "paid"};
          default -> new String[] {"begun", "integrated"};
        };
    return new Row("change-" + i)
        .with("recordId", "record-" + random.nextInt(size / 3 + 1))
        .with("field", field)
        .with("from", often(one(values)))
        .with("to", one(values))
        .with("at", time());
  }

  private Row campaign(int i) {
    long sent = 200L + random.nextInt(5000);
    long delivered = random.nextInt(40) == 0 ? 0 : sent - random.nextInt(100);
    long opened = delivered / (2 + random.nextInt(5));
    long clicked = opened / (2 + random.nextInt(9));
    return new Row("campaign-" + i)
        .with("name", random.nextInt(20) == 0 ? "Late funnel" : "Campaign " + i)
        .with("list", often(one("all", "customers")))
        .with("sentAt", random.nextInt(10) == 0 ? null : time())
        .with("sent", BigDecimal.valueOf(sent))
        .with("delivered", needed(BigDecimal.valueOf(gaps > 0 ? delivered : delivered + 1)))
        .with("uniqueOpens", needed(BigDecimal.valueOf(opened)))
        .with("uniqueClicks", needed(BigDecimal.valueOf(clicked)))
        .with("type", often(one("newsletter", "outbound", "onboarding", "survey")))
        .with("persona", often(one("founder", "buyer", "user", "partner")))
        .with("segment", often(one("small", "middle", "large", "public")))
        .with("workflow", one("active", "active", "draft"))
        .with("template", often("T" + random.nextInt(4)))
        .with("variants", often(BigDecimal.valueOf(1 + random.nextInt(9))))
        .with("replies", needed(BigDecimal.valueOf(random.nextInt(60))));
  }

  private static final String[] LABELS = {
    "brand-voice-example",
    "bounce-priority",
    "landing-page",
    "cta",
    "ebook",
    "content",
    "case-study",
    "okr-approval",
    "buyer-profile",
    "admin-automation",
    "user-video",
    "training-session",
    "requirements-review",
    "customer-request",
    "blocked-by-design",
    "blog-post",
    "list-cleaning"
  };

  private Row issue(int i) {
    Instant created = time();
    Instant resolved = random.nextInt(3) == 0 ? null : later(created, 60);
    Instant asked = later(created, 10);
    return new Row("issue-" + i)
        .with("key", i < 300 ? "WORK-" + (1 + i % 30) : "WORK-" + (40 + i))
        .with("title", "Work " + i)
        .with("type", one("Task", "Bug", "Feature", "Pull request"))
        .with("status", one("Open", "Approved", "Done"))
        .with("category", resolved == null ? one("todo", "doing") : one("done", "done", "todo"))
        .with("labels", labels())
        .with("assignee", often(one(OWNERS)))
        .with("points", random.nextInt(4) == 0 ? null : BigDecimal.valueOf(random.nextInt(14)))
        .with("createdAt", created)
        .with("updatedAt", resolved == null ? created : resolved)
        .with("startedAt", often(created.plus(Duration.ofHours(random.nextInt(60)))))
        .with("resolvedAt", resolved)
        .with("dueAt", often(created.plus(Duration.ofDays(random.nextInt(90)))))
        .with("product", often(one("Basic", "Plus", "Addon", "Suite")))
        .with("variant", often("V" + random.nextInt(9)))
        .with("hours", often(BigDecimal.valueOf(random.nextInt(160), 1)))
        .with("sprintEndedAt", resolved == null ? null : sprintEnd(resolved))
        .with("reviewRequestedAt", asked)
        .with("approvedAt", asked == null || resolved == null ? null : later(asked, 5));
  }

  /** Two labels of the list, sometimes none; a test of anything is labelled so as well. */
  private @Nullable String labels() {
    return random.nextInt(12) == 0
        ? null
        : String.join(";", one(LABELS), one(LABELS), one("ab-test", "optimised"));
  }

  private @Nullable Instant sprintEnd(Instant resolved) {
    long sprint = Duration.ofDays(14).toSeconds();
    Instant end = Instant.ofEpochSecond((resolved.getEpochSecond() / sprint + 1) * sprint);
    return end.isAfter(now) ? null : end;
  }

  private Row ticket(int i) {
    Instant created = time();
    Instant replied = random.nextInt(4) == 0 ? null : later(created, 4);
    return new Row("ticket-" + i)
        .with("key", "T-" + i)
        .with("labels", often(one("complaint", "question", "complaint;billing")))
        .with("createdAt", created)
        .with("firstReplyAt", replied)
        .with("resolvedAt", replied == null ? null : later(replied, 6));
  }

  private Row response(int i) {
    String survey = one("nps", "csat", "welcome", "satisfaction", "team");
    boolean stars = survey.equals("csat") || survey.equals("welcome");
    return new Row("response-" + i)
        .with("survey", survey)
        .with("respondent", often("lead-" + random.nextInt(size)))
        .with(
            "score", often(BigDecimal.valueOf(stars ? 1 + random.nextInt(5) : random.nextInt(11))))
        .with("at", time());
  }

  private Row review(int i) {
    Instant at = time();
    return new Row("review-" + i)
        .with("survey", one("google", "store"))
        .with("score", often(BigDecimal.valueOf(1 + random.nextInt(5))))
        .with("at", at)
        .with("answeredAt", random.nextInt(3) == 0 ? null : later(at, 12));
  }

  private Row customer(int i) {
    Instant started = time();
    return new Row("customer-" + i)
        .with("customer", "C" + i)
        .with("amount", BigDecimal.valueOf(200L + random.nextInt(2000)))
        .with("startedAt", started)
        .with("canceledAt", random.nextInt(3) == 0 ? null : later(started, 400))
        .with("askedAt", random.nextInt(3) == 0 ? null : later(started, 45));
  }

  private Row subscription(int i) {
    Instant started = time();
    return new Row("subscription-" + i)
        .with("customer", "C" + (1 + random.nextInt(size / 3 + 1)))
        .with("plan", one("monthly", "yearly"))
        .with("status", "active")
        .with("currency", one("USD", "USD", "USD", "EUR"))
        .with("amount", money())
        .with("startedAt", started)
        .with("canceledAt", random.nextInt(3) > 0 ? null : later(started, 300));
  }

  private Row spend(int i) {
    return new Row("spend-" + i)
        .with("name", "Invoice " + i)
        .with(
            "category",
            often(
                one(
                    "ads",
                    "events",
                    "content",
                    "sales",
                    "onboarding",
                    "research",
                    "production",
                    "rent")))
        .with("currency", one("USD", "USD", "USD", "IDR"))
        .with("amount", needed(money()))
        .with("at", time());
  }

  private Row user(int i) {
    Instant created = time();
    Instant begun = random.nextInt(4) == 0 ? null : later(created, 5);
    return new Row("user-" + i)
        .with("name", "User " + i)
        .with("createdAt", created)
        .with("plan", often(one("free", "free", "trial", "paid")))
        .with("trialAt", random.nextBoolean() ? null : later(created, 3))
        .with("paidAt", random.nextBoolean() ? null : later(created, 40))
        .with("activatedAt", random.nextInt(3) == 0 ? null : later(created, 12))
        .with("firstValueAt", random.nextInt(3) == 0 ? null : later(created, 12))
        .with("lastActiveAt", random.nextInt(6) == 0 ? null : later(created, 220))
        .with("onboardingAt", begun)
        .with("onboardedAt", begun == null || random.nextInt(3) == 0 ? null : later(begun, 20));
  }

  private Row use(int i, String... types) {
    return new Row("use-" + i)
        .with("type", one(types))
        .with("contact", often("user-" + random.nextInt(size / 4 + 1)))
        .with("doneAt", often(time()));
  }

  private Row person(int i) {
    Instant created = time();
    Instant done = random.nextInt(4) == 0 ? null : later(created, 30);
    return new Row("person-" + i)
        .with("type", one("training", "interview", "hire"))
        .with("owner", often(one(OWNERS)))
        .with("contact", often("candidate-" + random.nextInt(40)))
        .with("done", done == null ? "false" : "true")
        .with("createdAt", created)
        .with("doneAt", done)
        .with("course", often(one("crm", "negotiation", "marketing-crm")))
        .with("group", often(one("underrepresented", "other")))
        .with("hours", often(BigDecimal.valueOf(random.nextInt(90), 1)));
  }

  private Row count(int i) {
    return point(
        "count-" + i,
        500,
        "sessions",
        "sessions",
        "single-page sessions",
        "home page views",
        "home page clicks",
        "demo page views",
        "landing page visits",
        "landing page conversions");
  }

  private Row post(int i) {
    return point(
        "post-" + i,
        300,
        "comments",
        "likes",
        "shares",
        "posts",
        "tags",
        "mentions",
        "link clicks",
        "impressions");
  }

  private Row gauge(int i) {
    return point(
        "gauge-" + i,
        9000,
        "followers",
        "newsletter subscribers",
        "domain rating",
        "red warnings",
        "test coverage",
        "crash-free sessions of the newest release",
        "employees",
        "output",
        "sales reps",
        "usage score",
        "support score",
        "payment score",
        "nps",
        "market sales",
        "profile followers",
        "organic followers");
  }

  private Row ownKeyResult(int i) {
    return new Row("own-" + i)
        .with("name", "key-result-" + i)
        .with("value", often(BigDecimal.valueOf(random.nextInt(120))))
        .with("status", one("on track", "at risk", "off track"))
        .with("team", often(one("sales", "marketing", "product")))
        .with("at", time());
  }

  private Row ranking(int i) {
    return point("ranking-" + i, 60, "crm", "deals", "pipeline", "sales tool", "okr", "forecast");
  }

  private Row backlink(int i) {
    return point("backlink-" + i, 1, "a.example", "b.example", "c.example", "d.example");
  }

  private Row point(String id, int most, String... names) {
    return new Row(id)
        .with("name", one(names))
        .with("value", needed(BigDecimal.valueOf(1 + random.nextInt(most))))
        .with("channel", often(one("organic", "paid", "referral", "email")))
        .with("at", time());
  }

  private static Rows rows(int count, IntFunction<Row> row) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row.apply(i));
    }
    return new Rows(rows);
  }

  /** Any time up to now; one in four at an edge. */
  private Instant time() {
    if (random.nextInt(4) == 0) {
      return edges.get(random.nextInt(edges.size()));
    }
    long seconds = Duration.between(EARLIEST, now).toSeconds();
    return EARLIEST.plusSeconds(random.nextLong(seconds)).plusNanos(random.nextInt(999) * 1000L);
  }

  /** A time at most so many days later; null where that is still to come. */
  private @Nullable Instant later(Instant than, int days) {
    Instant later = than.plusSeconds(random.nextLong(Duration.ofDays(days).toSeconds()));
    return later.isAfter(now) ? null : later;
  }

  private BigDecimal money() {
    return BigDecimal.valueOf(random.nextInt(5_000_000), 2);
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }

  private <T> @Nullable T often(T value) {
    return random.nextInt(12) == 0 ? null : value;
  }

  private <T> @Nullable T needed(T value) {
    return random.nextDouble() < gaps ? null : value;
  }
}
