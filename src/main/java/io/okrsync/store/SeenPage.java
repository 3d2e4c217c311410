package io.okrsync.store;

import io.okrsync.connector.Page;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.SourceRecord;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page adds to the ids that a run which reads everything has seen. Where the run wrote the
 * record's open version, that tells; the other ids are noted.
 */
final class SeenPage {
  private final Set<String> ids;
  private final Set<String> thereBefore;
  private final Set<String> thereAfter;
  private final Set<String> writtenBefore;
  private final Set<String> writtenAfter;

  /**
   * @param open the open versions of the page's records before the page
   */
  SeenPage(long run, Page page, Map<String, Known> open, List<Change> changes) {
    // A rejected item changes nothing, so its record is not gone either.
    this.ids =
        Stream.concat(
                page.records().stream().map(SourceRecord::id),
                page.rejections().stream().map(Rejection::id))
            .collect(Collectors.toSet());
    this.thereBefore = open.keySet();
    this.writtenBefore =
        open.entrySet().stream()
            .filter(it -> it.getValue().sinceRun() == run)
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    this.thereAfter = new HashSet<>(thereBefore);
    this.writtenAfter = new HashSet<>(writtenBefore);
    changes.forEach(this::apply);
  }

  private void apply(Change change) {
    if (change.after() == null) {
      thereAfter.remove(change.recordId());
      writtenAfter.remove(change.recordId());
    } else {
      thereAfter.add(change.recordId());
      writtenAfter.add(change.recordId());
    }
  }

  /**
   * @throws RepeatedPage when the run has seen all of them already; a single one that moved to a
   *     page of its own while the pages were read is no such page
   */
  void addTo(StoredRun run, SeenRecords seen) throws SQLException {
    Set<String> noted = seen.noted(without(ids, writtenBefore));
    Set<String> before = new HashSet<>(noted);
    before.addAll(writtenBefore);
    if (ids.size() > 1 && before.size() == ids.size()) {
      throw new RepeatedPage(ids.size());
    }
    seen.note(without(without(ids, noted), writtenAfter));
    run.sees(ids.size() - before.size(), both(ids, thereAfter) - both(before, thereBefore));
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    return all.stream().filter(id -> !some.contains(id)).collect(Collectors.toSet());
  }

  private static long both(Set<String> one, Set<String> other) {
    return one.stream().filter(other::contains).count();
  }
}
