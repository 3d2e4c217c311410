package io.okrsync;

import static org.assertj.core.api.Assertions.assertThat;

import io.okrsync.faults.Dialect;
import io.okrsync.faults.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code src/docs/fault-matrix.md}: what was observed of each fault, by connector and database. A
 * run of the tests checks the cells that it has observed; with {@code -Dokrsync.write=true} it
 * writes them.
 */
final class FaultMatrix {
  private static final Path PAGE = Path.of("src/docs/fault-matrix.md");
  private static final String BEGIN = "<!-- observed -->\n";
  private static final String END = "<!-- end -->\n";
  private static final String NOT_YET = "not observed";
  private static final String IMPOSSIBLE = "–";
  private static final List<String> DATABASES = List.of("H2", "PostgreSQL");

  private final Map<String, String> observed = new TreeMap<>();

  /** What became of a fault. */
  void observed(Fault fault, Dialect dialect, String database, String what) {
    observed.put(key(fault, column(dialect, database)), what);
  }

  /** Compares what was observed with the page, or writes it there. */
  void check() {
    String page = read();
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END, from);
    Map<String, String> known = cells(page.substring(from, to));
    Map<String, String> all = new TreeMap<>(known);
    all.putAll(observed);
    if (Boolean.getBoolean("okrsync.write")) {
      write(page.substring(0, from) + table(all) + page.substring(to));
      return;
    }
    Map<String, String> told = new TreeMap<>(known);
    told.keySet().retainAll(observed.keySet());
    assertThat(told)
        .as("what %s tells; -Dokrsync.write=true writes what was observed", PAGE)
        .isEqualTo(observed);
    assertThat(known)
        .as("every pair of a fault and a connector was observed")
        .doesNotContainValue(NOT_YET);
  }

  private static Map<String, String> cells(String table) {
    Map<String, String> cells = new LinkedHashMap<>();
    List<String> columns = columns();
    for (Fault fault : Fault.values()) {
      table
          .lines()
          .filter(line -> line.startsWith("| " + fault.what() + " |"))
          .map(line -> line.split(" \\| ", -1))
          .forEach(
              row -> {
                for (int i = 0; i < columns.size(); i++) {
                  cells.put(key(fault, columns.get(i)), row[i + 1].replace(" |", "").strip());
                }
              });
    }
    return cells;
  }

  private static String table(Map<String, String> cells) {
    StringBuilder table = new StringBuilder("| fault |");
    columns().forEach(column -> table.append(' ').append(column).append(" |"));
    table.append("\n|---|").append("---|".repeat(columns().size())).append('\n');
    for (Fault fault : Fault.values()) {
      table.append("| ").append(fault.what()).append(" |");
      for (Dialect dialect : Dialect.values()) {
        for (String database : DATABASES) {
          String none = fault.concerns(dialect) ? NOT_YET : IMPOSSIBLE;
          String cell = cells.get(key(fault, column(dialect, database)));
          table.append(' ').append(cell == null || none.equals(IMPOSSIBLE) ? none : cell);
          table.append(" |");
        }
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static List<String> columns() {
    return Arrays.stream(Dialect.values())
        .flatMap(dialect -> DATABASES.stream().map(database -> column(dialect, database)))
        .toList();
  }

  private static String column(Dialect dialect, String database) {
    return dialect.connector() + ", " + database;
  }

  private static String key(Fault fault, String column) {
    return fault.name().toLowerCase(Locale.ROOT) + " / " + column;
  }

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(String text) {
    try {
      Files.writeString(PAGE, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
