package io.okrsync.okr;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a value ends if the days to come are like the days so far: a random walk with drift. The
 * mean of the daily changes so far is added for each day that is left, and days that vary as they
 * did keep eight of ten such courses between low and high. Computed from whole days, so it is the
 * same from midnight to midnight.
 *
 * @param value at the end of the cycle
 * @param days how many daily changes it rests on
 * @param reachedOn the day on which the target would be reached; null where it would not be within
 *     ten times the days of the cycle, or no target is to be reached
 */
public record Forecast(
    BigDecimal value, BigDecimal low, BigDecimal high, int days, @Nullable LocalDate reachedOn) {
  /** Fewer say nothing about how much days vary. */
  public static final int FEWEST_DAYS = 5;

  /** Of a normal distribution, 80% is within so many standard deviations. */
  private static final BigDecimal EIGHT_OF_TEN = new BigDecimal("1.2816");

  private static final MathContext EXACTLY = MathContext.DECIMAL64;
  private static final int DECIMALS = 4;

  /**
   * Empty while there are fewer than {@value #FEWEST_DAYS} daily changes, before the cycle and
   * after it.
   *
   * @param course the values of this cycle, oldest first
   * @param goal what is asked of the value; null while that is not known
   */
  public static Optional<Forecast> of(
      List<ValueAt> course, Cycle cycle, Instant now, @Nullable Course goal) {
    LocalDate today = now.atZone(cycle.zone()).toLocalDate();
    if (course.isEmpty() || today.isBefore(cycle.from()) || today.isAfter(cycle.to())) {
      return Optional.empty();
    }
    List<BigDecimal> evenings = evenings(course, cycle, today);
    List<BigDecimal> changes = changes(evenings);
    if (changes.size() < FEWEST_DAYS) {
      return Optional.empty();
    }
    BigDecimal last = evenings.get(evenings.size() - 1);
    long left = ChronoUnit.DAYS.between(today.minusDays(1), cycle.to());
    BigDecimal drift = mean(changes);
    BigDecimal value = last.add(drift.multiply(BigDecimal.valueOf(left)));
    BigDecimal margin = EIGHT_OF_TEN.multiply(spread(changes, drift, left));
    return Optional.of(
        new Forecast(
            rounded(value),
            rounded(value.subtract(margin)),
            rounded(value.add(margin)),
            changes.size(),
            reachedOn(last, drift, cycle, today, goal)));
  }

  /** The value at the end of each whole day from the first reading on. */
  private static List<BigDecimal> evenings(List<ValueAt> course, Cycle cycle, LocalDate today) {
    LocalDate first = course.get(0).at().atZone(cycle.zone()).toLocalDate();
    List<BigDecimal> evenings = new ArrayList<>();
    int next = 0;
    for (LocalDate day = first; day.isBefore(today); day = day.plusDays(1)) {
      Instant end = day.plusDays(1).atStartOfDay(cycle.zone()).toInstant();
      while (next < course.size() && course.get(next).at().isBefore(end)) {
        next++;
      }
      evenings.add(course.get(next - 1).value());
    }
    return evenings;
  }

  private static List<BigDecimal> changes(List<BigDecimal> evenings) {
    List<BigDecimal> changes = new ArrayList<>();
    for (int i = 1; i < evenings.size(); i++) {
      changes.add(evenings.get(i).subtract(evenings.get(i - 1)));
    }
    return changes;
  }

  private static BigDecimal mean(List<BigDecimal> changes) {
    BigDecimal sum = changes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(changes.size()), EXACTLY);
  }

  /** The standard deviation of what is left, with that of the mean itself: σ √(h + h²/n). */
  private static BigDecimal spread(List<BigDecimal> changes, BigDecimal drift, long left) {
    BigDecimal count = BigDecimal.valueOf(changes.size());
    BigDecimal squares =
        changes.stream()
            .map(it -> it.subtract(drift).pow(2))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal days = BigDecimal.valueOf(left);
    return squares
        .divide(count.subtract(BigDecimal.ONE), EXACTLY)
        .multiply(days.add(days.pow(2).divide(count, EXACTLY)))
        .sqrt(EXACTLY);
  }

  private static @Nullable LocalDate reachedOn(
      BigDecimal last, BigDecimal drift, Cycle cycle, LocalDate today, @Nullable Course goal) {
    if (!(goal instanceof Way way)) {
      return null;
    }
    BigDecimal open = way.target().subtract(last);
    boolean isReached = way.progress(last).compareTo(BigDecimal.ONE) >= 0;
    if (isReached || drift.signum() == 0 || open.signum() != drift.signum()) {
      return null;
    }
    BigDecimal days = open.divide(drift, 0, RoundingMode.CEILING);
    long most = 10 * (ChronoUnit.DAYS.between(cycle.from(), cycle.to()) + 1);
    return days.compareTo(BigDecimal.valueOf(most)) > 0
        ? null
        : today.minusDays(1).plusDays(days.longValue());
  }

  private static BigDecimal rounded(BigDecimal number) {
    BigDecimal rounded = number.setScale(DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
