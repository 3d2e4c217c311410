package io.okrsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Deals in a CSV file that is read as a whole by each run: what is not in it any more is gone. */
final class DealFile {
  private static final String COLUMNS = "id,title,status,value,currency,owner,wonAt,url\n";

  private final Path file;
  private final Map<String, String> rows = new TreeMap<>();

  DealFile(Path file) {
    this.file = file;
  }

  /** A source, and settings that let any run through. */
  static void configure(Workspace workspace, Path file, String measures, String keyResults) {
    configure(workspace, file, "", measures, keyResults);
  }

  /** The same with tables of rates, which hold the key {@code rates}. */
  static void configure(
      Workspace workspace, Path file, String rates, String measures, String keyResults) {
    workspace.write(
        "config/sources.yaml",
        """
        sources:
          deals:
            connector: csv-records
            with: { kind: deal, path: "%s" }
            every: 15m
            freshness: { warn: 1h, error: 6h }
            guard: { drop: 100%% }
        """
            .formatted(file));
    workspace.write("config/measures.yaml", rates + "measures:\n" + measures.indent(2));
    workspace.write(
        "config/okrs/2026-q4.yaml",
        """
        cycle: { id: 2026-Q4, from: 2026-10-01, to: 2026-12-31, zone: Asia/Jakarta }
        objectives:
          - id: deals
            title: Close more of the right deals
            owner: sales
            keyResults:
        """
            + keyResults.indent(6));
  }

  /** One whose value is no money. */
  void put(String id, String status, String value, String owner, Instant wonAt) {
    put(id, status, value, "", owner, wonAt);
  }

  void put(String id, String status, String value, String currency, String owner, Instant wonAt) {
    String url = "https://crm.example/deal/" + id;
    rows.put(
        id, String.join(",", id, "Deal " + id, status, value, currency, owner, wonAt + "", url));
  }

  Set<String> ids() {
    return Set.copyOf(rows.keySet());
  }

  void remove(String id) {
    rows.remove(id);
  }

  /** Written an hour ago: a file that is being written is waited for. */
  void write() {
    try {
      Files.writeString(file, COLUMNS + String.join("\n", rows.values()) + "\n");
      Files.setLastModifiedTime(
          file, FileTime.from(Files.getLastModifiedTime(file).toInstant().minusSeconds(3600)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
