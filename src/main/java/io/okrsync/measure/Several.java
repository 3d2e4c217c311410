package io.okrsync.measure;

import static java.util.Comparator.naturalOrder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a list of numbers. Of an empty one there is a sum, 0, and nothing else. */
final class Several {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Several() {}

  static Exact sum(List<?> list) {
    return numbers(list).stream().reduce(Exact.of(0), Exact::plus);
  }

  static Exact average(List<?> list) {
    List<Exact> numbers = some(list, "average");
    return sum(numbers).over(Exact.of(numbers.size()), "size");
  }

  static Exact min(List<?> list) {
    return sorted(list, "min").get(0);
  }

  static Exact max(List<?> list) {
    List<Exact> sorted = sorted(list, "max");
    return sorted.get(sorted.size() - 1);
  }

  /** The middle value, or the mean of the two in the middle. */
  static Exact median(List<?> list) {
    List<Exact> sorted = sorted(list, "median");
    Exact two = sorted.get((sorted.size() - 1) / 2).plus(sorted.get(sorted.size() / 2));
    return two.over(Exact.of(2), "2");
  }

  /** The least value that at least so many of a hundred do not exceed: one that is in the list. */
  static Exact percentile(List<?> list, Exact rank) {
    List<Exact> sorted = sorted(list, "percentile");
    if (rank.value().signum() <= 0 || rank.value().compareTo(HUNDRED) > 0) {
      throw EvaluationFailure.because("percentile() takes a rank above 0 up to 100, not " + rank);
    }
    return sorted.get((int) Percentile.index(rank.value(), sorted.size()));
  }

  private static List<Exact> sorted(List<?> list, String what) {
    List<Exact> sorted = new ArrayList<>(some(list, what));
    sorted.sort(naturalOrder());
    return sorted;
  }

  private static List<Exact> some(List<?> list, String what) {
    if (list.isEmpty()) {
      throw new EvaluationFailure(
          Reason.Name.NO_RECORDS,
          "%s() of an empty list: no period of it is over yet, or no key has what is asked for"
              .formatted(what));
    }
    return numbers(list);
  }

  /** The items of a custom field are of any type until a record is there. */
  private static List<Exact> numbers(List<?> list) {
    List<Exact> numbers = new ArrayList<>(list.size());
    for (Object item : list) {
      if (!(item instanceof Exact number)) {
        throw EvaluationFailure.because("a list of numbers holds " + ValueType.wordsFor(item));
      }
      numbers.add(number);
    }
    return numbers;
  }
}
