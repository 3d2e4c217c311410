package io.okrsync.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What stands in a file of the configuration, key by key and as it is written: references such as
 * {@code {{env:NAME}}} are not looked up. An item of a list is called by its {@code id}, so that
 * one more of them does not change all that follow:
 *
 * <pre>
 * objectives[sales].keyResults[win-rate].target = 25
 * </pre>
 */
public final class WrittenKeys {
  private static final ScalarResolver TYPES = new CoreSchema().getScalarResolver();
  private static final String ID = "id";
  private static final String PLAIN_NAME = "[\\w-]+";

  private final Map<String, String> keys = new TreeMap<>();

  private WrittenKeys() {}

  /** By their paths; none where the text is no YAML. */
  public static Map<String, String> of(String name, String text) {
    WrittenKeys written = new WrittenKeys();
    YamlText.read(new ConfigurationFile(name, name, text, true), new Problems())
        .ifPresent(node -> written.add("", node));
    return written.keys;
  }

  private void add(String path, Node node) {
    if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      mapping
          .entries()
          .forEach(
              (name, entry) ->
                  add(path + (path.isEmpty() ? "" : ".") + named(name), entry.value()));
      return;
    }
    if (node instanceof Node.Items list && !areValues(list.items())) {
      for (int i = 0; i < list.items().size(); i++) {
        Node item = list.items().get(i);
        add(path + "[" + id(item).orElse(String.valueOf(i)) + "]", item);
      }
      return;
    }
    keys.put(path, value(node));
  }

  private static boolean areValues(List<Node> items) {
    return items.stream().allMatch(Node.Scalar.class::isInstance);
  }

  private static String named(String name) {
    return name.matches(PLAIN_NAME) ? name : '"' + name + '"';
  }

  private static Optional<String> id(Node item) {
    return item instanceof Node.Mapping mapping
        ? Optional.ofNullable(mapping.entries().get(ID))
            .map(Node.Entry::value)
            .filter(Node.Scalar.class::isInstance)
            .map(it -> named(((Node.Scalar) it).text()))
        : Optional.empty();
  }

  private static String value(Node node) {
    if (node instanceof Node.Items list) {
      return list.items().stream()
          .map(WrittenKeys::value)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node instanceof Node.Scalar scalar) {
      boolean mistakable =
          scalar.type() == Node.Scalar.Type.TEXT
              && !TYPES.resolve(scalar.text(), true).equals(Tag.STR);
      return mistakable ? '"' + scalar.text() + '"' : scalar.text();
    }
    return "{}";
  }
}
