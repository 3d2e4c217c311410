package io.okrsync;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table as somebody sees it who can write to the database, on H2 and on PostgreSQL. */
final class TamperedTable {
  /**
   * @param type as the databases name it, in capitals
   */
  record Column(String name, String type, boolean nullable) {}

  /** A row's values by the names of their columns. */
  record Row(Map<String, @Nullable Object> values) {
    @Nullable Object get(String column) {
      return values.get(column);
    }

    Row with(String column, @Nullable Object value) {
      Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
      changed.put(column, value);
      return new Row(changed);
    }
  }

  /** The one table that has no primary key on H2, where another index tells its rows apart. */
  private static final List<String> KEY_OF_VERSIONS = List.of("source", "record_id", "since_run");

  private final Connection connection;
  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final List<String> key = new ArrayList<>();

  /** What tells a row from all others, also where the database lets in two of the same key. */
  private final List<String> told;

  TamperedTable(Connection connection, String name) throws SQLException {
    this.connection = connection;
    this.name = name;
    for (List<String> row :
        texts(
            connection,
            """
            select lower(column_name), upper(data_type), is_nullable from information_schema.columns
            where lower(table_schema) = 'public' and lower(table_name) = '%s'
            order by ordinal_position
            """
                .formatted(name))) {
      columns.add(new Column(row.get(0), row.get(1), row.get(2).equals("YES")));
    }
    texts(
            connection,
            """
            select lower(k.column_name) from information_schema.table_constraints c
            join information_schema.key_column_usage k on k.constraint_name = c.constraint_name
              and k.table_name = c.table_name and k.table_schema = c.table_schema
            where c.constraint_type = 'PRIMARY KEY' and lower(c.table_schema) = 'public'
              and lower(c.table_name) = '%s' order by k.ordinal_position
            """
                .formatted(name))
        .forEach(it -> key.add(it.get(0)));
    told = key.isEmpty() ? columns.stream().map(Column::name).toList() : List.copyOf(key);
    if (key.isEmpty()) {
      key.addAll(KEY_OF_VERSIONS);
    }
  }

  static List<List<String>> texts(Connection connection, String sql) throws SQLException {
    List<List<String>> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        texts.add(row);
      }
    }
    return texts;
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  /** The names of the columns by which rows are told apart. */
  List<String> key() {
    return key;
  }

  /** All rows, by their key. */
  List<Row> rows() throws SQLException {
    List<Row> all = new ArrayList<>();
    String sql = "select %s from %s order by %s".formatted(names(), name, String.join(", ", key));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : columns) {
          values.put(column.name(), value(rows, column));
        }
        all.add(new Row(values));
      }
    }
    return all;
  }

  private static @Nullable Object value(ResultSet rows, Column column) throws SQLException {
    return column.type().startsWith("TIMESTAMP")
        ? rows.getObject(column.name(), OffsetDateTime.class)
        : rows.getObject(column.name());
  }

  /** Takes these rows away. */
  void delete(List<Row> rows) throws SQLException {
    String where =
        told.stream()
            .map(it -> it + " is not distinct from ?")
            .collect(Collectors.joining(" and "));
    for (Row row : rows) {
      execute("delete from %s where %s".formatted(name, where), row, told);
    }
  }

  /** Adds these rows. */
  void insert(List<Row> rows) throws SQLException {
    String places = String.join(", ", Collections.nCopies(columns.size(), "?"));
    String sql = "insert into %s (%s) values (%s)".formatted(name, names(), places);
    for (Row row : rows) {
      execute(sql, row, columns.stream().map(Column::name).toList());
    }
  }

  private void execute(String sql, Row row, List<String> of) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < of.size(); i++) {
        statement.setObject(i + 1, row.get(of.get(i)));
      }
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no such row: " + requireNonNull(row));
      }
    }
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
