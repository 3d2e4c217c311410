package io.okrsync.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain SQL over the connection of one transaction. Instants are kept to the microsecond. */
final class Sql {
  private static final int ROWS_AT_ONCE = 1000;

  private final Connection connection;
  private final Disk disk;
  private final boolean postgres;

  Sql(Connection connection, Disk disk, boolean postgres) {
    this.connection = connection;
    this.disk = disk;
    this.postgres = postgres;
  }

  /**
   * The rows of a table whose record is among some, given as the next value; a further condition
   * follows. Each database looks them up by its index in this form alone: PostgreSQL, which knows
   * nothing of a new table yet, would compare all of it with a list it joins, and H2 with one it
   * only asks.
   *
   * @param row how a row is called in the further condition
   */
  String among(String table, String row) {
    return among(postgres, table, row);
  }

  static String among(boolean postgres, String table, String row) {
    return postgres
        ? " from %s %s where %s.record_id = any(cast(? as varchar array)) and "
            .formatted(table, row, row)
        : " from unnest(cast(? as varchar array)) as ids (id) join %s %s on %s.record_id = ids.id and "
            .formatted(table, row, row);
  }

  boolean isPostgres() {
    return postgres;
  }

  /** Makes something of one row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> list = new ArrayList<>();
      while (rows.next()) {
        list.add(reader.read(rows));
      }
      return list;
    }
  }

  /** Does something with each row, without holding them all. */
  interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  void each(String sql, RowTaker taker, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    }
  }

  /** Returns how many rows it touched. */
  int update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepared(sql, values)) {
      return statement.executeUpdate();
    }
  }

  /**
   * The same statement once for each row of values; fewer round trips than one by one.
   *
   * @throws StoreUnavailable where there is no room on the {@linkplain Disk disk}
   */
  void batch(String sql, Collection<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    disk.requireForRecords();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int waiting = 0;
      for (@Nullable Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      statement.executeBatch();
    }
  }

  /** A row of values for {@link #batch}. */
  static @Nullable Object[] row(@Nullable Object... values) {
    return values;
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
    return at == null ? null : at.toInstant();
  }

  static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  private PreparedStatement prepared(String sql, @Nullable Object[] values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      bind(statement, values);
      return statement;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }

  private void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, value(values[i]));
    }
  }

  private @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value instanceof Instant at) {
      return at.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }
    if (value instanceof Collection<?> several) {
      boolean numbers = several.stream().anyMatch(Long.class::isInstance);
      return connection.createArrayOf(numbers ? "bigint" : "varchar", several.toArray());
    }
    return value;
  }
}
