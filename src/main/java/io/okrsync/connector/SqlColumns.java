package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which column of a query holds which field, and how its values are written. */
final class SqlColumns {
  /** A column as the database describes it. */
  private record Column(int index, String label, int type, String typeName) {
    boolean isUuid() {
      return typeName.equalsIgnoreCase("uuid");
    }

    boolean isZoned() {
      String name = typeName.toLowerCase(Locale.ROOT);
      return name.contains("timestamptz") || name.contains("with time zone");
    }
  }

  private static final Set<Integer> ORDERED =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.NUMERIC,
          Types.DECIMAL,
          Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR);

  private final List<Column> columns;
  private final PageCall call;
  private final Column key;
  private final Map<String, Column> fields = new LinkedHashMap<>();
  private final Map<String, Column> custom = new LinkedHashMap<>();

  private SqlColumns(List<Column> columns, Map<String, String> options, PageCall call) {
    this.columns = columns;
    this.call = call;
    this.key = named("pageBy", options.getOrDefault("pageBy", "id"));
    JsonNode given = Json.readOrNull(options.getOrDefault("columns", ""));
    if (given == null || given.isEmpty()) {
      byName();
    } else {
      given.properties().forEach(field -> put(field.getKey(), field.getValue()));
    }
    fields.putIfAbsent("id", key);
    requireOrder();
  }

  private void requireOrder() {
    if (!key.isUuid() && !ORDERED.contains(key.type())) {
      throw wrong(
          "pageBy",
          "names a column of type %s; pages can follow a whole number, a decimal, a text or a uuid"
              .formatted(key.typeName()));
    }
  }

  static SqlColumns of(ResultSetMetaData row, Map<String, String> options, PageCall call)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= row.getColumnCount(); i++) {
      columns.add(
          new Column(i, row.getColumnLabel(i), row.getColumnType(i), row.getColumnTypeName(i)));
    }
    return new SqlColumns(columns, options, call);
  }

  private void byName() {
    Map<String, String> known = new LinkedHashMap<>();
    call.source().kind().fields().keySet().forEach(field -> known.put(plain(field), field));
    known.put("removed", "removed");
    known.remove("custom");
    for (Column column : columns) {
      @Nullable String field = known.get(plain(column.label()));
      Column other =
          (field == null ? custom : fields).put(field == null ? column.label() : field, column);
      if (other != null) {
        throw wrong(
            "query",
            "selects two columns for '%s': %s and %s"
                .formatted(field == null ? column.label() : field, other.label(), column.label()));
      }
    }
  }

  private static String plain(String name) {
    return name.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private void put(String field, JsonNode column) {
    if (field.equals("custom")) {
      column
          .properties()
          .forEach(
              own ->
                  custom.put(
                      own.getKey(),
                      named("columns.custom." + own.getKey(), own.getValue().asText())));
      return;
    }
    if (!call.source().kind().mappable().contains(field)) {
      throw wrong(
          "columns." + field,
          "is no field of a %s; known: %s; others go under columns.custom"
              .formatted(
                  call.source().kind().label(),
                  String.join(", ", call.source().kind().mappable())));
    }
    fields.put(field, named("columns." + field, column.asText()));
  }

  /** The column with this name; its case matters only where there are several. */
  private Column named(String setting, String name) {
    return columns.stream()
        .filter(column -> column.label().equals(name))
        .findFirst()
        .or(() -> columns.stream().filter(it -> it.label().equalsIgnoreCase(name)).findFirst())
        .orElseThrow(
            () ->
                wrong(
                    setting,
                    "names '%s', which the query does not select; it selects: %s"
                        .formatted(
                            ErrorText.clean(name),
                            ErrorText.clean(
                                String.join(", ", columns.stream().map(Column::label).toList())))));
  }

  /** Where the key is in a row. */
  int key() {
    return key.index();
  }

  /** The key as SQL names it, exactly. */
  String quotedKey() {
    return "okr_page.\"" + key.label().replace("\"", "\"\"") + "\"";
  }

  /** The place of the key to go on after, as the database compares it. */
  void bindKey(PreparedStatement statement, int index, String after) throws SQLException {
    try {
      if (key.isUuid()) {
        statement.setObject(index, UUID.fromString(after));
        return;
      }
      switch (key.type()) {
        case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
            statement.setLong(index, Long.parseLong(after));
        case Types.NUMERIC, Types.DECIMAL -> statement.setBigDecimal(index, new BigDecimal(after));
        default -> statement.setString(index, after);
      }
    } catch (IllegalArgumentException e) {
      throw wrong("pageBy", "names a column whose values are not of its type " + key.typeName());
    }
  }

  ObjectNode record(ResultSet row) throws SQLException {
    ObjectNode record = Json.NODES.objectNode();
    for (Map.Entry<String, Column> field : fields.entrySet()) {
      set(record, field.getKey(), value(row, field.getValue()));
    }
    if (!custom.isEmpty()) {
      ObjectNode own = record.putObject("custom");
      for (Map.Entry<String, Column> field : custom.entrySet()) {
        set(own, field.getKey(), value(row, field.getValue()));
      }
    }
    return record;
  }

  private static void set(ObjectNode record, String field, @Nullable JsonNode value) {
    if (value != null) {
      record.set(field, value);
    }
  }

  private static @Nullable JsonNode value(ResultSet row, Column column) throws SQLException {
    int index = column.index();
    if (column.isZoned()) {
      return text(row.getObject(index, OffsetDateTime.class), OffsetDateTime::toInstant);
    }
    if (column.type() == Types.TIMESTAMP) {
      LocalDateTime at = row.getObject(index, LocalDateTime.class);
      return text(at, DateTimeFormatter.ISO_LOCAL_DATE_TIME::format);
    }
    if (column.type() == Types.DATE) {
      return text(row.getObject(index, LocalDate.class), LocalDate::toString);
    }
    if (column.type() == Types.BOOLEAN || column.type() == Types.BIT) {
      boolean flag = row.getBoolean(index);
      return row.wasNull() ? null : Json.NODES.booleanNode(flag);
    }
    return column.type() == Types.ARRAY
        ? texts(row.getArray(index))
        : plain(row.getString(index), column);
  }

  private static <T> @Nullable JsonNode text(@Nullable T value, Function<T, Object> written) {
    return value == null ? null : Json.NODES.textNode(written.apply(value).toString());
  }

  /** Numbers keep their digits; what is no number, such as NaN, stays a text and is rejected. */
  private static @Nullable JsonNode plain(@Nullable String text, Column column) {
    if (text == null) {
      return null;
    }
    boolean number =
        switch (column.type()) {
          case Types.TINYINT,
              Types.SMALLINT,
              Types.INTEGER,
              Types.BIGINT,
              Types.NUMERIC,
              Types.DECIMAL,
              Types.REAL,
              Types.FLOAT,
              Types.DOUBLE ->
              text.matches("[+-]?[0-9.]+(?:[eE][+-]?[0-9]{1,3})?");
          default -> false;
        };
    return number ? Json.NODES.numberNode(new BigDecimal(text)) : Json.NODES.textNode(text);
  }

  private static @Nullable ArrayNode texts(@Nullable Array array) throws SQLException {
    if (array == null) {
      return null;
    }
    ArrayNode texts = Json.NODES.arrayNode();
    for (Object each : (Object[]) array.getArray()) {
      if (each != null) {
        texts.add(each.toString());
      }
    }
    return texts;
  }

  private SourceFailure wrong(String setting, String what) {
    return call.failure(
        ASK_ADMIN, "cannot be read: setting '%s' %s".formatted(setting, what), null);
  }
}
