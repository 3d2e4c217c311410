package io.okrsync;

import io.okrsync.audit.AuditEntry;
import io.okrsync.audit.Finding;
import io.okrsync.audit.SealedEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people said, row by row: each row has its entry, each entry its row, and they stand in the
 * same order, since the last one holds.
 */
final class SaidRows {
  private final String table;
  private final List<Finding> findings;
  private final Map<Long, @Nullable AuditEntry> rows = new TreeMap<>();
  private final Map<AuditEntry, Deque<SealedEntry>> told = new HashMap<>();

  SaidRows(String table, List<Finding> findings) {
    this.table = table;
    this.findings = findings;
  }

  /**
   * Takes a row.
   *
   * @param entry that must tell of it; null where nobody can have said what is stored
   */
  void row(long id, @Nullable AuditEntry entry) {
    rows.put(id, entry);
  }

  long size() {
    return rows.size();
  }

  /** Takes an entry, in order. */
  void told(SealedEntry entry) {
    told.computeIfAbsent(entry.entry(), it -> new ArrayDeque<>()).add(entry);
  }

  /**
   * After the last entry: what is left over on either side.
   *
   * @param again reads the rows once more: some may have been added while entries were read
   */
  void compare(Consumer<SaidRows> again) {
    long last = 0;
    for (Map.Entry<Long, @Nullable AuditEntry> row : rows.entrySet()) {
      SealedEntry entry = taken(row.getValue());
      if (entry == null) {
        add(table + " " + row.getKey(), "is not what any entry says: it was added or changed");
      } else if (entry.sequence() < last) {
        add(
            table + " " + row.getKey(),
            "does not stand where entry %d tells of it: rows were reordered"
                .formatted(entry.sequence()));
      } else {
        last = entry.sequence();
      }
    }
    if (told.values().stream().anyMatch(it -> !it.isEmpty())) {
      SaidRows now = new SaidRows(table, findings);
      again.accept(now);
      now.rows.keySet().removeAll(rows.keySet());
      now.rows.values().forEach(this::taken);
    }
    told.values().forEach(left -> left.forEach(this::missing));
  }

  private @Nullable SealedEntry taken(@Nullable AuditEntry entry) {
    Deque<SealedEntry> its = entry == null ? null : told.get(entry);
    return its == null ? null : its.pollFirst();
  }

  private void missing(SealedEntry entry) {
    add(
        "%s about %s".formatted(table, entry.entry().subject()),
        "is missing or changed, though entry %d tells of it: %s"
            .formatted(entry.sequence(), entry.entry().detail()));
  }

  private void add(String place, String what) {
    findings.add(new Finding(place, what));
  }
}
