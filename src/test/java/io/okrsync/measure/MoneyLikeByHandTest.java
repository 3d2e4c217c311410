package io.okrsync.measure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random money in random currencies by random dated rates, values that are not set, dates that
 * cannot be computed, keys and working days, against loops that share nothing with the product. The
 * long form: {@code -Dokrsync.cases=5000}.
 */
class MoneyLikeByHandTest {
  private static final List<Aggregate> AGGREGATES =
      List.of(
          Aggregate.SUM,
          Aggregate.AVERAGE,
          Aggregate.MIN,
          Aggregate.MAX,
          Aggregate.MEDIAN,
          Aggregate.PERCENTILE,
          Aggregate.LATEST);
  private static final List<String> ZONES =
      List.of("UTC", "Asia/Jakarta", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Auckland");
  private static final LocalDate FIRST_DAY = LocalDate.of(2026, 2, 1);

  /**
   * A sale as plain Java.
   *
   * @param signed null where it is a text that is no time
   */
  private record Sale(
      String id,
      @Nullable BigDecimal value,
      @Nullable String currency,
      @Nullable String owner,
      Instant createdAt,
      @Nullable Instant signed) {

    boolean counts(Window window) {
      return signed == null || (!signed.isBefore(window.from()) && signed.isBefore(window.to()));
    }

    boolean isBroken() {
      return signed == null || value == null || currency == null;
    }
  }

  private record Rate(LocalDate from, String currency, BigDecimal worth) {}

  private final List<Sale> sales = new ArrayList<>();
  private final List<Rate> rates = new ArrayList<>();

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("okrsync.cases", 60));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void money_comes_to_what_it_comes_to_by_hand(long seed) {
    Random random = new Random(seed);
    boolean complete = random.nextInt(3) > 0;
    for (int i = random.nextInt(60); i > 0; i--) {
      sales.add(sale("s" + i, random, complete));
    }
    boolean told = random.nextInt(4) > 0;
    for (String currency : List.of("EUR", "IDR")) {
      for (int i = told ? 1 + random.nextInt(4) : random.nextInt(2); i > 0; i--) {
        LocalDate from = told && i == 1 ? FIRST_DAY : FIRST_DAY.plusDays(random.nextInt(200));
        rates.removeIf(it -> it.from().equals(from) && it.currency().equals(currency));
        rates.add(new Rate(from, currency, BigDecimal.valueOf(1 + random.nextInt(90_000), 4)));
      }
    }
    Instant from = FIRST_DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    from = from.plusSeconds(3600L * random.nextInt(24 * 100));
    Window window = new Window(from, from.plusSeconds(3600L * (1 + random.nextInt(24 * 120))));
    String in = List.of("USD", "EUR").get(random.nextInt(2));
    Aggregate aggregate = AGGREGATES.get(random.nextInt(AGGREGATES.size()));
    int rank = 1 + random.nextInt(100);
    Measure measure = measure(aggregate, rank, in);

    List<Contribution> all =
        sales.stream().flatMap(it -> measure.contribution(record(it)).stream()).toList();
    List<Sale> counting = sales.stream().filter(it -> it.counts(window)).toList();
    assertReads(InMemory.read(measure, window, all), counting, aggregate, rank, in);
    Map<String, List<Sale>> byOwner = new TreeMap<>();
    for (Sale sale : counting) {
      String key = sale.owner() == null ? "" : sale.owner();
      byOwner.computeIfAbsent(key, it -> new ArrayList<>()).add(sale);
    }
    Map<String, Reading> groups = InMemory.groups(Selection.of(measure, window), all);
    assertThat(groups.keySet()).isEqualTo(byOwner.keySet());
    byOwner.forEach(
        (owner, his) -> assertReads(requireNonNull(groups.get(owner)), his, aggregate, rank, in));
    assertRunning(measure, window, all);
  }

  /** Added and taken away one by one, it is what it is at once. */
  private static void assertRunning(Measure measure, Window window, List<Contribution> all) {
    RunningTotals running = new RunningTotals(measure.definition());
    all.forEach(running::add);
    all.stream().filter(it -> !window.holds(it)).forEach(running::remove);
    assertThat(running.reading(window)).isEqualTo(InMemory.read(measure, window, all));
  }

  private void assertReads(
      Reading reading, List<Sale> counting, Aggregate aggregate, int rank, String in) {
    assertThat(reading.records()).isEqualTo(counting.size());
    List<String> broken = counting.stream().filter(Sale::isBroken).map(Sale::id).sorted().toList();
    if (!broken.isEmpty()) {
      assertThat(String.valueOf(reading.reason()))
          .startsWith(
              "missing field: %d of %d records that count for 'money' cannot be used; the first is '%s': "
                  .formatted(broken.size(), counting.size(), broken.get(0)));
      return;
    }
    Map<Sale, BigDecimal> amounts = new HashMap<>();
    for (Sale sale : counting) {
      BigDecimal amount = converted(sale, in);
      if (amount == null) {
        assertThat(requireNonNull(reading.reason()).name()).isEqualTo(Reason.Name.MISSING_RATE);
        assertThat(reading.reason().text()).contains(requireNonNull(sale.currency()));
        return;
      }
      amounts.put(sale, amount);
    }
    if (counting.isEmpty() && aggregate != Aggregate.SUM) {
      assertThat(requireNonNull(reading.reason()).name()).isEqualTo(Reason.Name.NO_RECORDS);
      return;
    }
    assertThat(reading.value())
        .as(aggregate + " of " + amounts)
        .isEqualByComparingTo(
            byHand(aggregate, rank, amounts).setScale(10, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal byHand(Aggregate aggregate, int rank, Map<Sale, BigDecimal> amounts) {
    List<BigDecimal> sorted = new ArrayList<>(amounts.values());
    Collections.sort(sorted);
    int size = sorted.size();
    BigDecimal sum = BigDecimal.ZERO;
    for (BigDecimal amount : sorted) {
      sum = sum.add(amount);
    }
    return switch (aggregate) {
      case SUM -> sum;
      case AVERAGE -> sum.divide(BigDecimal.valueOf(size), new MathContext(45));
      case MIN -> sorted.get(0);
      case MAX -> sorted.get(size - 1);
      case MEDIAN ->
          size % 2 == 1
              ? sorted.get(size / 2)
              : sorted.get(size / 2 - 1).add(sorted.get(size / 2)).divide(BigDecimal.valueOf(2));
      case PERCENTILE -> {
        int place = 0;
        while (100 * (place + 1) < rank * size) {
          place++;
        }
        yield sorted.get(place);
      }
      default -> {
        Sale latest = amounts.keySet().iterator().next();
        for (Sale sale : amounts.keySet()) {
          int later = requireNonNull(sale.signed()).compareTo(requireNonNull(latest.signed()));
          if (later > 0 || (later == 0 && sale.id().compareTo(latest.id()) > 0)) {
            latest = sale;
          }
        }
        yield requireNonNull(amounts.get(latest));
      }
    };
  }

  /** Null where a rate is missing. */
  private @Nullable BigDecimal converted(Sale sale, String in) {
    BigDecimal value = requireNonNull(sale.value());
    String currency = requireNonNull(sale.currency());
    if (currency.equals(in)) {
      return value;
    }
    LocalDate day = requireNonNull(sale.signed()).atOffset(ZoneOffset.UTC).toLocalDate();
    BigDecimal worth = worth(currency, day);
    BigDecimal unit = worth(in, day);
    return worth == null || unit == null
        ? null
        : value
            .multiply(worth)
            .divide(unit, new MathContext(45))
            .setScale(10, RoundingMode.HALF_EVEN);
  }

  private @Nullable BigDecimal worth(String currency, LocalDate day) {
    if (currency.equals("USD")) {
      return BigDecimal.ONE;
    }
    Rate last = null;
    for (Rate rate : rates) {
      if (rate.currency().equals(currency)
          && !rate.from().isAfter(day)
          && (last == null || rate.from().isAfter(last.from()))) {
        last = rate;
      }
    }
    return last == null ? null : last.worth();
  }

  private Measure measure(Aggregate aggregate, int rank, String in) {
    TreeMap<LocalDate, Map<String, BigDecimal>> table = new TreeMap<>();
    for (Rate rate : rates) {
      table.computeIfAbsent(rate.from(), day -> new HashMap<>()).put(rate.currency(), rate.worth());
    }
    return Samples.compiled(
        new MeasureDefinition(
            "money",
            "crm",
            null,
            "timestamp(custom.signed)",
            aggregate,
            "value",
            aggregate == Aggregate.PERCENTILE ? BigDecimal.valueOf(rank) : null,
            "owner",
            "currency",
            in,
            new RateTable("monthly", "USD", table)));
  }

  private static Sale sale(String id, Random random, boolean complete) {
    Instant created =
        FIRST_DAY
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plusSeconds(3600L * random.nextInt(24 * 200));
    boolean unset = !complete && random.nextInt(20) == 0;
    boolean unknown = !complete && random.nextInt(20) == 0;
    boolean undated = !complete && random.nextInt(30) == 0;
    return new Sale(
        id,
        unset ? null : BigDecimal.valueOf(random.nextInt(100_000) - 20_000, random.nextInt(4)),
        unknown ? null : List.of("USD", "EUR", "IDR").get(random.nextInt(3)),
        random.nextInt(5) == 0 ? null : "o" + random.nextInt(4),
        created,
        undated ? null : created.plusSeconds(3600L * random.nextInt(24 * 40)));
  }

  private static SourceRecord record(Sale sale) {
    ObjectNode fields = Samples.json("{}");
    fields.put("value", sale.value());
    fields.put("currency", sale.currency());
    fields.put("owner", sale.owner());
    fields.put("createdAt", sale.createdAt().toString());
    fields
        .putObject("custom")
        .put("signed", sale.signed() == null ? "soon" : sale.signed().toString());
    return new SourceRecord(sale.id(), null, false, fields);
  }

  /** Hour by hour on the clock on the wall. */
  @ParameterizedTest
  @MethodSource("seeds")
  void working_days_are_those_counted_hour_by_hour(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    Sale sale = sale("s", random, true);
    Instant later = sale.createdAt().plusSeconds(3600L * (random.nextInt(24 * 60) - 24 * 20));
    LocalDateTime from = sale.createdAt().atZone(zone).toLocalDateTime();
    LocalDateTime to = later.atZone(zone).toLocalDateTime();
    boolean back = to.isBefore(from);
    int hours = 0;
    for (LocalDateTime at = back ? to : from; at.isBefore(back ? from : to); at = at.plusHours(1)) {
      boolean works =
          at.getDayOfWeek() != DayOfWeek.SATURDAY && at.getDayOfWeek() != DayOfWeek.SUNDAY;
      hours += works ? 1 : 0;
    }
    Measure measure =
        Samples.ready(
            Measure.compile(
                new MeasureDefinition(
                    "waited",
                    "crm",
                    null,
                    "createdAt",
                    Aggregate.SUM,
                    "workdays(createdAt, timestamp('%s'), '%s')".formatted(later, zone),
                    null,
                    null),
                RecordKind.DEAL));
    assertThat(measure.contribution(record(sale)).orElseThrow().value())
        .isEqualByComparingTo(
            BigDecimal.valueOf(back ? -hours : hours)
                .divide(BigDecimal.valueOf(24), 10, RoundingMode.HALF_EVEN));
  }
}
