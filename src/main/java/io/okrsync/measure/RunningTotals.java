package io.okrsync.measure;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What contributions come to while single ones are added and taken away. It holds no more of them
 * than the aggregate needs: of a sum only the sum, of a median how often there is each value.
 */
public final class RunningTotals {
  private final MeasureDefinition measure;
  private final boolean isRanked;
  private final NavigableMap<BigDecimal, Integer> values = new TreeMap<>();
  private final Map<String, Integer> items = new HashMap<>();
  private final NavigableMap<String, Integer> currencies = new TreeMap<>();
  private final NavigableMap<String, String> problems = new TreeMap<>();
  private final NavigableSet<Contribution> dated =
      new TreeSet<>(comparing(Contribution::at).thenComparing(Contribution::recordId));
  private BigDecimal sum = BigDecimal.ZERO;
  private long records;

  public RunningTotals(MeasureDefinition measure) {
    this.measure = measure;
    this.isRanked =
        switch (measure.aggregate()) {
          case MIN, MAX, MEDIAN, PERCENTILE -> true;
          default -> false;
        };
  }

  public void add(Contribution contribution) {
    count(contribution, 1);
    if (contribution.problem() != null) {
      problems.put(contribution.recordId(), contribution.problem());
    } else if (measure.aggregate() == Aggregate.LATEST) {
      dated.add(contribution);
    }
  }

  /** Takes away one that was added. */
  public void remove(Contribution contribution) {
    count(contribution, -1);
    if (contribution.problem() != null) {
      problems.remove(contribution.recordId());
    } else if (measure.aggregate() == Aggregate.LATEST) {
      dated.remove(contribution);
    }
  }

  private void count(Contribution contribution, int by) {
    records += by;
    if (contribution.problem() != null) {
      return;
    }
    BigDecimal value = requireNonNull(contribution.value(), "one without a problem has a value");
    sum = by > 0 ? sum.add(value) : sum.subtract(value);
    if (isRanked) {
      count(values, value, by);
    }
    count(items, contribution.item(), by);
    count(currencies, contribution.currency(), by);
  }

  private static <K> void count(Map<K, Integer> counts, @Nullable K key, int by) {
    if (key != null) {
      counts.merge(key, by, (now, more) -> now + more == 0 ? null : now + more);
    }
  }

  public boolean isEmpty() {
    return records == 0;
  }

  /** How many values and texts it holds. */
  public int size() {
    return values.size() + items.size() + problems.size() + dated.size();
  }

  /** The reading of what is in it now. */
  public Reading reading(Window window) {
    return Reading.of(measure, window, totals());
  }

  private Totals totals() {
    if (isEmpty()) {
      return Totals.ofNothing();
    }
    long usable = records - problems.size();
    Map.@Nullable Entry<String, String> problem = problems.firstEntry();
    return new Totals(
        records,
        items.size(),
        usable == 0 ? null : sum,
        values.isEmpty() ? null : values.firstKey(),
        values.isEmpty() ? null : values.lastKey(),
        values.isEmpty() ? null : ranked(usable),
        dated.isEmpty() ? null : dated.last().value(),
        problems.size(),
        problem == null ? null : problem.getKey(),
        problem == null ? null : problem.getValue(),
        currencies.navigableKeySet());
  }

  private BigDecimal ranked(long usable) {
    if (measure.rank() != null) {
      return valueAt(Percentile.index(measure.rank(), usable));
    }
    BigDecimal lower = valueAt((usable - 1) / 2);
    return usable % 2 == 1 ? lower : lower.add(valueAt(usable / 2)).divide(BigDecimal.valueOf(2));
  }

  /** The value at this place in ascending order, counted from 0. */
  private BigDecimal valueAt(long place) {
    long before = 0;
    for (Map.Entry<BigDecimal, Integer> each : values.entrySet()) {
      before += each.getValue();
      if (before > place) {
        return each.getKey();
      }
    }
    throw new IllegalArgumentException("there are only %d values".formatted(before));
  }
}
