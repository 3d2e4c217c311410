package io.okrsync.store;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Measure;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selection as a condition over rows of contributions that were true at one run and, where it is
 * asked, have one of some keys. Those dated in its window are a range of the index (measure, at),
 * and those whose date cannot be told are another; so each is asked for apart.
 */
final class Selected {
  /** Where the contributions to a measure are stored, and as of which run they are seen. */
  record Seen(String source, long measure, long run) {}

  /** Finds them; every measure of the selection must have been derived and published. */
  interface Sight {
    Seen of(Measure measure);
  }

  /** Which rows of a measure. */
  enum When {
    IN_WINDOW("c.at >= ? and c.at < ?"),
    UNKNOWN("c.at is null");

    private final String condition;

    When(String condition) {
      this.condition = condition;
    }

    /** Those that began up to a run and had not ended at one. */
    String counting() {
      return EndedVersions.MAYBE
          + "where c.measure = ? and "
          + condition
          + " and c.since_run <= ? and (e.until_run is null or e.until_run > ?) ";
    }

    /** For those that were true at one run. */
    List<@Nullable Object> values(Seen seen, Window window) {
      return values(seen, window, seen.run());
    }

    /** For those that were true at the run or ended after that earlier one. */
    List<@Nullable Object> values(Seen seen, Window window, long endedAfter) {
      return this == IN_WINDOW
          ? List.of(
              seen.source(), seen.measure(), window.from(), window.to(), seen.run(), endedAfter)
          : List.of(seen.source(), seen.measure(), seen.run(), endedAfter);
    }
  }

  private static final String KEY_UNKNOWN =
      Contribution.KEY_PROBLEMS.stream()
          .map("problem like '%s%%'"::formatted)
          .collect(Collectors.joining(" or ", "group_key is null and (", ")"));

  private final StringBuilder rows = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  Selected(Selection selection, Sight sight, When when) {
    add(selection, sight, when);
  }

  /** What follows {@code select} and the columns, of {@code c} for the most part. */
  String rows() {
    return rows.toString();
  }

  List<@Nullable Object> values() {
    return values;
  }

  private void add(Selection selection, Sight sight, When when) {
    rows.append(when.counting());
    values.addAll(when.values(sight.of(selection.measure()), selection.window()));
    for (Selection.Among among : selection.among()) {
      rows.append("and (")
          .append(KEY_UNKNOWN)
          .append(" or group_key is not null and group_key ")
          .append(among.inside() ? "in (" : "not in (");
      addKeys(among.keys(), sight, When.IN_WINDOW);
      rows.append(" union all ");
      addKeys(among.keys(), sight, When.UNKNOWN);
      rows.append("))");
    }
  }

  private void addKeys(Selection keys, Sight sight, When when) {
    rows.append("select group_key ");
    add(keys, sight, when);
    rows.append("and group_key is not null");
  }
}
