package io.okrsync.measure;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All that contributions in a window come to, before it is asked whether that is a value. A
 * database fills it by aggregates, {@link InMemory} by loops; {@link Reading#of} judges both alike.
 * The numbers are null when nothing was aggregated, and may be null where the measure's aggregate
 * does not need them.
 *
 * @param records how many contributions there are, those with a problem included
 * @param distinct how many different items
 * @param ranked the value in the middle, or for a percentile the one of its rank
 * @param problems how many contributions have a problem instead of a value
 * @param firstProblemRecord of the contributions with a problem, the least record id, compared as
 *     text; null exactly where there are none
 * @param firstProblem that record's problem
 * @param currencies the different currencies of the values; empty where they are no money
 */
public record Totals(
    long records,
    long distinct,
    @Nullable BigDecimal sum,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    @Nullable BigDecimal ranked,
    @Nullable BigDecimal latest,
    long problems,
    @Nullable String firstProblemRecord,
    @Nullable String firstProblem,
    SortedSet<String> currencies) {

  public Totals {
    currencies = Collections.unmodifiableSortedSet(new TreeSet<>(currencies));
    if (problems > records) {
      throw new IllegalArgumentException(problems + " problems in only " + records + " records");
    }
    if ((problems > 0) != (firstProblemRecord != null && firstProblem != null)) {
      throw new IllegalArgumentException("the first problem must be named exactly if there is one");
    }
  }

  /** Of a window in which nothing counts. */
  public static Totals ofNothing() {
    return new Totals(0, 0, null, null, null, null, null, 0, null, null, new TreeSet<>());
  }

  /** The number this aggregate takes; null where there is none. Says nothing about problems. */
  @Nullable BigDecimal value(Aggregate aggregate) {
    return switch (aggregate) {
      case COUNT -> BigDecimal.valueOf(records);
      case DISTINCT -> BigDecimal.valueOf(distinct);
      case SUM -> records == 0 ? BigDecimal.ZERO : sum;
      case AVERAGE -> average();
      case MIN -> min;
      case MAX -> max;
      case MEDIAN, PERCENTILE -> ranked;
      case LATEST -> latest;
    };
  }

  /** The currencies that are not this one. */
  Collection<String> currenciesBesides(String wanted) {
    SortedSet<String> others = new TreeSet<>(currencies);
    others.remove(wanted);
    return others;
  }

  private @Nullable BigDecimal average() {
    return records == 0 || sum == null
        ? null
        : sum.divide(BigDecimal.valueOf(records), Decimals.DIVISION);
  }
}
