package io.okrsync.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted. What is null does not matter.
 *
 * @param actor who or what did it
 * @param action what was done, such as {@code run.published}
 * @param keyResult the key result that it is about
 * @param source the source that it is about; what its runs moved is about key results
 * @param run only what tells of this run
 * @param from not before this moment
 * @param to not after this moment
 * @param before only those with a smaller number than this
 */
public record EntryFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String keyResult,
    @Nullable String source,
    @Nullable Long run,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long before) {
  public EntryFilter {
    if (keyResult != null && source != null) {
      throw new IllegalArgumentException(
          "an entry is about a key result or about a source: only one of the two can be asked for;"
              + " a run has the entries of both");
    }
    if (from != null && to != null && from.isAfter(to)) {
      throw new IllegalArgumentException("from must not be after to");
    }
  }

  public static final EntryFilter ALL =
      new EntryFilter(null, null, null, null, null, null, null, null);

  public static EntryFilter ofKeyResult(String keyResult) {
    return new EntryFilter(null, null, keyResult, null, null, null, null, null);
  }

  public static EntryFilter ofSource(String source) {
    return new EntryFilter(null, null, null, source, null, null, null, null);
  }

  public static EntryFilter ofActor(String actor) {
    return new EntryFilter(actor, null, null, null, null, null, null, null);
  }

  public static EntryFilter ofAction(String action) {
    return new EntryFilter(null, action, null, null, null, null, null, null);
  }

  public static EntryFilter ofRun(long run) {
    return new EntryFilter(null, null, null, null, run, null, null, null);
  }

  public EntryFilter and(Action wanted) {
    return new EntryFilter(actor, wanted.label(), keyResult, source, run, from, to, before);
  }

  public EntryFilter olderThan(long sequence) {
    return new EntryFilter(actor, action, keyResult, source, run, from, to, sequence);
  }

  public EntryFilter newest() {
    return new EntryFilter(actor, action, keyResult, source, run, from, to, null);
  }
}
