package io.okrsync.web;

import io.okrsync.okr.Initiative;
import io.okrsync.okr.Initiatives;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The issues that are linked to a key result, for people.
 *
 * @param sums how many there are of what
 * @param run the run that read them; null while their source was never read
 * @param more how many more there are than rows
 */
public record InitiativesView(String sums, @Nullable Long run, List<Row> rows, long more) {
  private static final int LISTED = 50;

  /**
   * @param state overdue, blocked, open or done
   * @param url null where none is known
   * @param due null where it has no day
   */
  public record Row(
      String name,
      @Nullable String url,
      String state,
      String status,
      String assignee,
      @Nullable Moment due) {}

  static InitiativesView of(Initiatives initiatives, Moments moments) {
    return new InitiativesView(
        sums(initiatives),
        initiatives.run(),
        initiatives.all().stream()
            .limit(LISTED)
            .map(it -> row(it, initiatives.now(), moments))
            .toList(),
        Math.max(0, initiatives.all().size() - LISTED));
  }

  /** Such as {@code 4 open, of these 1 overdue and 2 blocked; 3 done}. */
  static String sums(Initiatives all) {
    return all.run() == null
        ? "not known yet: their source was never read"
        : "%d open, of these %d overdue and %d blocked; %d done"
            .formatted(all.open(), all.overdue(), all.blocked(), all.done());
  }

  /** One line for each that is overdue or blocked. */
  static String urgent(Initiatives all) {
    return all.all().stream()
        .filter(it -> it.blocked() || it.isOverdue(all.now()))
        .map(
            it ->
                "  %s: %s%s%s"
                    .formatted(
                        state(it, all.now()),
                        it.name(),
                        it.assignee().isEmpty() ? "" : ", " + it.assignee(),
                        it.url() == null ? "" : ", " + it.url()))
        .collect(Collectors.joining("\n  "));
  }

  private static Row row(Initiative it, Instant now, Moments moments) {
    return new Row(
        it.name(),
        it.url(),
        state(it, now),
        it.status(),
        it.assignee(),
        it.due() == null ? null : moments.at(it.due()));
  }

  private static String state(Initiative it, Instant now) {
    if (it.done()) {
      return "done";
    }
    String said =
        Stream.of(it.isOverdue(now) ? "overdue" : "", it.blocked() ? "blocked" : "")
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining(", "));
    return said.isEmpty() ? "open" : said;
  }
}
