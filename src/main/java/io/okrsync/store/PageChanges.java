package io.okrsync.store;

import io.okrsync.connector.Page;
import io.okrsync.connector.SourceRecord;
import io.okrsync.sync.Counts;
import io.okrsync.sync.SyncRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a page changes, worked out before anything is written. A record that comes twice in a page
 * is counted twice and written once, as it came last.
 */
final class PageChanges {
  /** The open version of a record, as it is stored. */
  record Known(long sinceRun, String hash, @Nullable Instant updatedAt) {}

  /** A version to be stored. */
  record Version(SourceRecord record, String hash) {}

  /**
   * What becomes of one record.
   *
   * @param before its open version; null where it has none
   * @param after the version that is true from this run on; null where the record is gone
   */
  record Change(String recordId, @Nullable Known before, @Nullable Version after) {
    /** Whether the version before is one of the same run, of which nothing is kept. */
    boolean withdraws(long run) {
      return before != null && before.sinceRun() == run;
    }
  }

  private final Page page;
  private final SyncRun run;
  private final Map<String, Known> open;
  private final Set<String> everKnown;
  private final Map<String, Optional<Version>> after = new LinkedHashMap<>();
  private final List<Change> changes = new ArrayList<>();
  private long created;
  private long changed;
  private long unchanged;
  private long removed;

  /** Of what the records of a page hold, in their order. */
  static List<String> hashes(Page page) {
    return page.records().stream().map(it -> ContentHash.of(it.text())).toList();
  }

  /**
   * @param hashes see {@link #hashes}
   * @param open the open versions of the page's records
   * @param everKnown those of the page's records that have or had a version
   * @param run which brought the page; what changed after its end, where it has one, is left as it
   *     is
   */
  PageChanges(
      Page page, List<String> hashes, Map<String, Known> open, Set<String> everKnown, SyncRun run) {
    this.page = page;
    this.run = run;
    this.open = open;
    this.everKnown = everKnown;
    for (int i = 0; i < hashes.size(); i++) {
      take(page.records().get(i), hashes.get(i));
    }
    after.forEach(this::keep);
  }

  Counts counts() {
    int rejected = page.rejections().size();
    return new Counts(page.read(), created, changed, unchanged, removed, rejected, page.total());
  }

  /** Only what differs from what is stored. */
  List<Change> changes() {
    return changes;
  }

  /** How many more records there are after the page. */
  long net() {
    return changes.stream()
        .mapToLong(it -> (it.after() == null ? 0 : 1) - (it.before() == null ? 0 : 1))
        .sum();
  }

  private void keep(String id, Optional<Version> version) {
    Known before = open.get(id);
    String hashBefore = before == null ? null : before.hash();
    String hashAfter = version.map(Version::hash).orElse(null);
    if (!Objects.equals(hashBefore, hashAfter)) {
      changes.add(new Change(id, before, version.orElse(null)));
    }
  }

  private void take(SourceRecord record, String hash) {
    if (isTooLate(record) || isOutOfDate(record)) {
      unchanged++;
      return;
    }
    String current = currentHash(record.id());
    if (record.removed()) {
      remove(record, current);
      return;
    }
    if (hash.equals(current)) {
      unchanged++;
      return;
    }
    if (current == null && !everKnown.contains(record.id()) && !after.containsKey(record.id())) {
      created++;
    } else {
      changed++;
    }
    after.put(record.id(), Optional.of(new Version(record, hash)));
  }

  private boolean isTooLate(SourceRecord record) {
    Instant until = run.until();
    Instant updatedAt = record.updatedAt();
    return until != null && updatedAt != null && updatedAt.isAfter(until);
  }

  /** Whether this run has brought it as it was after a later change. */
  private boolean isOutOfDate(SourceRecord record) {
    Instant brought = broughtOf(record.id());
    Instant updatedAt = record.updatedAt();
    return brought != null && updatedAt != null && updatedAt.isBefore(brought);
  }

  private @Nullable Instant broughtOf(String id) {
    if (after.containsKey(id)) {
      return after.get(id).map(it -> it.record().updatedAt()).orElse(null);
    }
    Known known = open.get(id);
    return known == null || known.sinceRun() != run.id() ? null : known.updatedAt();
  }

  private void remove(SourceRecord record, @Nullable String current) {
    if (current == null) {
      unchanged++;
      return;
    }
    changed++;
    removed++;
    after.put(record.id(), Optional.empty());
  }

  private @Nullable String currentHash(String id) {
    if (after.containsKey(id)) {
      return after.get(id).map(Version::hash).orElse(null);
    }
    Known known = open.get(id);
    return known == null ? null : known.hash();
  }
}
