package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the cells of a row into the fields of a record, by the names in the first line. */
final class CsvRow {
  private final String file;
  private final String[] names;
  private final CsvFormat format;
  private final RecordKind kind;
  private final PageCall call;
  private final Map<String, Integer> fields = new LinkedHashMap<>();
  private final Map<String, Integer> custom = new LinkedHashMap<>();

  CsvRow(String file, String[] names, CsvFormat format, PageCall call) {
    this.file = file;
    this.names = Arrays.stream(names).map(String::strip).toArray(String[]::new);
    this.format = format;
    this.kind = call.source().kind();
    this.call = call;
    refuseDoubles();
    if (format.columns() == null) {
      byName();
    } else {
      bySetting(format.columns());
    }
    if (!fields.containsKey("id")) {
      throw call.failure(
          ASK_ADMIN,
          "cannot be read: %s, line 1 names no column for 'id'; add columns.id, or call a column id; columns here: %s"
              .formatted(file, shownNames()),
          null);
    }
  }

  /** Of two columns with one name nobody can say which is meant. */
  private void refuseDoubles() {
    for (int i = 0; i < names.length; i++) {
      int first = Arrays.asList(names).indexOf(names[i]);
      if (first < i && !names[i].isEmpty()) {
        throw call.failure(
            ASK_ADMIN,
            "cannot be read: %s, line 1 names two columns '%s' (columns %d and %d); give one of them another name"
                .formatted(file, ErrorText.clean(names[i]), first + 1, i + 1),
            null);
      }
    }
  }

  private void byName() {
    for (int i = 0; i < names.length; i++) {
      boolean known = kind.fields().containsKey(names[i]) && !names[i].equals("custom");
      (known ? fields : custom).put(names[i], i);
    }
  }

  private void bySetting(JsonNode columns) {
    columns
        .properties()
        .forEach(
            field -> {
              if (field.getKey().equals("custom")) {
                field
                    .getValue()
                    .properties()
                    .forEach(
                        own -> custom.put(own.getKey(), column("custom." + own.getKey(), own)));
                return;
              }
              if (!kind.fields().containsKey(field.getKey()) && !field.getKey().equals("removed")) {
                throw CsvFormat.wrong(
                    "columns." + field.getKey(),
                    "is no field of a %s; known: %s; others go under columns.custom"
                        .formatted(kind.label(), String.join(", ", kind.fields().keySet())),
                    call);
              }
              fields.put(field.getKey(), column(field.getKey(), field));
            });
  }

  private int column(String field, Map.Entry<String, JsonNode> setting) {
    int index = Arrays.asList(names).indexOf(setting.getValue().asText().strip());
    if (index < 0) {
      throw call.failure(
          ASK_ADMIN,
          "cannot be read: %s, line 1 has no column '%s' (setting columns.%s); columns here: %s"
              .formatted(file, ErrorText.clean(setting.getValue().asText()), field, shownNames()),
          null);
    }
    return index;
  }

  private String shownNames() {
    return ErrorText.clean(String.join(", ", names));
  }

  /** The record in this row; one that does not fit says so in {@code _unfit}. */
  ObjectNode read(String[] cells, long line) {
    ObjectNode record = Json.NODES.objectNode();
    record.put("_at", "%s, line %d".formatted(file, line));
    record.put("id", cell(cells, fields.getOrDefault("id", 0)));
    if (cells.length > names.length) {
      return record.put(
          "_unfit",
          "has %d cells where line 1 names %s; quote cells that hold the separator"
              .formatted(cells.length, names.length == 1 ? "1 column" : names.length + " columns"));
    }
    if (cells.length < least()) {
      return record.put(
          "_unfit",
          "has %d cells where line 1 names %d columns; it may be cut off; cells that are empty need their separator, too"
              .formatted(cells.length, names.length));
    }
    List<String> unfit = new ArrayList<>();
    fields.forEach((field, column) -> set(record, field, cell(cells, column), unfit));
    if (!custom.isEmpty()) {
      ObjectNode own = record.putObject("custom");
      custom.forEach((field, column) -> own.put(field, cell(cells, column)));
    }
    return unfit.isEmpty() ? record : record.put("_unfit", unfit.get(0));
  }

  /** Behind the last column that has a name there may be nothing. */
  private int least() {
    int least = names.length;
    while (names[least - 1].isEmpty()) {
      least--;
    }
    return least;
  }

  private static @Nullable String cell(String[] cells, int column) {
    String cell = column < cells.length ? cells[column].strip() : "";
    return cell.isEmpty() ? null : cell;
  }

  private void set(ObjectNode record, String field, @Nullable String cell, List<String> unfit) {
    if (cell == null) {
      return;
    }
    FieldType type = kind.fields().getOrDefault(field, FieldType.FLAG);
    @Nullable JsonNode value =
        switch (type) {
          case NUMBER -> number(cell);
          case TIME -> time(cell);
          case TEXTS -> texts(cell);
          default -> Json.NODES.textNode(cell);
        };
    if (value == null) {
      String expected = type == FieldType.NUMBER ? "a number" : "a date";
      String column = names[fields.getOrDefault(field, 0)];
      unfit.add("column '%s': expected %s, found '%s'".formatted(column, expected, shown(cell)));
      return;
    }
    record.set(field, value);
  }

  private static String shown(String cell) {
    String clean = ErrorText.clean(cell);
    return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
  }

  /** The number without what groups its digits; null where it is none. */
  private @Nullable JsonNode number(String cell) {
    String group = format.decimalComma() ? "\\." : ",";
    String point = format.decimalComma() ? "," : "\\.";
    String spaced = cell.replaceAll("[\\s\\u00A0\\u202F]", "");
    boolean grouped = spaced.matches("[+-]?\\d{1,3}(" + group + "\\d{3})+(" + point + "\\d+)?");
    boolean plain = spaced.matches("[+-]?\\d+(" + point + "\\d+)?");
    if (!grouped && !plain) {
      return null;
    }
    String digits = spaced.replaceAll(group, "");
    return Json.NODES.textNode(format.decimalComma() ? digits.replace(',', '.') : digits);
  }

  private @Nullable JsonNode time(String cell) {
    if (format.dates() == null) {
      return Times.instant(cell, call.source().zone()).isPresent()
          ? Json.NODES.textNode(cell)
          : null;
    }
    try {
      TemporalAccessor read = format.dates().parseBest(cell, LocalDateTime::from, LocalDate::from);
      return Json.NODES.textNode(read.toString());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static ArrayNode texts(String cell) {
    ArrayNode texts = Json.NODES.arrayNode();
    Arrays.stream(cell.split("[,;]"))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .forEach(texts::add);
    return texts;
  }
}
