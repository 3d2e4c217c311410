package io.okrsync.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What key results of several teams are made of. */
final class Shared {
  private Shared() {}

  static @Nullable BigDecimal revenue(World w) {
    return w.wonInDollars().sum("value");
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
    return Numbers.over(Numbers.sum(numbers(periods, number)), BigDecimal.valueOf(periods.size()));
  }

  /** The percentage of the periods. */
  static @Nullable BigDecimal share(List<World> periods, Predicate<World> counts) {
    return Numbers.percent(
        BigDecimal.valueOf(periods.stream().filter(counts).count()),
        BigDecimal.valueOf(periods.size()));
  }

  static @Nullable BigDecimal least(
      List<World> periods, Function<World, @Nullable BigDecimal> number) {
    @Nullable BigDecimal least = null;
    for (BigDecimal each : numbers(periods, number)) {
      if (each == null) {
        return null;
      }
      least = least == null ? each : least.min(each);
    }
    return least;
  }

  private static List<@Nullable BigDecimal> numbers(
      List<World> periods, Function<World, @Nullable BigDecimal> number) {
    List<@Nullable BigDecimal> numbers = new ArrayList<>();
    periods.forEach(period -> numbers.add(number.apply(period)));
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
