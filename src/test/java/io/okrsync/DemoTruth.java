package io.okrsync;

import io.okrsync.demo.Campaign;
import io.okrsync.demo.Deal;
import io.okrsync.demo.Issue;
import io.okrsync.demo.World;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the shipped key results must be, computed by plain loops over the demo's own data: no
 * connector, no expression, no database. The words of {@code config/} are repeated here in Java on
 * purpose.
 */
final class DemoTruth {
  private static final ZoneId JAKARTA = ZoneId.of("Asia/Jakarta");
  private static final Instant FROM = day("2026-10-01");
  private static final Instant TO = day("2027-01-01");
  private static final Instant BEFORE = day("2026-07-01");
  private static final int DIGITS = 10;

  private final List<Deal> deals;
  private final List<Campaign> campaigns;
  private final List<Issue> issues;

  private DemoTruth(World world) {
    this.deals = world.deals().stream().filter(deal -> deal.deletedAt() == null).toList();
    this.campaigns =
        world.campaigns().stream().filter(it -> within(it.sendTime(), FROM, TO)).toList();
    this.issues = world.issues();
  }

  /** The value of every shipped key result, by id. */
  static Map<String, BigDecimal> of(World world) {
    DemoTruth truth = new DemoTruth(world);
    Map<String, BigDecimal> values = new TreeMap<>();
    truth.sales(values);
    truth.marketing(values);
    truth.engineering(values);
    values.replaceAll((id, value) -> plain(value));
    return values;
  }

  /** As a value is shown: at most 10 decimals, no trailing zeros. */
  static BigDecimal plain(BigDecimal value) {
    return new BigDecimal(
        value.setScale(DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString());
  }

  private void sales(Map<String, BigDecimal> values) {
    List<Deal> won = deals.stream().filter(it -> within(it.wonTime(), FROM, TO)).toList();
    long lost = deals.stream().filter(it -> within(it.lostTime(), FROM, TO)).count();
    List<BigDecimal> dollars =
        won.stream().filter(it -> it.currency().equals("USD")).map(Deal::value).toList();
    values.put("win-rate", ratio(100L * won.size(), won.size() + lost));
    values.put("revenue", sum(dollars));
    values.put("average-deal-size", average(dollars));
    BigDecimal small = whole(5000);
    long smallDeals = dollars.stream().filter(it -> it.compareTo(small) < 0).count();
    values.put("small-deals", ratio(100 * smallDeals, dollars.size()));
    values.put("largest-deal", dollars.stream().max(Comparator.naturalOrder()).orElseThrow());
    values.put(
        "sales-cycle",
        median(
            won.stream()
                .map(it -> days(it.addTime(), there(it.wonTime()), ChronoUnit.SECONDS))
                .toList()));
    values.put("winning-sellers", whole(won.stream().map(Deal::ownerName).distinct().count()));
    values.put("new-deals", ratio(100 * created(FROM, TO), created(BEFORE, FROM)));
  }

  private void marketing(Map<String, BigDecimal> values) {
    long delivered = campaigns.stream().mapToLong(Campaign::delivered).sum();
    values.put("open-rate", ratio(100 * total(Campaign::uniqueOpens), delivered));
    values.put("click-rate", ratio(100 * total(Campaign::clickers), delivered));
    values.put("unsubscribes", ratio(1000 * total(Campaign::unsubscribed), delivered));
    values.put(
        "worst-delivery",
        campaigns.stream()
            .map(it -> plain(ratio(100L * it.delivered(), it.sent())))
            .min(Comparator.naturalOrder())
            .orElseThrow());
    Campaign last =
        campaigns.stream()
            .filter(it -> it.title().startsWith("Kabar Lentera"))
            .max(Comparator.comparing(Campaign::sendTime).thenComparing(Campaign::id))
            .orElseThrow();
    values.put("newsletter-readers", whole(last.delivered()));
  }

  private void engineering(Map<String, BigDecimal> values) {
    List<Issue> resolved = issues.stream().filter(it -> within(it.resolved(), FROM, TO)).toList();
    List<Issue> bugs = resolved.stream().filter(it -> it.type().equals("Bug")).toList();
    values.put("bugs-resolved", whole(bugs.size()));
    values.put(
        "bug-days",
        median(
            bugs.stream()
                .map(it -> days(it.created(), there(it.resolved()), ChronoUnit.MILLIS))
                .toList()));
    values.put(
        "story-points",
        sum(
            resolved.stream()
                .filter(it -> it.type().equals("Story"))
                .map(it -> there(it.points()))
                .toList()));
    values.put(
        "story-days",
        average(
            resolved.stream()
                .filter(it -> it.type().equals("Story"))
                .map(it -> days(it.created(), there(it.resolved()), ChronoUnit.MILLIS))
                .toList()));
    List<Issue> promised = resolved.stream().filter(it -> it.due() != null).toList();
    long inTime = promised.stream().filter(DemoTruth::inTime).count();
    values.put("on-time", ratio(100 * inTime, promised.size()));
  }

  private static boolean inTime(Issue issue) {
    Instant lastMoment = there(issue.due()).plusDays(1).atStartOfDay(JAKARTA).toInstant();
    return there(issue.resolved()).truncatedTo(ChronoUnit.MILLIS).isBefore(lastMoment);
  }

  private long created(Instant from, Instant to) {
    return deals.stream().filter(it -> within(it.addTime(), from, to)).count();
  }

  private long total(Function<Campaign, Integer> count) {
    return campaigns.stream().mapToLong(count::apply).sum();
  }

  private static boolean within(@Nullable Instant at, Instant from, Instant to) {
    return at != null && !at.isBefore(from) && at.isBefore(to);
  }

  private static BigDecimal days(Instant from, Instant to, ChronoUnit precision) {
    Duration passed = Duration.between(from.truncatedTo(precision), to.truncatedTo(precision));
    return BigDecimal.valueOf(passed.toMillis())
        .divide(BigDecimal.valueOf(86_400_000), DIGITS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal ratio(long part, long whole) {
    return whole(part).divide(whole(whole), MathContext.DECIMAL128);
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal average(List<BigDecimal> values) {
    return sum(values).divide(whole(values.size()), MathContext.DECIMAL128);
  }

  private static BigDecimal median(List<BigDecimal> values) {
    List<BigDecimal> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : average(Stream.of(sorted.get(middle - 1), sorted.get(middle)).toList());
  }

  private static <T> T there(@Nullable T value) {
    return java.util.Objects.requireNonNull(value);
  }

  private static BigDecimal whole(long value) {
    return BigDecimal.valueOf(value);
  }

  private static Instant day(String date) {
    return LocalDate.parse(date).atStartOfDay(JAKARTA).toInstant();
  }
}
