package io.okrsync.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What key results of several teams are made of. */
final class Shared {
  private Shared() {}

  static @Nullable BigDecimal revenue(World w) {
    return w.wonInDollars().sum("value");
  }

  static @Nullable BigDecimal cost(World w, String... categories) {
    return w.of("spend")
        .is("category", categories)
        .is("currency", "USD")
        .in("at", w.cycle)
        .sum("amount");
  }

  /** All days before these. */
  static World before(World w) {
    return w.earlier().ever();
  }

  static Set<String> companiesBefore(World w) {
    return before(w).won().keys("company");
  }

  /** Won deals of companies that never won before. */
  static Rows newWins(World w) {
    return w.won().notAmong("company", companiesBefore(w));
  }

  static BigDecimal newCustomers(World w) {
    return newWins(w).distinct("company");
  }

  static BigDecimal customers(World w, String at) {
    return w.of("customers").in(at, w.cycle).count();
  }

  /** Of those who were customers before, the percentage that left. */
  static @Nullable BigDecimal churn(World w) {
    Set<String> old = w.of("customers").in("startedAt", before(w).cycle).keys("customer");
    return Numbers.percent(
        w.of("customers").in("canceledAt", w.cycle).among("customer", old).count(),
        customers(before(w), "startedAt").subtract(customers(before(w), "canceledAt")));
  }

  /** Of those active in the cycle before, the percentage active in this one. */
  static @Nullable BigDecimal userRetention(World w) {
    Set<String> old = w.of("usage").in("doneAt", w.earlier().cycle).keys("contact");
    return Numbers.percent(
        w.of("usage").in("doneAt", w.cycle).among("contact", old).distinct("contact"),
        BigDecimal.valueOf(old.size()));
  }

  /** How many of these tasks were finished in the cycle. */
  static BigDecimal tasks(World w, String... keys) {
    return w.of("issues").is("key", keys).is("category", "done").in("resolvedAt", w.cycle).count();
  }

  static Rows finished(World w, String label) {
    return w.of("issues").labelled(label).is("category", "done").in("resolvedAt", w.cycle);
  }

  /** Activities that took place, by their type. */
  static Rows done(World w, String type) {
    return w.of("activities").is("type", type).is("done", "true").in("doneAt", w.cycle);
  }

  /** How many answers have a score from the one to the other. */
  static BigDecimal scored(World w, String survey, int from, int to) {
    return w.of("responses")
        .is("survey", survey)
        .in("at", w.cycle)
        .where(row -> within(row.number("score"), from, to))
        .count();
  }

  static @Nullable BigDecimal nps(World w) {
    return Numbers.percent(
        scored(w, "nps", 9, 10).subtract(scored(w, "nps", 0, 6)), scored(w, "nps", 0, 10));
  }

  static @Nullable BigDecimal replyDays(World w) {
    return w.of("tickets")
        .in("createdAt", w.cycle)
        .has("firstReplyAt")
        .mean(row -> row.daysBetween("createdAt", "firstReplyAt"));
  }

  /** The mean over periods; nothing where there is none, or one has nothing. */
  static @Nullable BigDecimal mean(
      List<World> periods, Function<World, @Nullable BigDecimal> number) {
    return meanOf(periods, number);
  }

  static @Nullable BigDecimal least(
      List<World> periods, Function<World, @Nullable BigDecimal> number) {
    return leastOf(periods, number);
  }

  /** The percentage of them that counts. */
  static <T> @Nullable BigDecimal share(List<T> all, Predicate<T> counts) {
    return Numbers.percent(
        BigDecimal.valueOf(all.stream().filter(counts).count()), BigDecimal.valueOf(all.size()));
  }

  static <T> @Nullable BigDecimal sumOf(List<T> all, Function<T, @Nullable BigDecimal> number) {
    return Numbers.sum(numbers(all, number));
  }

  static <T> @Nullable BigDecimal meanOf(List<T> all, Function<T, @Nullable BigDecimal> number) {
    return Numbers.over(sumOf(all, number), BigDecimal.valueOf(all.size()));
  }

  static <T> @Nullable BigDecimal leastOf(List<T> all, Function<T, @Nullable BigDecimal> number) {
    return chosen(numbers(all, number), BigDecimal::min);
  }

  static <T> @Nullable BigDecimal mostOf(List<T> all, Function<T, @Nullable BigDecimal> number) {
    return chosen(numbers(all, number), BigDecimal::max);
  }

  private static @Nullable BigDecimal chosen(
      List<@Nullable BigDecimal> numbers, BinaryOperator<BigDecimal> better) {
    @Nullable BigDecimal chosen = null;
    for (BigDecimal number : numbers) {
      if (number == null) {
        return null;
      }
      chosen = chosen == null ? number : better.apply(chosen, number);
    }
    return chosen;
  }

  private static <T> List<@Nullable BigDecimal> numbers(
      List<T> all, Function<T, @Nullable BigDecimal> number) {
    List<@Nullable BigDecimal> numbers = new ArrayList<>();
    all.forEach(one -> numbers.add(number.apply(one)));
    return numbers;
  }

  static boolean within(@Nullable BigDecimal number, int from, int to) {
    return number != null
        && number.compareTo(BigDecimal.valueOf(from)) >= 0
        && number.compareTo(BigDecimal.valueOf(to)) <= 0;
  }

  static BigDecimal yes(boolean done) {
    return done ? BigDecimal.ONE : BigDecimal.ZERO;
  }
}
