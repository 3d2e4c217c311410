package io.okrsync.measure;

/**
 * A time that a measure found, as formulas hold it. It is no number, or days since 1970 would be
 * published as one: only the difference of two is.
 *
 * @param days since 1970 began in UTC
 */
public record Moment(Exact days) implements Comparable<Moment> {
  /** In days. */
  Exact minus(Moment other) {
    return days.minus(other.days);
  }

  @Override
  public int compareTo(Moment other) {
    return days.compareTo(other.days);
  }
}
