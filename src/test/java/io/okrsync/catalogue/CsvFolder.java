package io.okrsync.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes records as CSV files, one for each source. */
final class CsvFolder {
  private CsvFolder() {}

  static void write(Map<String, Rows> records, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Rows> source : records.entrySet()) {
      Path file = folder.resolve(source.getKey() + ".csv");
      Files.writeString(file, text(source.getValue().all()));
      Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH)); // fresh files are waited for
    }
  }

  private static String text(List<Row> rows) {
    Set<String> columns = new LinkedHashSet<>(Set.of("id"));
    rows.forEach(row -> columns.addAll(row.fields().keySet()));
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (Row row : rows) {
      text.append(
              columns.stream().map(column -> cell(row, column)).collect(Collectors.joining(",")))
          .append('\n');
    }
    return text.toString();
  }

  private static String cell(Row row, String column) {
    return row.has(column) ? '"' + row.shown(column) + '"' : "";
  }
}
