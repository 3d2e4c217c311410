package io.okrsync.okr;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key result as it stands at one time.
 *
 * @param read the value that was read or typed last; null while there is none
 * @param reason why there is no value, or why it is the old one; null where all is well
 * @param readAt when the sources behind it were last read, the oldest of them; null while one has
 *     never been read
 * @param elapsed the part of its cycle that has passed, 0..1
 * @param marks what stands beside that value
 */
public record Standing(
    KeyResult keyResult,
    @Nullable BigDecimal read,
    @Nullable String reason,
    @Nullable Instant readAt,
    Freshness freshness,
    BigDecimal elapsed,
    Marks marks) {

  /** A value that a person put in place counts half of one that a source tells. */
  private static final BigDecimal TYPED = new BigDecimal("0.5");

  /** Of a key result whose numbers the configuration tells. */
  public Standing(
      KeyResult keyResult,
      @Nullable BigDecimal read,
      @Nullable String reason,
      @Nullable Instant readAt,
      Freshness freshness,
      BigDecimal elapsed) {
    this(keyResult, read, reason, readAt, freshness, elapsed, Marks.NONE);
  }

  /**
   * The value it is judged by: the override while there is one, then the value with which its cycle
   * ended, then the one that was read last. Null while there is none.
   */
  public @Nullable BigDecimal value() {
    if (marks.override() != null) {
      return marks.override().value();
    }
    return marks.isClosed() ? requireNonNull(marks.close()).value() : read;
  }

  /** Whether its cycle has ended and its value is frozen. */
  public boolean isClosed() {
    return marks.isClosed();
  }

  /**
   * What is read now, where that is not what it is judged by: what the sync says during an
   * override, or what became of a final value later. Null where both are the same.
   */
  public @Nullable BigDecimal otherwise() {
    BigDecimal value = value();
    return read == null || value == null || read.compareTo(value) == 0 ? null : read;
  }

  public @Nullable Frozen baseline() {
    return marks.baseline();
  }

  /** Whether the value rests on what a person typed. */
  public boolean isTyped() {
    return keyResult.isTyped() || marks.override() != null;
  }

  /** The part of its value, 0..1, that rests on what people typed. */
  public BigDecimal typedShare() {
    ObjectiveStanding child = marks.child();
    if (isTyped() || child == null) {
      return isTyped() ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return child.typedShare();
  }

  /** Its share in the objective: half of what was agreed while its value is a typed one. */
  public BigDecimal weight() {
    return isTyped() ? keyResult.weight().multiply(TYPED) : keyResult.weight();
  }

  /** What is asked of the value; null while the baseline is not measured, or allows no target. */
  public @Nullable Course course() {
    Frozen baseline = marks.baseline();
    return keyResult.course(baseline == null ? null : baseline.value()).orElse(null);
  }

  /** Why nothing can be asked of the value yet; null where it can. */
  public @Nullable String missing() {
    if (course() != null || !(keyResult.goal() instanceof Reach reach)) {
      return null;
    }
    Frozen baseline = marks.baseline();
    BigDecimal measured = baseline == null ? null : baseline.value();
    if (measured != null) {
      return "target %s of a measured baseline of %s is no change; give it as a number"
          .formatted(reach.target(), measured.toPlainString());
    }
    return "baseline not measured: " + (baseline == null ? "not read yet" : baseline.reason());
  }

  /** 0 at the baseline, 1 at the target, beyond both as it comes; null while that is not known. */
  public @Nullable BigDecimal progress() {
    Course course = course();
    BigDecimal value = value();
    return value == null || course == null ? null : course.progress(value);
  }

  /** Progress kept in 0..1, the grade it would get now; null while there is none. */
  public @Nullable BigDecimal score() {
    BigDecimal progress = progress();
    return progress == null ? null : progress.max(BigDecimal.ZERO).min(BigDecimal.ONE);
  }

  /**
   * The progress expected for now, 0..1, by the pace that was agreed; a limit is to be kept from
   * the first day on, a milestone by its day, and of an objective as much is expected as of its key
   * results.
   */
  public BigDecimal expected() {
    if (marks.child() != null) {
      return marks.child().expected();
    }
    if (keyResult.goal() instanceof Milestone milestone) {
      return milestone.expected(keyResult.cycle(), elapsed);
    }
    if (course() instanceof Way way) {
      return keyResult.terms().pace().expected(way, keyResult.cycle(), elapsed);
    }
    return keyResult.goal() instanceof Limit ? BigDecimal.valueOf(elapsed.signum()) : elapsed;
  }

  /** The value expected for now; null where none is. */
  public @Nullable BigDecimal valueOnPace() {
    Course course = course();
    return course == null ? null : course.valueAt(expected());
  }

  /**
   * The score in words; null while there is none, and while the value is outdated, since an old
   * number deserves no praise.
   */
  public @Nullable Grade grade() {
    return status() == Status.OUTDATED
        ? null
        : Grade.of(score(), keyResult.terms().ambition(), keyResult.terms().grades());
  }

  /** Of one that is watched it says only whether there is a value, and a fresh one. */
  public Status status() {
    if (keyResult.isWatched() && value() != null) {
      return freshness == Freshness.OUTDATED ? Status.OUTDATED : Status.WATCHED;
    }
    Status status =
        Status.of(progress(), expected(), elapsed, freshness, keyResult.terms().grades());
    boolean mayStillBreak =
        keyResult.goal() instanceof Limit && elapsed.compareTo(BigDecimal.ONE) < 0;
    return status == Status.COMPLETE && mayStillBreak ? Status.ON_TRACK : status;
  }
}
