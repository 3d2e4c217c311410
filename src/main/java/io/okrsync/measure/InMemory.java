package io.okrsync.measure;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a measure from contributions at hand, in the plainest way: the reference that a database's
 * answer is held against.
 */
public final class InMemory {
  private static final Comparator<Contribution> BY_DATE_THEN_ID =
      comparing(Contribution::at).thenComparing(Contribution::recordId);

  private InMemory() {}

  /** The reading of those contributions that are of this measure and in this window. */
  public static Reading read(Measure measure, Window window, Collection<Contribution> all) {
    List<Contribution> counting =
        all.stream()
            .filter(each -> each.measure().equals(measure.version()))
            .filter(window::holds)
            .toList();
    return Reading.of(measure.definition(), window, totals(counting));
  }

  private static Totals totals(List<Contribution> counting) {
    List<Contribution> usable = counting.stream().filter(each -> each.problem() == null).toList();
    List<BigDecimal> values =
        usable.stream().map(Contribution::value).map(Objects::requireNonNull).sorted().toList();
    @Nullable Contribution firstProblem =
        counting.stream()
            .filter(each -> each.problem() != null)
            .min(comparing(Contribution::recordId))
            .orElse(null);
    return new Totals(
        counting.size(),
        usable.stream().map(Contribution::item).filter(Objects::nonNull).distinct().count(),
        values.stream().reduce(BigDecimal::add).orElse(null),
        values.isEmpty() ? null : values.get(0),
        values.isEmpty() ? null : values.get(values.size() - 1),
        median(values),
        usable.stream().max(BY_DATE_THEN_ID).map(Contribution::value).orElse(null),
        counting.size() - usable.size(),
        firstProblem == null ? null : firstProblem.recordId(),
        firstProblem == null ? null : firstProblem.problem(),
        usable.stream()
            .map(Contribution::currency)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static @Nullable BigDecimal median(List<BigDecimal> sorted) {
    if (sorted.isEmpty()) {
      return null;
    }
    BigDecimal lower = sorted.get((sorted.size() - 1) / 2);
    BigDecimal upper = sorted.get(sorted.size() / 2);
    return lower.add(upper).divide(BigDecimal.valueOf(2));
  }
}
