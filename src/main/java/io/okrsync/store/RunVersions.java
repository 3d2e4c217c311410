package io.okrsync.store;

import io.okrsync.audit.VersionsSum;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.store.PageChanges.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did to the versions of records, as its row keeps it: a sum that grows page by page and
 * is sealed when the run is published. A run that began before there was such a sum has none.
 */
final class RunVersions {
  /** Of a run that has not written anything yet. */
  static final String NONE = "";

  private RunVersions() {}

  static @Nullable String after(@Nullable String before, long run, List<Change> changes) {
    if (before == null || changes.isEmpty()) {
      return before;
    }
    VersionsSum sum = VersionsSum.from(before);
    changes.forEach(it -> add(sum, run, it));
    return sum.text();
  }

  private static void add(VersionsSum sum, long run, Change change) {
    Known before = change.before();
    if (before != null && change.withdraws(run)) {
      sum.withdrawn(change.recordId(), before.hash(), before.updatedAt());
    } else if (before != null) {
      sum.ended(change.recordId(), before.sinceRun());
    }
    Version after = change.after();
    if (after != null) {
      sum.opened(change.recordId(), after.hash(), after.record().updatedAt());
    }
  }

  static @Nullable String sealed(@Nullable String sum) {
    return sum == null ? null : VersionsSum.from(sum).seal();
  }
}
