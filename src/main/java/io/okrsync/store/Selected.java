package io.okrsync.store;

import io.okrsync.measure.Measure;
import io.okrsync.measure.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A selection as a condition over rows of contributions: a range of the index (measure, at), of
 * which the rows count that were true at one run and, where it is asked, have one of some keys.
 */
final class Selected {
  /** Where the contributions to a measure are stored, and as of which run they are seen. */
  record Seen(long measure, long run) {}

  /** Finds them; every measure of the selection must have been derived and published. */
  interface Sight {
    Seen of(Measure measure);
  }

  /** A range of rows that were true at one run. */
  static final String COUNTING =
      """
      measure = ? and at >= ? and at < ?
        and since_run <= ? and (until_run is null or until_run > ?)
      """;

  private final StringBuilder condition = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  Selected(Selection selection, Sight sight) {
    add(selection, sight);
  }

  String condition() {
    return condition.toString();
  }

  List<@Nullable Object> values() {
    return values;
  }

  private void add(Selection selection, Sight sight) {
    Seen seen = sight.of(selection.measure());
    condition.append(COUNTING);
    values.add(seen.measure());
    values.add(selection.window().from());
    values.add(selection.window().to());
    values.add(seen.run());
    values.add(seen.run());
    for (Selection.Among among : selection.among()) {
      condition
          .append(" and group_key is not null and group_key ")
          .append(among.inside() ? "in" : "not in")
          .append(" (select group_key from contribution where group_key is not null and ");
      add(among.keys(), sight);
      condition.append(")");
    }
  }
}
