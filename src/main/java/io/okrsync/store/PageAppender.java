package io.okrsync.store;

import io.okrsync.connector.Page;
import io.okrsync.connector.SourceRecord;
import io.okrsync.measure.Measure;
import io.okrsync.store.PageChanges.Change;
import io.okrsync.store.PageChanges.Known;
import io.okrsync.sync.Counts;
import io.okrsync.sync.RunKind;
import io.okrsync.sync.SyncRun;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stores a page: what it changed, what that adds to measures, and where to read on. What needs no
 * database is done by other threads meanwhile.
 */
final class PageAppender {
  private final Work work;
  private final Instant now;

  PageAppender(Work work, Instant now) {
    this.work = work;
    this.now = now;
  }

  SyncRun append(SyncRun run, Page page, List<Measure> measures) throws SQLException {
    StoredSource source = work.sources().locked(run.source());
    StoredRun stored = work.runs().atWork(run);
    if (run.kind() == RunKind.CENSUS) {
      return count(source, stored, run, page);
    }
    CompletableFuture<List<String>> hashes =
        CompletableFuture.supplyAsync(() -> PageChanges.hashes(page));
    Set<String> ids = ids(page);
    Map<String, Known> open = work.records(run.source()).open(ids);
    Set<String> everKnown = everKnown(source, ids, open);
    PageChanges changes = new PageChanges(page, hashes.join(), open, everKnown, run);
    stored.advance(
        run,
        changes.counts(),
        page.next(),
        latestUpdate(page, run.startedAt()),
        changes.net(),
        now);
    write(stored, changes.changes(), measures);
    work.differences().note(stored, byId(page), changes.changes(), everKnown);
    if (stored.readsEverything()) {
      new SeenPage(run.id(), page, open, changes.changes()).addTo(stored, work.seen(run));
    }
    work.runs().update(stored);
    return stored.asRun();
  }

  /** Only notes which ids there are; what a record holds is for the other kinds of runs. */
  private SyncRun count(StoredSource source, StoredRun stored, SyncRun run, Page page)
      throws SQLException {
    Set<String> ids = ids(page);
    Map<String, Known> open = work.records(run.source()).open(ids);
    stored.seesAgain(everKnown(source, ids, open).size() - open.size());
    Counts listed =
        new Counts(
            page.read(), 0, 0, page.records().size(), 0, page.rejections().size(), page.total());
    stored.advance(run, listed, page.next(), null, 0, now);
    new SeenPage(run.id(), page, open, List.of()).addTo(stored, work.seen(run));
    work.runs().update(stored);
    return stored.asRun();
  }

  private static Map<String, SourceRecord> byId(Page page) {
    return page.records().stream()
        .collect(Collectors.toMap(SourceRecord::id, it -> it, (one, later) -> later));
  }

  private static Set<String> ids(Page page) {
    return page.records().stream().map(SourceRecord::id).collect(Collectors.toSet());
  }

  /** What has no open version was known at most if anything of its source was ever published. */
  private Set<String> everKnown(StoredSource source, Set<String> ids, Map<String, Known> open)
      throws SQLException {
    if (source.publishedRun() == null) {
      return open.keySet();
    }
    Set<String> missing = new HashSet<>(ids);
    missing.removeAll(open.keySet());
    Set<String> everKnown = new HashSet<>(work.records(source.source()).everKnown(missing));
    everKnown.addAll(open.keySet());
    return everKnown;
  }

  private void write(StoredRun stored, List<Change> changes, List<Measure> measures)
      throws SQLException {
    SyncRun run = stored.asRun();
    Map<Long, Measure> byId = work.measures().byId(run.source(), measures);
    CompletableFuture<List<@Nullable Object[]>> rows =
        CompletableFuture.supplyAsync(() -> Contributions.rows(run.id(), changes, byId));
    CompletableFuture<Void> sum = CompletableFuture.runAsync(() -> stored.wrote(changes));
    work.records(run.source()).write(run.id(), changes);
    withdraw(run, changes);
    work.contributions().insert(rows.join());
    sum.join();
  }

  /** From every measure: one that rests by now was followed when the run wrote the version. */
  private void withdraw(SyncRun run, List<Change> changes) throws SQLException {
    List<Change> withdrawn = changes.stream().filter(it -> it.withdraws(run.id())).toList();
    if (withdrawn.isEmpty()) {
      return;
    }
    for (StoredMeasure measure : work.measures().of(run.source())) {
      work.contributions().withdraw(run.id(), withdrawn, measure.id());
    }
  }

  /** Of those up to a moment: a time yet to come says nothing of what was read. */
  private static @Nullable Instant latestUpdate(Page page, Instant began) {
    return page.records().stream()
        .map(SourceRecord::updatedAt)
        .filter(it -> it != null && !it.isAfter(began))
        .max(Instant::compareTo)
        .orElse(null);
  }
}
