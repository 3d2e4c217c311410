package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records, and what is counted of them by loops. */
final class Rows {
  private final List<Row> rows;

  Rows(List<Row> rows) {
    this.rows = rows;
  }

  List<Row> all() {
    return rows;
  }

  Rows where(Predicate<Row> counts) {
    return new Rows(rows.stream().filter(counts).toList());
  }

  Rows is(String field, String... values) {
    return where(row -> row.is(field, values));
  }

  Rows has(String field) {
    return where(row -> row.has(field));
  }

  Rows labelled(String label) {
    return where(row -> row.labelled(label));
  }

  /** Those dated by this field within the days. */
  Rows in(String field, Days days) {
    return where(row -> days.hold(row.time(field)));
  }

  /** Those of which this time, and so many times 24 hours more, is within the days. */
  Rows due(String field, int later, Days days) {
    return where(
        row -> {
          Instant time = row.time(field);
          return time != null && days.hold(time.plus(Duration.ofDays(later)));
        });
  }

  /** Those whose key is one of these. */
  Rows among(String field, Set<String> keys) {
    return has(field).where(row -> keys.contains(row.shown(field)));
  }

  /** Those whose key is none of these; one without a key is neither. */
  Rows notAmong(String field, Set<String> keys) {
    return has(field).where(row -> !keys.contains(row.shown(field)));
  }

  Set<String> keys(String field) {
    return rows.stream()
        .filter(row -> row.has(field))
        .map(row -> row.shown(field))
        .collect(Collectors.toSet());
  }

  /** Those of each key, apart. */
  List<Rows> by(String field) {
    return keys(field).stream().map(key -> is(field, key)).toList();
  }

  BigDecimal count() {
    return BigDecimal.valueOf(rows.size());
  }

  BigDecimal distinct(String field) {
    return BigDecimal.valueOf(keys(field).size());
  }

  @Nullable BigDecimal sum(String field) {
    return sum(row -> row.number(field));
  }

  /** Nothing as soon as one number is missing. */
  @Nullable BigDecimal sum(Function<Row, @Nullable BigDecimal> number) {
    List<@Nullable BigDecimal> numbers = new ArrayList<>();
    rows.forEach(row -> numbers.add(number.apply(row)));
    return Numbers.sum(numbers);
  }

  /** Nothing as well where there are no records. */
  @Nullable BigDecimal mean(Function<Row, @Nullable BigDecimal> number) {
    return Numbers.over(sum(number), count());
  }

  @Nullable BigDecimal least(Function<Row, @Nullable BigDecimal> number) {
    @Nullable BigDecimal least = null;
    for (Row row : rows) {
      BigDecimal each = number.apply(row);
      if (each == null) {
        return null;
      }
      least = least == null ? each : least.min(each);
    }
    return least;
  }

  /** The value dated last; of equal dates, of the greater id. */
  @Nullable BigDecimal latest() {
    @Nullable Row latest = null;
    for (Row row : rows) {
      if (row.number("value") == null) {
        return null;
      }
      if (latest == null || isLater(row, latest)) {
        latest = row;
      }
    }
    return latest == null ? null : latest.number("value");
  }

  private static boolean isLater(Row one, Row other) {
    Instant at = requireNonNull(one.time("at"));
    int later = at.compareTo(requireNonNull(other.time("at")));
    return later > 0 || (later == 0 && one.id().compareTo(other.id()) > 0);
  }
}
