package io.okrsync;

import static java.util.Objects.requireNonNull;

import io.okrsync.TamperedTable.Column;
import io.okrsync.TamperedTable.Row;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that is done to the rows of one table, one harm after the other. */
final class TamperedRows {
  /** Of a table with no more rows than these all are harmed, or else the ends and the middle. */
  private static final String HASH = "[0-9a-f]{64}";

  private static final int SMALL = 3;

  /** More than any number that is there. */
  private static final long FAR = 1_000_000;

  /** What no row has in the end. */
  private static final Map<String, List<Object>> MORE =
      Map.of(
          "sync_run.outcome",
          List.of("RUNNING", "PARTIAL", "OK_EMPTY"),
          "sync_run.kind",
          List.of("CENSUS"),
          "sync_run.triggered_by",
          List.of("SCHEDULE"),
          "reading.cause",
          List.of("TIME"),
          "difference.what",
          List.of("RETURNED"));

  /**
   * What somebody did to a table.
   *
   * @param columns that are not what they were; empty where whole rows are
   */
  record Harm(String words, Set<String> columns, List<Row> removed, List<Row> added) {}

  private final TamperedTable table;
  private final List<Row> rows;
  private final Predicate<String> free;
  private final Predicate<String> name;
  private final List<Harm> harms = new ArrayList<>();

  /**
   * @param free whether nothing rests on a column
   * @param name whether all that rests on a column is the order of the rows
   */
  TamperedRows(
      TamperedTable table, List<Row> rows, Predicate<String> free, Predicate<String> name) {
    this.table = table;
    this.rows = rows;
    this.free = free;
    this.name = name;
  }

  List<Harm> harms() {
    table.columns().stream()
        .filter(it -> !free.test(it.name()))
        .forEach(
            it -> {
              if (!name.test(it.name())) {
                flips(it);
              }
              swaps(it);
            });
    drops();
    cuts();
    insertions();
    swapsOfRows();
    return harms;
  }

  private void flips(Column column) {
    for (Row row : some(column)) {
      for (Object other : others(column, row)) {
        harm(
            "%s of %s := %s".formatted(column.name(), named(row), other),
            Set.of(column.name()),
            List.of(row),
            List.of(row.with(column.name(), other)));
      }
      if (column.nullable() && row.get(column.name()) != null) {
        harm(
            "%s of %s := null".formatted(column.name(), named(row)),
            Set.of(column.name()),
            List.of(row),
            List.of(row.with(column.name(), null)));
      }
    }
  }

  /** The ends and the middle, of all, and of those that have a value there. */
  private Set<Row> some(Column column) {
    Set<Row> some = new LinkedHashSet<>(some(rows));
    some.addAll(some(rows.stream().filter(it -> it.get(column.name()) != null).toList()));
    return some;
  }

  private static List<Row> some(List<Row> rows) {
    return rows.size() <= SMALL
        ? rows
        : List.of(rows.get(0), rows.get(rows.size() / 2), rows.get(rows.size() - 1));
  }

  /** The least change there is, one that nobody sees, and a value that another row has. */
  private Set<Object> others(Column column, Row row) {
    @Nullable Object value = row.get(column.name());
    Set<Object> others = new LinkedHashSet<>();
    others.add(value == null ? any(column) : next(value));
    if (column.type().equals("BIGINT")) {
      others.add(FAR);
    }
    if (value instanceof String text && !text.matches(HASH) && !text.matches("(?s)[{\\[].*")) {
      others.add(text + " "); // behind JSON it tells nothing; behind a hash PostgreSQL takes it off
    }
    Optional.ofNullable(MORE.get(table.name() + "." + column.name())).ifPresent(others::addAll);
    rows.stream()
        .map(it -> it.get(column.name()))
        .filter(it -> it != null && !it.equals(value))
        .findFirst()
        .ifPresent(others::add);
    others.remove(value);
    return others;
  }

  private static Object any(Column column) {
    return switch (column.type()) {
      case "BOOLEAN" -> true;
      case "BIGINT" -> 1L;
      case "INTEGER" -> 1;
      case "NUMERIC" -> BigDecimal.ZERO;
      case "TIMESTAMP WITH TIME ZONE" -> OffsetDateTime.parse("2026-11-20T03:00:00Z");
      default -> "x";
    };
  }

  private static Object next(Object value) {
    if (value instanceof Boolean truth) {
      return !truth;
    }
    if (value instanceof Long number) {
      return number + 1;
    }
    if (value instanceof Integer number) {
      return number + 1;
    }
    if (value instanceof BigDecimal number) {
      return number.add(new BigDecimal("0.0000000001"));
    }
    if (value instanceof OffsetDateTime at) {
      return at.plus(1, ChronoUnit.MICROS);
    }
    String text = (String) value;
    return text.matches(HASH) ? text.substring(1) + text.charAt(0) : text + "x";
  }

  /** Of rows next to each other, and of the first and the last that have different values. */
  private void swaps(Column column) {
    for (int i = 0; i + 1 < rows.size(); i++) {
      boolean sampled = rows.size() <= 2 * SMALL || some(rows).contains(rows.get(i));
      if (sampled) {
        swap(Set.of(column.name()), rows.get(i), rows.get(i + 1));
      }
    }
    Row first = rows.get(0);
    for (int i = rows.size() - 1; i > 1; i--) {
      if (!Objects.equals(first.get(column.name()), rows.get(i).get(column.name()))) {
        swap(Set.of(column.name()), first, rows.get(i));
        return;
      }
    }
  }

  private void swapsOfRows() {
    for (int i = 0; i + 1 < rows.size(); i++) {
      if (table.key().stream().noneMatch(free)) {
        swap(Set.copyOf(table.key()), rows.get(i), rows.get(i + 1));
      }
    }
  }

  private void swap(Set<String> columns, Row one, Row other) {
    Row first = one;
    Row second = other;
    for (String column : columns) {
      first = first.with(column, other.get(column));
      second = second.with(column, one.get(column));
    }
    harm(
        "%s of %s and %s swapped".formatted(columns, named(one), named(other)),
        columns,
        List.of(one, other),
        List.of(first, second));
  }

  private void drops() {
    rows.forEach(it -> harm(named(it) + " dropped", Set.of(), List.of(it), List.of()));
  }

  /** The head and the tail, of two rows and of half of all. */
  private void cuts() {
    for (int many : new int[] {2, Math.max(3, rows.size() / 2)}) {
      if (many <= rows.size()) {
        harm(many + " cut at the head", Set.of(), rows.subList(0, many), List.of());
        List<Row> tail = rows.subList(rows.size() - many, rows.size());
        harm(many + " cut at the tail", Set.of(), tail, List.of());
      }
    }
  }

  /** Rows that are there, once more under another key: each part of it in turn, and all of it. */
  private void insertions() {
    for (Row row : some(rows)) {
      Row all = row;
      for (String part : table.key()) {
        harm(
            "%s once more with another %s".formatted(named(row), part),
            Set.of(),
            List.of(),
            List.of(row.with(part, beyond(part))));
        all = all.with(part, beyond(part));
      }
      harm(named(row) + " once more", Set.of(), List.of(), List.of(all));
    }
  }

  /** What no row has there. */
  private Object beyond(String column) {
    Object some = requireNonNull(rows.get(rows.size() - 1).get(column));
    if (some instanceof Long) {
      return rows.stream().mapToLong(it -> (Long) requireNonNull(it.get(column))).max().orElse(0)
          + 1;
    }
    if (some instanceof Integer) {
      return rows.stream().mapToInt(it -> (Integer) requireNonNull(it.get(column))).max().orElse(0)
          + 1;
    }
    return some + "z";
  }

  private void harm(String words, Set<String> columns, List<Row> removed, List<Row> added) {
    if (!Set.copyOf(removed).equals(Set.copyOf(added))) {
      harms.add(new Harm(table.name() + ": " + words, columns, removed, added));
    }
  }

  private String named(Row row) {
    Map<String, @Nullable Object> key = new LinkedHashMap<>();
    table.key().forEach(it -> key.put(it, row.get(it)));
    return key.values().toString();
  }
}
