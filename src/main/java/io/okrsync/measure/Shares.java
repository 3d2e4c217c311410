package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * By how much each changed record changed a measure. Of a count, a sum and an average that is
 * exact: a record that enters an average moves it by its distance from it. The lowest, the highest
 * and the latest value are due to the records that have it, or had it. Of all else, each changed
 * record has an equal share.
 */
public final class Shares {
  private Shares() {}

  /**
   * One share each.
   *
   * @param before what the measure was; null where it had no value
   * @param after what it is; null where it has no value
   */
  public static List<BigDecimal> of(
      Aggregate aggregate,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      long recordsAfter,
      List<ContributionChange> changes) {
    if (before == null || after == null) {
      return equal(changes, change -> true);
    }
    return switch (aggregate) {
      case COUNT -> changes.stream().map(Shares::counted).toList();
      case SUM -> changes.stream().map(Shares::added).toList();
      case AVERAGE -> changes.stream().map(it -> moved(it, before, recordsAfter)).toList();
      case DISTINCT -> equal(changes, it -> distinct(it, after.compareTo(before) > 0));
      case MIN, MAX, LATEST -> equal(changes, it -> decides(it, before, after));
      default -> equal(changes, change -> true);
    };
  }

  /**
   * Shares a whole by these weights, to 10 decimals; what rounding leaves goes to the first of the
   * largest. The parts add up to the whole exactly.
   */
  public static List<BigDecimal> split(BigDecimal whole, List<BigDecimal> weights) {
    BigDecimal sum = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() == 0) {
      return split(whole, Collections.nCopies(weights.size(), BigDecimal.ONE));
    }
    return withRest(
        whole,
        weights.stream()
            .map(it -> Decimals.rounded(whole.multiply(it).divide(sum, Decimals.DIVISION)))
            .toList());
  }

  /** Each weight times the slope; what rounding leaves of the whole goes as with {@link #split}. */
  public static List<BigDecimal> scaled(
      BigDecimal whole, BigDecimal slope, List<BigDecimal> weights) {
    return withRest(
        whole, weights.stream().map(it -> Decimals.rounded(it.multiply(slope))).toList());
  }

  private static List<BigDecimal> withRest(BigDecimal whole, List<BigDecimal> parts) {
    BigDecimal rest = whole.subtract(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    if (rest.signum() == 0) {
      return parts;
    }
    List<BigDecimal> exact = new ArrayList<>(parts);
    int largest = 0;
    for (int i = 1; i < exact.size(); i++) {
      largest = exact.get(i).abs().compareTo(exact.get(largest).abs()) > 0 ? i : largest;
    }
    exact.set(largest, Decimals.rounded(exact.get(largest).add(rest)));
    return exact;
  }

  private static BigDecimal counted(ContributionChange change) {
    return BigDecimal.valueOf((change.after() == null ? 0 : 1) - (change.before() == null ? 0 : 1));
  }

  private static BigDecimal added(ContributionChange change) {
    return value(change.after()).subtract(value(change.before()));
  }

  private static BigDecimal moved(ContributionChange change, BigDecimal average, long records) {
    BigDecimal distance = added(change).subtract(counted(change).multiply(average));
    return distance.divide(BigDecimal.valueOf(Math.max(1, records)), Decimals.DIVISION);
  }

  private static boolean distinct(ContributionChange change, boolean more) {
    @Nullable Contribution needed = more ? change.after() : change.before();
    return needed != null && !Objects.equals(item(change.before()), item(change.after()));
  }

  private static boolean decides(ContributionChange change, BigDecimal before, BigDecimal after) {
    return change.after() != null && value(change.after()).compareTo(after) == 0
        || change.before() != null && value(change.before()).compareTo(before) == 0;
  }

  /** One for each that takes part and zero for the others; one for all where none does. */
  private static List<BigDecimal> equal(
      List<ContributionChange> changes, Predicate<ContributionChange> takesPart) {
    boolean none = changes.stream().noneMatch(takesPart);
    return changes.stream()
        .map(it -> none || takesPart.test(it) ? BigDecimal.ONE : BigDecimal.ZERO)
        .toList();
  }

  private static BigDecimal value(@Nullable Contribution contribution) {
    return contribution == null || contribution.value() == null
        ? BigDecimal.ZERO
        : requireNonNull(contribution.value());
  }

  private static @Nullable String item(@Nullable Contribution contribution) {
    return contribution == null ? null : contribution.item();
  }
}
