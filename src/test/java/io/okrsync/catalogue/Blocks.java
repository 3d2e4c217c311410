package io.okrsync.catalogue;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objectives and key results of {@code config/catalogue}, as they stand in its files. */
final class Blocks {
  private static final Path OKRS = Path.of("config/catalogue/okrs");

  /** The target, or the limit to keep. */
  private static final List<String> TARGETS = List.of("target", "atLeast", "atMost");

  private static final Pattern NUMBER = Pattern.compile("([+-]?[0-9.]+)(%| points)?");

  /**
   * One of them.
   *
   * @param baseline null with an objective, and where it is measured
   * @param target null with an objective; a change from the baseline is the number of the change
   */
  record Block(
      String title,
      String file,
      int line,
      @Nullable BigDecimal baseline,
      @Nullable BigDecimal target,
      @Nullable Object unit) {}

  private final Map<String, Block> blocks = new LinkedHashMap<>();

  private Blocks() {}

  /** By name; that of an objective is {@code objective ID}. */
  static Map<String, Block> read() throws IOException {
    Blocks read = new Blocks();
    try (Stream<Path> files = Files.list(OKRS)) {
      for (Path file : files.sorted().toList()) {
        read.add(file);
      }
    }
    return read.blocks;
  }

  /** A YAML file as maps, lists and texts. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> yaml(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setCodePointLimit(10_000_000).build());
    return (Map<String, Object>) load.loadFromString(Files.readString(file));
  }

  private void add(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (Map<String, Object> objective : list(yaml(file).get("objectives"))) {
      String id = "objective " + objective.get("id");
      blocks.put(id, block(objective, file, lines));
      for (Map<String, Object> keyResult : list(objective.get("keyResults"))) {
        blocks.put(requireNonNull(keyResult.get("id")).toString(), block(keyResult, file, lines));
      }
    }
  }

  private static Block block(Map<String, Object> fields, Path file, List<String> lines) {
    String indent = fields.containsKey("keyResults") ? "  " : "      ";
    return new Block(
        requireNonNull(fields.get("title")).toString(),
        file.getFileName().toString(),
        1 + lines.indexOf(indent + "- id: " + fields.get("id")),
        number(fields.get("baseline")),
        TARGETS.stream()
            .filter(fields::containsKey)
            .findFirst()
            .map(key -> number(fields.get(key)))
            .orElse(null),
        fields.get("unit"));
  }

  private static @Nullable BigDecimal number(@Nullable Object value) {
    Matcher number = NUMBER.matcher(String.valueOf(value));
    return number.matches() ? new BigDecimal(number.group(1)) : null;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(@Nullable Object value) {
    return (List<Map<String, Object>>) requireNonNull(value);
  }
}
