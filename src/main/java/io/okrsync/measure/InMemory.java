package io.okrsync.measure;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads measures from contributions at hand, in the plainest way: the reference that a database's
 * answer is held against.
 */
public final class InMemory {
  private static final Comparator<Contribution> BY_DATE_THEN_ID =
      comparing(Contribution::at).thenComparing(Contribution::recordId);

  private InMemory() {}

  /** The reading of those contributions that are of this measure and in this window. */
  public static Reading read(Measure measure, Window window, Collection<Contribution> all) {
    return read(Selection.of(measure, window), all);
  }

  /** The reading of those that are selected. */
  public static Reading read(Selection selection, Collection<Contribution> all) {
    return reading(selection, selected(selection, all));
  }

  /** The same for each key; what has none is under the empty text. */
  public static Map<String, Reading> groups(Selection selection, Collection<Contribution> all) {
    Map<String, Reading> groups = new TreeMap<>();
    selected(selection, all).stream()
        .collect(Collectors.groupingBy(Contribution::keyOrEmpty))
        .forEach((key, those) -> groups.put(key, reading(selection, those)));
    return groups;
  }

  /** The reading of contributions all of which count. */
  public static Reading reading(Selection selection, List<Contribution> counting) {
    return reading(selection.measure().definition(), selection.window(), counting);
  }

  /** The same of a measure that is not compiled. */
  public static Reading reading(
      MeasureDefinition measure, Window window, List<Contribution> counting) {
    return Reading.of(measure, window, totals(measure, counting));
  }

  private static List<Contribution> selected(Selection selection, Collection<Contribution> all) {
    List<Contribution> selected =
        all.stream()
            .filter(each -> each.measure().equals(selection.measure().version()))
            .filter(selection.window()::holds)
            .toList();
    for (Selection.Among among : selection.among()) {
      Set<@Nullable String> keys =
          selected(among.keys(), all).stream().map(Contribution::key).collect(Collectors.toSet());
      selected = selected.stream().filter(each -> each.isAmong(keys, among.inside())).toList();
    }
    return selected;
  }

  private static Totals totals(MeasureDefinition measure, List<Contribution> counting) {
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
        values.isEmpty() ? null : ranked(measure.rank(), values),
        usable.stream().max(BY_DATE_THEN_ID).map(Contribution::value).orElse(null),
        counting.size() - usable.size(),
        firstProblem == null ? null : firstProblem.recordId(),
        firstProblem == null ? null : firstProblem.problem(),
        usable.stream()
            .map(Contribution::currency)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static BigDecimal ranked(@Nullable BigDecimal rank, List<BigDecimal> sorted) {
    if (rank != null) {
      return sorted.get((int) Percentile.index(rank, sorted.size()));
    }
    BigDecimal lower = sorted.get((sorted.size() - 1) / 2);
    BigDecimal upper = sorted.get(sorted.size() / 2);
    return lower.add(upper).divide(BigDecimal.valueOf(2));
  }
}
