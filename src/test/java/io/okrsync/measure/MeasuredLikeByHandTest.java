package io.okrsync.measure;

import static io.okrsync.measure.Samples.FOURTH_QUARTER;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random deals, measured by expressions, against the same measured by loops that share nothing with
 * them.
 */
class MeasuredLikeByHandTest {
  private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

  /** A deal as plain Java. */
  private record Deal(
      String id,
      @Nullable String status,
      @Nullable BigDecimal value,
      @Nullable String owner,
      Instant createdAt,
      @Nullable Instant wonAt) {

    boolean counts(BigDecimal over, Window window) {
      return "won".equals(status)
          && value != null
          && value.compareTo(over) > 0
          && wonAt != null
          && !wonAt.isBefore(window.from())
          && wonAt.isBefore(window.to());
    }

    Instant won() {
      return requireNonNull(wonAt);
    }

    BigDecimal worth() {
      return requireNonNull(value).multiply(new BigDecimal("0.35"));
    }
  }

  private final List<Deal> deals = new ArrayList<>();
  private BigDecimal over = BigDecimal.ZERO;
  private Window window = FOURTH_QUARTER;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void every_aggregate_equals_the_same_done_by_hand(long seed) {
    Random random = new Random(seed);
    deals.addAll(deals(random));
    over = BigDecimal.valueOf(random.nextInt(30_000), 2);
    Instant from = FOURTH_QUARTER.from().plus(Duration.ofHours(random.nextInt(24 * 20)));
    window = new Window(from, from.plus(Duration.ofHours(24 * 30 + random.nextInt(24 * 40))));
    List<Deal> counting = deals.stream().filter(it -> it.counts(over, window)).toList();
    assertThat(counting).hasSizeGreaterThan(5);

    List<BigDecimal> worths = new ArrayList<>(counting.stream().map(Deal::worth).toList());
    BigDecimal sum = BigDecimal.ZERO;
    Set<String> owners = new HashSet<>();
    for (Deal deal : counting) {
      sum = sum.add(deal.worth());
      if (deal.owner() != null) {
        owners.add(deal.owner());
      }
    }
    worths.sort(Comparator.naturalOrder());
    int middle = worths.size() / 2;
    BigDecimal median =
        worths.size() % 2 == 1
            ? worths.get(middle)
            : worths.get(middle - 1).add(worths.get(middle)).divide(new BigDecimal("2"));
    Deal latest = counting.get(0);
    for (Deal deal : counting) {
      int later = deal.won().compareTo(latest.won());
      if (later > 0 || (later == 0 && deal.id().compareTo(latest.id()) > 0)) {
        latest = deal;
      }
    }

    String worth = "value * 0.35";
    assertReads(Aggregate.COUNT, null, BigDecimal.valueOf(counting.size()));
    assertReads(Aggregate.DISTINCT, "owner", BigDecimal.valueOf(owners.size()));
    assertReads(Aggregate.SUM, worth, sum);
    assertReads(
        Aggregate.AVERAGE,
        worth,
        sum.divide(BigDecimal.valueOf(counting.size()), new MathContext(40)));
    assertReads(Aggregate.MIN, worth, worths.get(0));
    assertReads(Aggregate.MAX, worth, worths.get(worths.size() - 1));
    assertReads(Aggregate.MEDIAN, worth, median);
    assertReads(Aggregate.LATEST, worth, latest.worth());
    assertReads(Aggregate.SUM, "days(wonAt - createdAt)", wholeDays(counting));
    int rank = 1 + random.nextInt(100);
    assertReads(Aggregate.PERCENTILE, worth, rank, ranked(worths, rank));
    List<Instant> times = counting.stream().map(Deal::won).sorted().toList();
    assertReads(Aggregate.MIN, "wonAt", days(times.get(0)));
    assertReads(Aggregate.MAX, "wonAt", days(times.get(times.size() - 1)));
  }

  /** The first that so many of a hundred do not exceed. */
  private static BigDecimal ranked(List<BigDecimal> sorted, int rank) {
    int place = 0;
    while (100L * (place + 1) < (long) rank * sorted.size()) {
      place++;
    }
    return sorted.get(place);
  }

  private static BigDecimal days(Instant time) {
    return BigDecimal.valueOf(time.getEpochSecond())
        .divide(BigDecimal.valueOf(86_400), new MathContext(40));
  }

  private static BigDecimal wholeDays(List<Deal> deals) {
    long days = 0;
    for (Deal deal : deals) {
      days += Duration.between(deal.createdAt(), deal.won()).toDays();
    }
    return BigDecimal.valueOf(days);
  }

  private void assertReads(Aggregate aggregate, @Nullable String value, BigDecimal expected) {
    assertReads(aggregate, value, null, expected);
  }

  private void assertReads(
      Aggregate aggregate, @Nullable String value, @Nullable Integer rank, BigDecimal expected) {
    Measure measure =
        Samples.compiled(
            new MeasureDefinition(
                "measured",
                "crm",
                "status == 'won' && value > " + over.toPlainString(),
                "wonAt",
                aggregate,
                value,
                rank == null ? null : BigDecimal.valueOf(rank),
                null,
                null,
                null));
    List<Contribution> contributions =
        deals.stream().flatMap(deal -> measure.contribution(record(deal)).stream()).toList();
    assertThat(InMemory.read(measure, window, contributions).value())
        .as(aggregate + " of " + value)
        .isEqualByComparingTo(expected.setScale(10, RoundingMode.HALF_EVEN));
  }

  private static List<Deal> deals(Random random) {
    List<Deal> deals = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Instant created = START.plus(Duration.ofHours(random.nextInt(24 * 60)));
      deals.add(
          new Deal(
              "d" + i,
              pick(random, "won", "lost", "open", null),
              random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextInt(100_000), 2),
              pick(random, "ann", "bob", "cy", null),
              created,
              random.nextInt(5) == 0 ? null : created.plus(Duration.ofDays(random.nextInt(120)))));
    }
    return deals;
  }

  private static @Nullable String pick(Random random, @Nullable String... values) {
    return values[random.nextInt(values.length)];
  }

  private static SourceRecord record(Deal deal) {
    ObjectNode fields = Samples.json("{}");
    fields.put("status", deal.status());
    fields.put("owner", deal.owner());
    fields.put("value", deal.value());
    fields.put("createdAt", deal.createdAt().toString());
    if (deal.wonAt() != null) {
      fields.put("wonAt", deal.wonAt().toString());
    }
    return new SourceRecord(deal.id(), deal.createdAt(), false, fields);
  }
}
