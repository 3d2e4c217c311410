package io.okrsync.store;

import io.okrsync.audit.EntryFilter;
import io.okrsync.audit.SealedEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log from its end by an index that narrows most, page by page: it never counts, never
 * skips and never sorts, so it takes as long with a million entries as with a hundred.
 */
final class EntryQuery {
  /** Entries of several instances may be a little out of order in time, never by this much. */
  private static final Duration DISORDER = Duration.ofHours(1);

  private final Sql sql;
  private final EntryFilter filter;
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  EntryQuery(Sql sql, EntryFilter filter) {
    this.sql = sql;
    this.filter = filter;
  }

  /** The newest of those that are wanted, newest first. */
  List<SealedEntry> newest(int limit) throws SQLException {
    Optional<Question> question = question(limit);
    return question.isEmpty()
        ? List.of()
        : sql.list(question.get().select(), StoredEntry::sealed, question.get().values().toArray());
  }

  /** What the database is asked. */
  record Question(String select, List<Object> values) {}

  /** Empty where nothing can be found. */
  Optional<Question> question(int limit) throws SQLException {
    add("subject = ? and action like 'key-result.%'", filter.keyResult());
    add("subject = ? and action not like 'key-result.%'", filter.source());
    add("actor = ?", filter.actor());
    add("action = ?", filter.action());
    add("sequence < ?", filter.before());
    between(filter.from(), filter.to());
    if (filter.run() != null && !ofRun(filter.run())) {
      return Optional.empty();
    }
    String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    values.add(limit);
    String select =
        "select sequence, at, actor, action, subject, detail, previous_hash, hash from audit_entry"
            + where
            + " order by "
            + order()
            + " fetch first ? rows only";
    return Optional.of(new Question(select, List.copyOf(values)));
  }

  /** H2 walks an index backwards only where the order names its columns from the first on. */
  private String order() {
    if (filter.keyResult() != null || filter.source() != null) {
      return filter.action() == null
          ? "subject desc, sequence desc"
          : "subject desc, action desc, sequence desc";
    }
    if (filter.actor() != null) {
      return filter.action() == null
          ? "actor desc, sequence desc"
          : "actor desc, action desc, sequence desc";
    }
    return filter.action() == null ? "sequence desc" : "action desc, sequence desc";
  }

  /** Exactly between two moments, looked for among the numbers that were given around then. */
  private void between(@Nullable Instant from, @Nullable Instant to) throws SQLException {
    if (from != null) {
      add("at >= ?", from);
      add(
          "sequence >= ?",
          number("at >= ? order by at, sequence", from.minus(DISORDER)).orElse(Long.MAX_VALUE));
    }
    if (to != null) {
      add("at <= ?", to);
      add(
          "sequence <= ?",
          number("at <= ? order by at desc, sequence desc", to.plus(DISORDER)).orElse(0L));
    }
  }

  private Optional<Long> number(String found, Instant at) throws SQLException {
    return sql
        .list(
            "select sequence from audit_entry where " + found + " fetch first 1 row only",
            row -> row.getLong(1),
            at)
        .stream()
        .findFirst();
  }

  /** What tells of a run stands between its begin and its end; false where there is no such run. */
  private boolean ofRun(long run) throws SQLException {
    List<@Nullable Instant[]> times =
        sql.list(
            "select started_at, finished_at from sync_run where id = ?",
            row -> new @Nullable Instant[] {Sql.instant(row, 1), Sql.instant(row, 2)},
            run);
    if (times.isEmpty()) {
      return false;
    }
    between(Objects.requireNonNull(times.get(0)[0]), times.get(0)[1]);
    conditions.add("(detail like ? or detail like ? or detail like ?)");
    values.addAll(
        Arrays.asList("run " + run + ":%", "%, by run " + run + ";%", "%, by run " + run));
    return true;
  }

  private void add(String condition, @Nullable Object value) {
    if (value != null) {
      conditions.add(condition);
      values.add(value);
    }
  }
}
