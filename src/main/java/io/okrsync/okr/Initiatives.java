package io.okrsync.okr;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The initiatives of one key result, as one run left them.
 *
 * @param measure what selects them
 * @param all those that need a person first, those that are done last
 * @param run the run; null while their source was never read, and nothing is known of them
 * @param now when they are looked at
 */
public record Initiatives(String measure, List<Initiative> all, @Nullable Long run, Instant now) {
  public Initiatives {
    all = all.stream().sorted(urgentFirst(now)).toList();
  }

  public long open() {
    return all.stream().filter(it -> !it.done()).count();
  }

  public long overdue() {
    return all.stream().filter(it -> it.isOverdue(now)).count();
  }

  public long blocked() {
    return all.stream().filter(it -> it.blocked()).count();
  }

  public long done() {
    return all.size() - open();
  }

  private static Comparator<Initiative> urgentFirst(Instant now) {
    return comparing(Initiative::done)
        .thenComparing(it -> !it.blocked())
        .thenComparing(it -> !it.isOverdue(now))
        .thenComparing(Initiative::due, nullsLast(naturalOrder()))
        .thenComparing(Initiative::id);
  }
}
