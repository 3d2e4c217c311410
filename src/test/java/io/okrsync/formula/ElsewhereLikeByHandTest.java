package io.okrsync.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.connector.RecordKind;
import io.okrsync.measure.Aggregate;
import io.okrsync.measure.Contribution;
import io.okrsync.measure.Definitions;
import io.okrsync.measure.InMemory;
import io.okrsync.measure.Measure;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Reading;
import io.okrsync.measure.Reason;
import io.okrsync.measure.Samples;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sales in random cycles and zones at random times: formulas that look elsewhere, against
 * loops over the days of the sales that share nothing with them.
 */
class ElsewhereLikeByHandTest {
  private static final List<String> ZONES =
      List.of("UTC", "Asia/Jakarta", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Auckland");
  private static final List<String> LOOKS =
      List.of(
          "previous(%s)",
          "year_ago(%s)",
          "to_date(%s)",
          "ever(%s)",
          "last(%s, '30d')",
          "last(%s, '2 weeks')",
          "last(%s, 'month')");
  private static final Measure SOLD = measure("sold", Aggregate.SUM, "value", "owner");
  private static final Measure FIRST = measure("first", Aggregate.MIN, "wonAt", "owner");
  private static final Measure LAST = measure("last_one", Aggregate.MAX, "wonAt", "owner");
  private static final Measure BUYERS = measure("buyers", Aggregate.DISTINCT, "owner", null);

  /** A sale, and the day it was made on where the cycle lives. */
  private record Sale(Instant at, LocalDate day, int value, @Nullable String owner) {}

  private final List<Sale> sales = new ArrayList<>();
  private final Map<String, BigDecimal> quota = new TreeMap<>();
  private LocalDate first = LocalDate.EPOCH;
  private LocalDate end = LocalDate.EPOCH;
  private LocalDate today = LocalDate.EPOCH;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("okrsync.cases", 16));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void looking_elsewhere_is_the_same_as_looking_by_hand(long seed) {
    Random random = new Random(seed);
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    first = LocalDate.of(2026, 1 + random.nextInt(12), seed % 2 == 0 ? 1 : 9);
    end = seed % 2 == 0 ? first.plusMonths(3) : first.plusDays(20 + random.nextInt(80));
    Instant now =
        first
            .plusDays(random.nextInt(100))
            .atStartOfDay(zone)
            .toInstant()
            .plusSeconds(random.nextInt(86_400));
    LocalDate day = now.atZone(zone).toLocalDate();
    today = day.isBefore(end) ? day : end;
    for (int i = 0; i < 600; i++) {
      Instant at =
          first
              .minusDays(random.nextInt(420))
              .plusDays(random.nextInt(220))
              .atStartOfDay(zone)
              .toInstant()
              .plusSeconds((long) random.nextInt(24) * 3600);
      String owner = random.nextInt(9) == 0 ? null : "o" + random.nextInt(40);
      sales.add(new Sale(at, at.atZone(zone).toLocalDate(), random.nextInt(100), owner));
    }
    for (int i = 0; i < 10; i++) {
      quota.put("o" + random.nextInt(60), BigDecimal.valueOf(1 + random.nextInt(300)));
    }
    Scope scope = Scope.of(first, end.minusDays(1), zone, now);

    assertComesTo("sold", scope, sum(in(first, end)));
    assertComesTo("ever(sold)", scope, sum(sale -> sale.day().isBefore(end)));
    LocalDate before = previous();
    assertComesTo("previous(sold)", scope, sum(in(before, first)));
    assertComesTo("year_ago(sold)", scope, sum(in(first.minusYears(1), end.minusYears(1))));
    assertComesTo("last(sold, '30d')", scope, sum(in(today.minusDays(30), today)));
    if (today.isAfter(first)) {
      LocalDate then = before.plusDays(today.toEpochDay() - first.toEpochDay());
      boolean over = today.equals(end) || then.isAfter(first);
      assertComesTo("to_date(sold)", scope, sum(in(first, today)));
      assertComesTo("previous(to_date(sold))", scope, sum(in(before, over ? first : then)));
    }
    for (int i = 0; i < 12; i++) {
      assertNested(scope, random);
    }
    assertEach(scope);
    assertKeys(scope);
    assertMatched(scope);
    assertTable(scope);
  }

  /** Where a nested function looks, worked out from the outermost inwards. */
  private final class Look {
    private LocalDate from = ElsewhereLikeByHandTest.this.first;
    private LocalDate to = ElsewhereLikeByHandTest.this.end;
    private LocalDate now = ElsewhereLikeByHandTest.this.today;
    private boolean ever;

    void into(String function) {
      switch (function) {
        case "previous(%s)" -> previous();
        case "year_ago(%s)" -> {
          from = from.minusYears(1);
          to = to.minusYears(1);
          now = now.minusYears(1);
        }
        case "to_date(%s)" -> to = now;
        case "ever(%s)" -> ever = true;
        case "last(%s, '30d')" -> last(now.minusDays(30), now);
        case "last(%s, '2 weeks')" -> {
          LocalDate monday = now.minusDays(now.getDayOfWeek().getValue() - 1);
          last(monday.minusDays(14), monday);
        }
        default -> last(now.withDayOfMonth(1).minusMonths(1), now.withDayOfMonth(1));
      }
    }

    private void last(LocalDate start, LocalDate stop) {
      from = start;
      to = stop;
      now = stop;
      ever = false;
    }

    private void previous() {
      long days = Math.max(0, to.toEpochDay() - from.toEpochDay());
      LocalDate start = from.minusDays(days);
      if (from.getDayOfMonth() == 1 && to.getDayOfMonth() == 1 && days > 0) {
        start = from;
        for (LocalDate day = from; day.isBefore(to); day = day.plusMonths(1)) {
          start = start.minusMonths(1);
        }
      }
      LocalDate stop = to.isBefore(from) ? to : from;
      LocalDate then = stop;
      if (now.isBefore(to)) {
        LocalDate asOld = start.plusDays(now.toEpochDay() - from.toEpochDay());
        then = asOld.isBefore(stop) ? asOld : stop;
      }
      from = start;
      to = stop;
      now = then;
    }

    boolean holds(Sale sale) {
      return sale.day().isBefore(to) && (ever || !sale.day().isBefore(from));
    }

    boolean isNowhere() {
      return !ever && !from.isBefore(to);
    }
  }

  private void assertNested(Scope scope, Random random) {
    Look look = new Look();
    String formula = "%s";
    for (int depth = 1 + random.nextInt(4); depth > 0; depth--) {
      String function = LOOKS.get(random.nextInt(LOOKS.size()));
      look.into(function);
      formula = formula.formatted(function);
    }
    formula = formula.formatted("sold");
    if (look.isNowhere()) {
      assertThat(evaluation(formula, scope))
          .as(formula)
          .isInstanceOfSatisfying(
              Evaluation.NoValue.class,
              none -> assertThat(none.reason().name()).isEqualTo(Reason.Name.NOT_YET));
      return;
    }
    assertComesTo(formula, scope, sum(look::holds));
  }

  /** Dates of records that belong together: no hour is a hundredth of a day. */
  private void assertMatched(Scope scope) {
    int soon = 0;
    int both = 0;
    for (String owner : owners(in(first, end))) {
      Predicate<Sale> his = sale -> owner.equals(sale.owner());
      List<Instant> before = times(his.and(in(previous(), first)));
      if (!before.isEmpty()) {
        Instant last = before.get(before.size() - 1);
        Instant next = times(his.and(in(first, end))).get(0);
        both++;
        soon += Duration.between(last, next).toHours() <= 20 * 24 ? 1 : 0;
      }
    }
    assertComesTo("size(matched(first - previous(last_one)))", scope, both);
    assertComesTo("size(matched(first - previous(last_one)).filter(d, d <= 20.01))", scope, soon);
    assertComesTo("size(matched(among(sold, previous(last_one))))", scope, both);
  }

  private List<Instant> times(Predicate<Sale> which) {
    return sales.stream().filter(which).map(Sale::at).sorted().toList();
  }

  /** A number of the configuration for some keys, with sales or without. */
  private void assertTable(Scope scope) {
    int all = 0;
    int reached = 0;
    int matched = 0;
    for (Map.Entry<String, BigDecimal> one : quota.entrySet()) {
      Predicate<Sale> his = in(first, end).and(sale -> one.getKey().equals(sale.owner()));
      int limit = one.getValue().intValue();
      all += limit;
      reached += sum(his) >= limit ? 1 : 0;
      matched += sales.stream().anyMatch(his) ? Math.min(limit, sum(his)) : 0;
    }
    assertComesTo("quota", scope, all);
    assertComesTo("previous(size(groups(quota)))", scope, quota.size());
    assertComesTo("sum(matched(min(sold, quota)))", scope, matched);
    assertComesTo("size(matched(sold - quota).filter(d, d >= 0))", scope, reached);
  }

  private void assertEach(Scope scope) {
    List<Integer> weeks = new ArrayList<>();
    for (LocalDate day = first; !day.plusWeeks(1).isAfter(today); day = day.plusDays(1)) {
      if (day.getDayOfWeek() == DayOfWeek.MONDAY) {
        weeks.add(sum(in(day, day.plusWeeks(1))));
      }
    }
    List<Integer> months = new ArrayList<>();
    for (LocalDate day = first; !day.plusMonths(1).isAfter(today); day = day.plusDays(1)) {
      if (day.getDayOfMonth() == 1) {
        months.add(sum(in(day, day.plusMonths(1))));
      }
    }
    assertComesTo("size(each(sold, 'week'))", scope, weeks.size());
    assertComesTo("sum(each(sold, 'month'))", scope, months.stream().mapToInt(i -> i).sum());
    assertComesTo(
        "sum(each(sold >= 300 ? 1 : 0, 'week'))",
        scope,
        (int) weeks.stream().filter(it -> it >= 300).count());
    if (!weeks.isEmpty()) {
      assertComesTo("min(each(sold, 'week'))", scope, weeks.stream().min(Integer::compare).get());
      assertThat(value("average(each(sold, 'week'))", scope))
          .isEqualByComparingTo(
              BigDecimal.valueOf(weeks.stream().mapToInt(i -> i).sum())
                  .divide(BigDecimal.valueOf(weeks.size()), MathContext.DECIMAL128)
                  .setScale(10, RoundingMode.HALF_EVEN));
    }
  }

  private void assertKeys(Scope scope) {
    Set<String> before = owners(sale -> sale.day().isBefore(first));
    Set<String> now = owners(in(first, end));
    Set<String> added = new HashSet<>(now);
    added.removeAll(before);
    assertComesTo("buyers", scope, now.size());
    assertComesTo("not_among(buyers, previous(ever(buyers)))", scope, added.size());
    assertComesTo(
        "among(sold, previous(ever(buyers)))",
        scope,
        sum(in(first, end).and(sale -> sale.owner() != null && before.contains(sale.owner()))));
    assertComesTo(
        "not_among(sold, previous(ever(buyers)))",
        scope,
        sum(in(first, end).and(sale -> sale.owner() != null && !before.contains(sale.owner()))));
    Set<String> stayed = owners(in(previous(), first));
    stayed.retainAll(now);
    assertComesTo("among(previous(buyers), buyers)", scope, stayed.size());
    List<Integer> groups = new ArrayList<>();
    for (String owner : now) {
      groups.add(sum(in(first, end).and(sale -> owner.equals(sale.owner()))));
    }
    Predicate<Sale> unowned = in(first, end).and(sale -> sale.owner() == null);
    if (sales.stream().anyMatch(unowned)) {
      groups.add(sum(unowned));
    }
    assertComesTo("size(groups(sold))", scope, groups.size());
    assertComesTo("sum(groups(sold))", scope, sum(in(first, end)));
    if (!groups.isEmpty()) {
      assertComesTo("max(groups(sold))", scope, groups.stream().max(Integer::compare).get());
    }
  }

  private LocalDate previous() {
    return first.getDayOfMonth() == 1
        ? first.minusMonths(3)
        : first.minusDays(end.toEpochDay() - first.toEpochDay());
  }

  private Predicate<Sale> in(LocalDate from, LocalDate to) {
    return sale -> !sale.day().isBefore(from) && sale.day().isBefore(to);
  }

  private int sum(Predicate<Sale> which) {
    return sales.stream().filter(which).mapToInt(Sale::value).sum();
  }

  private Set<String> owners(Predicate<Sale> which) {
    Set<String> owners = new TreeSet<>();
    for (Sale sale : sales) {
      if (sale.owner() != null && which.test(sale)) {
        owners.add(sale.owner());
      }
    }
    return owners;
  }

  private void assertComesTo(String formula, Scope scope, int expected) {
    assertThat(value(formula, scope))
        .as(formula)
        .isEqualByComparingTo(BigDecimal.valueOf(expected));
  }

  private BigDecimal value(String formula, Scope scope) {
    Evaluation evaluation = evaluation(formula, scope);
    assertThat(evaluation).as(formula).isInstanceOf(Evaluation.Value.class);
    return ((Evaluation.Value) evaluation).value();
  }

  private Evaluation evaluation(String formula, Scope scope) {
    List<Contribution> all = new ArrayList<>();
    for (int i = 0; i < sales.size(); i++) {
      Sale sale = sales.get(i);
      BigDecimal value = BigDecimal.valueOf(sale.value());
      String id = "s" + i;
      all.add(
          new Contribution(
              SOLD.version(), id, sale.at(), value, null, sale.owner(), null, null, null));
      BigDecimal days =
          BigDecimal.valueOf(sale.at().getEpochSecond())
              .divide(BigDecimal.valueOf(86_400), 10, RoundingMode.HALF_EVEN);
      for (Measure timed : List.of(FIRST, LAST)) {
        all.add(
            new Contribution(
                timed.version(), id, sale.at(), days, null, sale.owner(), null, null, null));
      }
      if (sale.owner() != null) {
        all.add(
            new Contribution(
                BUYERS.version(),
                id,
                sale.at(),
                BigDecimal.ONE,
                sale.owner(),
                sale.owner(),
                null,
                null,
                null));
      }
    }
    Formula compiled =
        Samples.ready(
            FormulaVocabulary.of(
                    List.of(SOLD, BUYERS, FIRST, LAST),
                    Definitions.of(Map.of(), Map.of("quota", quota), Set.of()))
                .compile(formula));
    Map<MeasureUse, Reading> read = new HashMap<>();
    for (MeasureUse use : compiled.uses(scope)) {
      read.put(use, InMemory.read(use.selection(), all));
      if (use.grouped()) {
        InMemory.groups(use.selection(), all).forEach((key, one) -> read.put(use.of(key), one));
      }
    }
    return compiled.evaluate(scope, read);
  }

  private static Measure measure(
      String name, Aggregate aggregate, String value, @Nullable String by) {
    return Samples.ready(
        Measure.compile(
            new MeasureDefinition(
                name, "crm", null, "wonAt", aggregate, value, null, by, null, null),
            RecordKind.DEAL));
  }
}
