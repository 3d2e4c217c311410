package io.okrsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class WrittenKeysTest {

  @Test
  void items_are_called_by_their_id_and_values_are_as_they_are_written() {
    String text =
        """
        objectives:
          - id: sales
            keyResults:
              - { id: win-rate, target: 25, unit: "%" }
        with: { apiToken: "{{env:TOKEN}}", page: "5", tags: [a, b], steps: [{ at: 1 }], none: }
        labels: { "a.b": 1 }
        """;

    assertThat(WrittenKeys.of("a.yaml", text))
        .containsOnly(
            Map.entry("objectives[sales].id", "sales"),
            Map.entry("objectives[sales].keyResults[win-rate].id", "win-rate"),
            Map.entry("objectives[sales].keyResults[win-rate].target", "25"),
            Map.entry("objectives[sales].keyResults[win-rate].unit", "%"),
            Map.entry("with.apiToken", "{{env:TOKEN}}"),
            Map.entry("with.page", "\"5\""),
            Map.entry("with.tags", "[a, b]"),
            Map.entry("with.steps[0].at", "1"),
            Map.entry("with.none", ""),
            Map.entry("labels.\"a.b\"", "1"));
  }

  /** Each value of each file is changed and taken away by a YAML library of its own. */
  @ParameterizedTest
  @MethodSource("files")
  void no_value_can_change_without_a_key_that_says_so(Path file) throws IOException {
    Object whole = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    Map<String, String> before = keys(whole);
    List<Runnable> undo = new ArrayList<>();

    for (Leaf leaf : leaves(whole)) {
      undo.add(leaf.set("changed"));
      assertThat(changes(before, keys(whole))).as("%s", leaf).isNotEmpty();
      undo.remove(0).run();
    }
    assertThat(keys(whole)).isEqualTo(before).hasSizeGreaterThan(5);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("config"))) {
      return all.filter(it -> it.toString().endsWith(".yaml")).toList();
    }
  }

  private record Leaf(Object within, Object key, Object value) {
    @SuppressWarnings("unchecked") // what the library makes of YAML
    Runnable set(Object other) {
      if (within instanceof Map<?, ?> map) {
        ((Map<Object, Object>) map).put(key, other);
        return () -> ((Map<Object, Object>) map).put(key, value);
      }
      ((List<Object>) within).set((Integer) key, other);
      return () -> ((List<Object>) within).set((Integer) key, value);
    }
  }

  private static List<Leaf> leaves(Object within) {
    List<Leaf> leaves = new ArrayList<>();
    if (within instanceof Map<?, ?> map) {
      map.forEach((key, value) -> leaves.addAll(leaves(within, key, value)));
    }
    if (within instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        leaves.addAll(leaves(within, i, list.get(i)));
      }
    }
    return leaves;
  }

  private static List<Leaf> leaves(Object within, Object key, Object value) {
    List<Leaf> below = leaves(value);
    return below.isEmpty() ? List.of(new Leaf(within, key, value)) : below;
  }

  private static Map<String, String> keys(Object whole) {
    return WrittenKeys.of("a.yaml", new Dump(DumpSettings.builder().build()).dumpToString(whole));
  }

  private static Set<String> changes(Map<String, String> before, Map<String, String> now) {
    Set<String> keys = new HashSet<>(before.keySet());
    keys.addAll(now.keySet());
    keys.removeIf(it -> Objects.equals(before.get(it), now.get(it)));
    return keys;
  }
}
