package io.okrsync.store;

import static java.util.Comparator.comparing;

import io.okrsync.measure.Contribution;
import io.okrsync.measure.Decimals;
import io.okrsync.measure.Money;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Window;
import io.okrsync.store.Selected.Seen;
import io.okrsync.store.Selected.When;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single contributions as they are stored, for those who check them. */
final class PopulationRows {
  /** A row by the run since which it is true, and its record. */
  record Place(long run, String record) {
    static final Place BEFORE_ALL = new Place(0, "");

    static Place of(ContributionRow row) {
      return new Place(row.sinceRun(), row.contribution().recordId());
    }
  }

  private static final String COLUMNS =
      "select c.record_id, c.since_run, e.until_run, c.at, c.amount, c.item, c.group_key,"
          + " c.currency, c.problem, c.original_amount, c.original_currency ";

  private static final String ROWS = COLUMNS + EndedVersions.MAYBE;

  private final Sql sql;
  private final String source;

  /**
   * @param source whose measures are asked for
   */
  PopulationRows(Sql sql, String source) {
    this.sql = sql;
    this.source = source;
  }

  /** The next rows by run and record after this one, those of one run at most. */
  List<ContributionRow> next(long measure, Place after, int limit) throws SQLException {
    List<ContributionRow> same = from(measure, after, limit);
    if (!same.isEmpty()) {
      return same;
    }
    List<Long> later =
        sql.list(
            """
            select since_run from contribution where measure = ? and since_run >= ?
            order by measure, since_run fetch first 1 row only
            """,
            row -> row.getLong(1),
            measure,
            after.run() + 1);
    return later.isEmpty() ? List.of() : from(measure, new Place(later.get(0), ""), limit);
  }

  private List<ContributionRow> from(long measure, Place after, int limit) throws SQLException {
    return sql.list(
        ROWS
            + "where c.measure = ? and c.since_run = ? and c.record_id > ?"
            + " order by c.measure, c.since_run, c.record_id fetch first ? rows only",
        PopulationRows::row,
        source,
        measure,
        after.run(),
        after.record(),
        limit);
  }

  /** What these versions of records add. */
  List<ContributionRow> of(long measure, List<RecordVersion> versions) throws SQLException {
    return sql.list(
        ROWS
            + "join unnest(cast(? as varchar array), cast(? as bigint array)) as ids (id, since)"
            + " on c.record_id = ids.id and c.since_run = ids.since where c.measure = ?",
        PopulationRows::row,
        source,
        versions.stream().map(RecordVersion::recordId).toList(),
        versions.stream().map(RecordVersion::sinceRun).toList(),
        measure);
  }

  long count(long measure) throws SQLException {
    return sql.list(
            "select count(*) from contribution where measure = ?", row -> row.getLong(1), measure)
        .get(0);
  }

  /** What no version adds. Looks at all, so it is not for each run. */
  List<ContributionRow> strays(long measure) throws SQLException {
    return sql.list(
        ROWS
            + """
            where c.measure = ? and not exists (
              select 1 from record_version v
              where v.source = ? and v.record_id = c.record_id
                and v.since_run = c.since_run)
            order by c.record_id, c.since_run
            """,
        PopulationRows::row,
        source,
        measure,
        source);
  }

  /** Those in the window that were true at one of the two runs only, or between them. */
  List<ContributionRow> changed(
      long measure, String version, Window window, long after, long until, int limit)
      throws SQLException {
    List<ContributionRow> changed = new ArrayList<>();
    for (When when : When.values()) {
      List<@Nullable Object> values =
          new ArrayList<>(when.values(new Seen(source, measure, until), window, after));
      values.addAll(List.of(after, until, limit));
      changed.addAll(
          sql.list(
              COLUMNS
                  + when.counting()
                  + " and (c.since_run > ? or e.until_run <= ?)"
                  + " order by c.record_id, c.since_run fetch first ? rows only",
              row -> row(version, row),
              values.toArray()));
    }
    changed.sort(
        comparing((ContributionRow row) -> row.contribution().recordId())
            .thenComparing(ContributionRow::sinceRun));
    return changed.subList(0, Math.min(limit, changed.size()));
  }

  private static ContributionRow row(ResultSet row) throws SQLException {
    return row("", row);
  }

  private static ContributionRow row(String version, ResultSet row) throws SQLException {
    return new ContributionRow(row.getLong(2), Sql.number(row, 3), contribution(version, row));
  }

  /** Those in the window that were true at the run, by record. */
  List<Contribution> counted(long measure, String version, Window window, long run)
      throws SQLException {
    List<Contribution> counted = new ArrayList<>();
    trueAt(measure, version, window, run, counted::add);
    counted.sort(comparing(Contribution::recordId));
    return counted;
  }

  /** Those that are selected, in any order. */
  List<Contribution> some(Selection selection, Selected.Sight sight, int limit)
      throws SQLException {
    List<Contribution> some = new ArrayList<>();
    for (When when : When.values()) {
      Selected selected = new Selected(selection, sight, when);
      List<@Nullable Object> values = new ArrayList<>(selected.values());
      values.add(limit - some.size());
      some.addAll(
          sql.list(
              COLUMNS + selected.rows() + " fetch first ? rows only",
              row -> contribution(selection.measure().version(), row),
              values.toArray()));
    }
    return some;
  }

  /** Those that are selected, those of one key together. */
  void byKey(Selection selection, Selected.Sight sight, Consumer<Contribution> to)
      throws SQLException {
    Map<String, List<Contribution>> undated = new TreeMap<>();
    each(
        selection,
        new Selected(selection, sight, When.UNKNOWN),
        "",
        it -> undated.computeIfAbsent(it.keyOrEmpty(), key -> new ArrayList<>()).add(it));
    each(
        selection,
        new Selected(selection, sight, When.IN_WINDOW),
        " order by coalesce(group_key, '')",
        it -> {
          List<Contribution> same = undated.remove(it.keyOrEmpty());
          if (same != null) {
            same.forEach(to);
          }
          to.accept(it);
        });
    undated.values().forEach(those -> those.forEach(to));
  }

  private void each(Selection selection, Selected selected, String order, Consumer<Contribution> to)
      throws SQLException {
    sql.each(
        COLUMNS + selected.rows() + order,
        row -> to.accept(contribution(selection.measure().version(), row)),
        selected.values().toArray());
  }

  /** Those in the window that were true at the run, in any order. */
  void trueAt(long measure, String version, Window window, long run, Consumer<Contribution> to)
      throws SQLException {
    for (When when : When.values()) {
      sql.each(
          COLUMNS + when.counting(),
          row -> to.accept(contribution(version, row)),
          when.values(new Seen(source, measure, run), window).toArray());
    }
  }

  /** Those that began to be true after a run and up to a later one. */
  void begun(long measure, String version, long run, long later, Consumer<ContributionRow> to)
      throws SQLException {
    // Nothing is asked of other columns, or H2 would take another index. It begins a range that is
    // greater than a run with that run, so the next one is asked for.
    sql.each(
        ROWS + "where c.measure = ? and c.since_run >= ? and c.since_run <= ?",
        row -> to.accept(row(version, row)),
        source,
        measure,
        run + 1,
        later);
  }

  /** Those that ceased to be true after a run and up to a later one. */
  void ended(long measure, String version, long run, long later, Consumer<ContributionRow> to)
      throws SQLException {
    sql.each(
        COLUMNS
            + EndedVersions.CONTRIBUTIONS
            + "where m.id = ? and e.until_run >= ? and e.until_run <= ?",
        row -> to.accept(row(version, row)),
        measure,
        run + 1,
        later);
  }

  /** Half of it is stored by nobody but who tampers with it, and then it is not nothing. */
  private static @Nullable Money original(ResultSet row) throws SQLException {
    @Nullable BigDecimal amount = row.getBigDecimal(10);
    @Nullable String currency = row.getString(11);
    return amount == null && currency == null
        ? null
        : new Money(
            amount == null ? BigDecimal.ZERO : Decimals.rounded(amount),
            Objects.requireNonNullElse(currency, ""));
  }

  private static Contribution contribution(String version, ResultSet row) throws SQLException {
    @Nullable BigDecimal amount = row.getBigDecimal(5);
    return new Contribution(
        version,
        row.getString(1),
        Sql.instant(row, 4),
        amount == null ? null : Decimals.rounded(amount),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        original(row));
  }
}
