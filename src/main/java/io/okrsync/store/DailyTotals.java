package io.okrsync.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the contributions to a measure come to on each day (UTC), as of the last published run of
 * its source, but for those that are not dated. A run changes them by what it opened and closed, so
 * a value over a quarter costs some ninety rows, however many records there are.
 */
final class DailyTotals {
  /** Of values that are no money. */
  static final String NO_CURRENCY = "";

  private static final long DAY_SECONDS = 86_400;

  private static final String GROUPED =
      """
      select on_day, currency, count(*), count(problem), coalesce(sum(amount), 0)
      from (
        select cast(c.at at time zone 'UTC' as date) as on_day,
          coalesce(currency, '') as currency, problem, amount
        %s
        where %s and c.at is not null
      ) counted
      group by on_day, currency
      """;

  private record Day(long number, String currency) {}

  /**
   * @param records how many contributions there are, those with a problem included
   * @param amount the sum of those without a problem
   */
  record Total(long records, long problems, BigDecimal amount) {
    static final Total NOTHING = new Total(0, 0, BigDecimal.ZERO);

    Total plus(Total other) {
      return new Total(
          records + other.records, problems + other.problems, amount.add(other.amount));
    }

    Total negated() {
      return new Total(-records, -problems, amount.negate());
    }
  }

  private record DayTotal(Day day, Total total) {}

  private final Sql sql;
  private final String source;

  DailyTotals(Sql sql, String source) {
    this.sql = sql;
    this.source = source;
  }

  /** Adds what this run opened and takes away what it closed. */
  void follow(long measure, long run) throws SQLException {
    List<DayTotal> opened =
        grouped("from contribution c", "c.measure = ? and c.since_run = ?", measure, run);
    List<DayTotal> closed =
        grouped(EndedVersions.CONTRIBUTIONS, "m.id = ? and e.until_run = ?", measure, run);
    if (opened.isEmpty() && closed.isEmpty()) {
      return;
    }
    Map<Day, Total> before = new HashMap<>();
    stored(measure).forEach(it -> before.put(it.day(), it.total()));
    Map<Day, Total> after = new HashMap<>();
    BiConsumer<Day, Total> add =
        (day, change) ->
            after.merge(
                day,
                before.getOrDefault(day, Total.NOTHING).plus(change),
                (now, same) -> now.plus(change));
    opened.forEach(it -> add.accept(it.day(), it.total()));
    closed.forEach(it -> add.accept(it.day(), it.total().negated()));
    write(measure, before, after);
  }

  /** Adds up anew what was true at this run. */
  void build(long measure, long run) throws SQLException {
    Map<Day, Total> after = new HashMap<>();
    trueAt(measure, run).forEach(it -> after.put(it.day(), it.total()));
    clear(measure);
    write(measure, Map.of(), after);
  }

  /**
   * The days that are not what their contributions come to, true at this run; none when all are.
   */
  List<String> wrong(long measure, long run) throws SQLException {
    Set<DayTotal> there = plain(stored(measure));
    Set<DayTotal> again = plain(trueAt(measure, run));
    return Stream.concat(there.stream(), again.stream())
        .filter(it -> !(there.contains(it) && again.contains(it)))
        .map(it -> it.day().number())
        .distinct()
        .sorted()
        .map(day -> LocalDate.ofEpochDay(day).toString())
        .toList();
  }

  /** However the database writes the numbers. */
  private static Set<DayTotal> plain(List<DayTotal> totals) {
    return totals.stream()
        .map(
            it ->
                new DayTotal(
                    it.day(),
                    new Total(
                        it.total().records(),
                        it.total().problems(),
                        it.total().amount().stripTrailingZeros())))
        .collect(Collectors.toSet());
  }

  private List<DayTotal> trueAt(long measure, long run) throws SQLException {
    return grouped(
        EndedVersions.MAYBE,
        "c.measure = ? and c.since_run <= ? and (e.until_run is null or e.until_run > ?)",
        source,
        measure,
        run,
        run);
  }

  void clear(long measure) throws SQLException {
    sql.update("delete from daily_total where measure = ?", measure);
  }

  /** By currency, of the whole days from this moment on and before that one. */
  Map<String, Total> between(long measure, Instant from, Instant to) throws SQLException {
    Map<String, Total> totals = new HashMap<>();
    sql.list(
            """
            select 0, currency, sum(records), sum(problems), sum(amount)
            from daily_total where measure = ? and epoch_day >= ? and epoch_day < ? group by currency
            """,
            DailyTotals::dayTotal,
            measure,
            day(from),
            day(to))
        .forEach(it -> totals.put(it.day().currency(), it.total()));
    return totals;
  }

  /** The first midnight (UTC) that is not before this moment. */
  static Instant midnightFrom(Instant at) {
    Instant midnight = midnightUpTo(at);
    return midnight.equals(at) ? midnight : midnight.plusSeconds(DAY_SECONDS);
  }

  /** The last midnight (UTC) that is not after this moment. */
  static Instant midnightUpTo(Instant at) {
    return Instant.ofEpochSecond(day(at) * DAY_SECONDS);
  }

  private static long day(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), DAY_SECONDS);
  }

  private List<DayTotal> grouped(String from, String which, @Nullable Object... values)
      throws SQLException {
    return sql.list(
        GROUPED.formatted(from, which),
        row -> {
          long day = row.getObject(1, LocalDate.class).toEpochDay();
          return new DayTotal(new Day(day, row.getString(2)), total(row, 3));
        },
        values);
  }

  private List<DayTotal> stored(long measure) throws SQLException {
    return sql.list(
        "select epoch_day, currency, records, problems, amount from daily_total where measure = ?",
        DailyTotals::dayTotal,
        measure);
  }

  private static DayTotal dayTotal(ResultSet row) throws SQLException {
    return new DayTotal(new Day(row.getLong(1), row.getString(2)), total(row, 3));
  }

  static String currency(ResultSet row, int column) throws SQLException {
    String currency = row.getString(column);
    return currency == null ? NO_CURRENCY : currency;
  }

  /** From three columns of a row: records, problems, amount. */
  static Total total(ResultSet row, int first) throws SQLException {
    return new Total(row.getLong(first), row.getLong(first + 1), row.getBigDecimal(first + 2));
  }

  private void write(long measure, Map<Day, Total> before, Map<Day, Total> after)
      throws SQLException {
    List<@Nullable Object[]> emptied = new ArrayList<>();
    List<@Nullable Object[]> changed = new ArrayList<>();
    List<@Nullable Object[]> added = new ArrayList<>();
    after.forEach(
        (day, total) -> {
          Object[] key = {measure, day.number(), day.currency()};
          if (total.records() == 0) {
            emptied.add(key);
          } else if (before.containsKey(day)) {
            changed.add(with(total, key));
          } else {
            added.add(with(total, key));
          }
        });
    sql.batch(
        "delete from daily_total where measure = ? and epoch_day = ? and currency = ?", emptied);
    sql.batch(
        """
        update daily_total set records = ?, problems = ?, amount = ?
        where measure = ? and epoch_day = ? and currency = ?
        """,
        changed);
    sql.batch(
        """
        insert into daily_total (records, problems, amount, measure, epoch_day, currency)
        values (?, ?, ?, ?, ?, ?)
        """,
        added);
  }

  private static @Nullable Object[] with(Total total, Object[] key) {
    return Sql.row(total.records(), total.problems(), total.amount(), key[0], key[1], key[2]);
  }
}
