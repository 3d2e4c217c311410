package io.okrsync.sync;

import org.jspecify.annotations.Nullable;

/**
 * Which runs are wanted.
 *
 * @param source only those of this source; null for all
 * @param outcome only those that stand so; null for all
 * @param before only those with a smaller number than this run, which may be gone or not wanted
 *     itself; null for the newest
 */
public record RunFilter(@Nullable String source, @Nullable Outcome outcome, @Nullable Long before) {
  public static final RunFilter ALL = new RunFilter(null, null, null);

  public static RunFilter ofSource(@Nullable String source) {
    return new RunFilter(source, null, null);
  }

  /** The newest runs, of this source. */
  public RunFilter withSource(@Nullable String other) {
    return new RunFilter(other, outcome, null);
  }

  /** The newest runs, with this outcome. */
  public RunFilter withOutcome(@Nullable Outcome other) {
    return new RunFilter(source, other, null);
  }

  public RunFilter olderThan(long run) {
    return new RunFilter(source, outcome, run);
  }

  public RunFilter newest() {
    return new RunFilter(source, outcome, null);
  }

  /** Whether it leaves runs out because of what they are. */
  public boolean narrows() {
    return source != null || outcome != null;
  }
}
