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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Single contributions as they are stored, for those who check them. */
final class PopulationRows {
  private static final String COLUMNS =
      "select record_id, since_run, until_run, at, amount, item, group_key, currency, problem,"
          + " original_amount, original_currency from contribution ";

  private final Sql sql;

  PopulationRows(Sql sql) {
    this.sql = sql;
  }

  /** Of the records after one and up to another, or all that follow, by record and run. */
  List<ContributionRow> after(long measure, String after, @Nullable String last)
      throws SQLException {
    String from = COLUMNS + "where measure = ? and record_id > ?";
    String order = " order by record_id, since_run";
    return last == null
        ? sql.list(from + order, PopulationRows::row, measure, after)
        : sql.list(from + " and record_id <= ?" + order, PopulationRows::row, measure, after, last);
  }

  /** Of the records that follow one, about so many rows, all of each record. */
  List<ContributionRow> next(long measure, String after, int about) throws SQLException {
    return sql.list(
        COLUMNS
            + "where measure = ? and record_id > ?"
            + " order by measure, record_id fetch first ? rows with ties",
        PopulationRows::row,
        measure,
        after,
        about);
  }

  /** Of these records. */
  List<ContributionRow> of(long measure, Collection<String> records) throws SQLException {
    return sql.list(
        COLUMNS
            + "join unnest(cast(? as varchar array)) as ids (id) on record_id = ids.id"
            + " where measure = ?",
        PopulationRows::row,
        records,
        measure);
  }

  /** Those in the window that were true at one of the two runs only, or between them. */
  List<ContributionRow> changed(
      long measure, String version, Window window, long after, long until, int limit)
      throws SQLException {
    List<ContributionRow> changed = new ArrayList<>();
    for (When when : When.values()) {
      List<@Nullable Object> values = new ArrayList<>(when.values(measure, window, until, after));
      values.addAll(List.of(after, until, limit));
      changed.addAll(
          sql.list(
              COLUMNS
                  + "where "
                  + when.counting()
                  + " and (since_run > ? or until_run <= ?)"
                  + " order by record_id, since_run fetch first ? rows only",
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
              COLUMNS + "where " + selected.condition() + " fetch first ? rows only",
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
        COLUMNS + "where " + selected.condition() + order,
        row -> to.accept(contribution(selection.measure().version(), row)),
        selected.values().toArray());
  }

  /** Those in the window that were true at the run, in any order. */
  void trueAt(long measure, String version, Window window, long run, Consumer<Contribution> to)
      throws SQLException {
    for (When when : When.values()) {
      sql.each(
          COLUMNS + "where " + when.counting(),
          row -> to.accept(contribution(version, row)),
          when.values(new Seen(measure, run), window).toArray());
    }
  }

  /** Those that began to be true after a run and up to a later one. */
  void begun(long measure, String version, long run, long later, Consumer<ContributionRow> to)
      throws SQLException {
    // Nothing is asked of other columns, or H2 would take another index.
    sql.each(
        COLUMNS + "where measure = ? and since_run > ? and since_run <= ?",
        row -> to.accept(row(version, row)),
        measure,
        run,
        later);
  }

  /** Those that ceased to be true after a run and up to a later one. */
  void ended(long measure, String version, long run, long later, Consumer<ContributionRow> to)
      throws SQLException {
    sql.each(
        COLUMNS + "where measure = ? and until_run > ? and until_run <= ?",
        row -> to.accept(row(version, row)),
        measure,
        run,
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
