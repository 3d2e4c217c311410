package io.okrsync.store;

import io.okrsync.connector.Page;
import io.okrsync.connector.Rejection;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.sync.SyncRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores a page: what it changed, what that adds to measures, and where to read on. */
final class PageAppender {
  private final Work work;

  PageAppender(Work work) {
    this.work = work;
  }

  SyncRun append(SyncRun run, Page page, List<Measure> measures) throws SQLException {
    work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    PageChanges changes = changes(run.source(), page);
    stored.advance(run, changes.counts(), page.next(), latestUpdate(page), changes.net());
    write(run, changes.changes(), measures);
    if (stored.readsEverything()) {
      work.seen(run.id()).add(seen(page));
    }
    work.runs().update(stored);
    return stored.asRun();
  }

  private PageChanges changes(String source, Page page) throws SQLException {
    Set<String> ids = page.records().stream().map(SourceRecord::id).collect(Collectors.toSet());
    Records records = work.records(source);
    Map<String, Known> open = records.open(ids);
    Set<String> missing = new HashSet<>(ids);
    missing.removeAll(open.keySet());
    Set<String> everKnown = new HashSet<>(records.everKnown(missing));
    everKnown.addAll(open.keySet());
    return new PageChanges(page, open, everKnown);
  }

  private void write(SyncRun run, List<Change> changes, List<Measure> measures)
      throws SQLException {
    Map<Long, Measure> byId = work.measures().byId(run.source(), measures);
    work.records(run.source()).write(run.id(), changes);
    work.contributions().write(run.id(), changes, byId);
  }

  /** A rejected item changes nothing, so its record is not gone either. */
  private static Set<String> seen(Page page) {
    return Stream.concat(
            page.records().stream().map(SourceRecord::id),
            page.rejections().stream().map(Rejection::id))
        .collect(Collectors.toSet());
  }

  private static @Nullable Instant latestUpdate(Page page) {
    return page.records().stream()
        .map(SourceRecord::updatedAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .orElse(null);
  }
}
