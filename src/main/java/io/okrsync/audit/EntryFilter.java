package io.okrsync.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit entries are wanted. What is null does not matter.
 *
 * @param actor who or what did it
 * @param action what was done, such as {@code run.published}
 * @param subject the source, key result or digest that it is about
 * @param run only what tells of this run
 * @param from not before this moment
 * @param to not after this moment
 * @param before only those with a smaller number than this
 */
public record EntryFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String subject,
    @Nullable Long run,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long before) {
  public static final EntryFilter ALL = ofSubject(null);

  public static EntryFilter ofSubject(@Nullable String subject) {
    return new EntryFilter(null, null, subject, null, null, null, null);
  }

  public static EntryFilter ofRun(long run) {
    return new EntryFilter(null, null, null, run, null, null, null);
  }

  public EntryFilter olderThan(long sequence) {
    return new EntryFilter(actor, action, subject, run, from, to, sequence);
  }

  public EntryFilter newest() {
    return new EntryFilter(actor, action, subject, run, from, to, null);
  }
}
