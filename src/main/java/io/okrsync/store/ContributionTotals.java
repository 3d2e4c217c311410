package io.okrsync.store;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;

import io.okrsync.measure.Aggregate;
import io.okrsync.measure.MeasureDefinition;
import io.okrsync.measure.Percentile;
import io.okrsync.measure.Selection;
import io.okrsync.measure.Totals;
import io.okrsync.measure.Window;
import io.okrsync.store.DailyTotals.Total;
import io.okrsync.store.Selected.When;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What selected contributions come to, added up by the database. */
final class ContributionTotals {
  private record Basics(
      long records,
      long problems,
      @Nullable String firstProblemRecord,
      @Nullable BigDecimal sum,
      @Nullable BigDecimal min,
      @Nullable BigDecimal max) {
    /** With those that are not dated, all of which are problems. */
    Basics with(Basics undated) {
      return new Basics(
          records + undated.records,
          problems + undated.problems,
          Stream.of(firstProblemRecord, undated.firstProblemRecord)
              .flatMap(Stream::ofNullable)
              .min(naturalOrder())
              .orElse(null),
          sum,
          min,
          max);
    }
  }

  /**
   * Those of which no row need be read to know how many records there are and what they add up to.
   */
  private static final Set<Aggregate> KNOWN_BY_DAY =
      EnumSet.complementOf(EnumSet.of(Aggregate.MIN, Aggregate.MAX));

  private final Sql sql;
  private final Selection selection;
  private final Selected.Seen seen;
  private final Selected dated;
  private final Selected undated;
  private final String usable;

  ContributionTotals(Sql sql, Selection selection, Selected.Sight sight) {
    this.sql = sql;
    this.selection = selection;
    this.seen = sight.of(selection.measure());
    this.dated = new Selected(selection, sight, When.IN_WINDOW);
    this.undated = new Selected(selection, sight, When.UNKNOWN);
    this.usable = dated.rows() + " and problem is null ";
  }

  /**
   * The same as {@link #of} where the run is the last published one: whole days come from {@link
   * DailyTotals} where that is enough, so that not all rows of the window have to be read.
   */
  Totals ofPublished(MeasureDefinition measure) throws SQLException {
    Window window = selection.window();
    Instant from = DailyTotals.midnightFrom(window.from());
    Instant to = DailyTotals.midnightUpTo(window.to());
    boolean someKeys = !selection.among().isEmpty();
    if (someKeys
        || !KNOWN_BY_DAY.contains(measure.aggregate())
        || !from.isBefore(to)
        || basics(undated).problems() > 0) {
      return of(measure);
    }
    Map<String, Total> days = new DailyTotals(sql, seen.source()).between(seen.measure(), from, to);
    edge(window.from(), from).forEach((currency, it) -> days.merge(currency, it, Total::plus));
    edge(to, window.to()).forEach((currency, it) -> days.merge(currency, it, Total::plus));
    Total all = days.values().stream().reduce(Total.NOTHING, Total::plus);
    if (all.problems() > 0) {
      return of(measure); // which says which record it is
    }
    if (all.records() == 0) {
      return Totals.ofNothing();
    }
    SortedSet<String> currencies = new TreeSet<>(days.keySet());
    currencies.remove(DailyTotals.NO_CURRENCY);
    return new Totals(
        all.records(),
        distinct(measure),
        all.amount(),
        null,
        null,
        ranked(measure, all.records()),
        latest(measure),
        0,
        null,
        null,
        currencies);
  }

  /** A part of the window that is no whole day, from the contributions. */
  private Map<String, Total> edge(Instant from, Instant to) throws SQLException {
    Map<String, Total> totals = new HashMap<>();
    if (from.isBefore(to)) {
      sql.list(
              "select currency, count(*), count(problem), coalesce(sum(amount), 0) "
                  + When.IN_WINDOW.counting()
                  + " group by currency",
              row -> Map.entry(DailyTotals.currency(row, 1), DailyTotals.total(row, 2)),
              When.IN_WINDOW.values(seen, new Window(from, to)).toArray())
          .forEach(it -> totals.put(it.getKey(), it.getValue()));
    }
    return totals;
  }

  /** Only what this measure needs is asked for. */
  Totals of(MeasureDefinition measure) throws SQLException {
    Basics basics = basics(dated).with(basics(undated));
    if (basics.records() == 0) {
      return Totals.ofNothing();
    }
    long usableRecords = basics.records() - basics.problems();
    return new Totals(
        basics.records(),
        distinct(measure),
        basics.sum(),
        basics.min(),
        basics.max(),
        ranked(measure, usableRecords),
        latest(measure),
        basics.problems(),
        basics.firstProblemRecord(),
        basics.firstProblemRecord() == null ? null : problem(basics.firstProblemRecord()),
        measure.currency() == null ? new TreeSet<>() : currencies());
  }

  private Basics basics(Selected which) throws SQLException {
    return sql.list(
            """
            select count(*), count(problem),
              min(case when problem is not null then c.record_id end),
              sum(amount), min(amount), max(amount)
            """
                + which.rows(),
            row ->
                new Basics(
                    row.getLong(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getBigDecimal(4),
                    row.getBigDecimal(5),
                    row.getBigDecimal(6)),
            which.values().toArray())
        .get(0);
  }

  private long distinct(MeasureDefinition measure) throws SQLException {
    if (measure.aggregate() != Aggregate.DISTINCT) {
      return 0;
    }
    return ask("select count(distinct item) " + usable, row -> row.getLong(1)).get(0);
  }

  private @Nullable BigDecimal ranked(MeasureDefinition measure, long records) throws SQLException {
    if (records == 0) {
      return null;
    }
    return switch (measure.aggregate()) {
      case MEDIAN -> mean(inOrder((records - 1) / 2, records % 2 == 0 ? 2 : 1));
      case PERCENTILE ->
          mean(inOrder(Percentile.index(requireNonNull(measure.rank()), records), 1));
      default -> null;
    };
  }

  private List<BigDecimal> inOrder(long from, int many) throws SQLException {
    return ask(
        "select amount " + usable + "order by amount offset ? rows fetch next ? rows only",
        ContributionTotals::amount,
        from,
        many);
  }

  private static BigDecimal mean(List<BigDecimal> values) {
    BigDecimal sum = values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(values.size()));
  }

  private @Nullable BigDecimal latest(MeasureDefinition measure) throws SQLException {
    if (measure.aggregate() != Aggregate.LATEST) {
      return null;
    }
    List<BigDecimal> latest =
        ask(
            "select amount "
                + usable
                + "order by c.at desc, c.record_id desc fetch first 1 row only",
            ContributionTotals::amount);
    return latest.isEmpty() ? null : latest.get(0);
  }

  private String problem(String recordId) throws SQLException {
    for (Selected which : List.of(undated, dated)) {
      List<@Nullable Object> values = new ArrayList<>(which.values());
      values.add(recordId);
      List<String> problems =
          sql.list(
              "select problem " + which.rows() + " and c.record_id = ?",
              row -> row.getString(1),
              values.toArray());
      if (!problems.isEmpty()) {
        return problems.get(0);
      }
    }
    throw new IllegalStateException("record %s has no problem".formatted(recordId));
  }

  private SortedSet<String> currencies() throws SQLException {
    return new TreeSet<>(
        ask(
            "select distinct currency " + usable + "and currency is not null",
            row -> row.getString(1)));
  }

  private static BigDecimal amount(ResultSet row) throws SQLException {
    return row.getBigDecimal(1);
  }

  private <T> List<T> ask(String question, Sql.RowReader<T> reader, Object... more)
      throws SQLException {
    List<@Nullable Object> all = new ArrayList<>(dated.values());
    all.addAll(Arrays.asList(more));
    return sql.list(question, reader, all.toArray());
  }
}
