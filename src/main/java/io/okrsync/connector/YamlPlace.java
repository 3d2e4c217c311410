package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A value in a YAML text that knows where it stands.
 *
 * @param node null where the text has nothing there
 * @param parent the nearest value that exists, to say where something is missing
 */
record YamlPlace(@Nullable Node node, @Nullable Node parent) {

  /** Reads one document; every problem of syntax is an unchecked exception of the YAML library. */
  static YamlPlace root(String text) {
    LoadSettings settings = LoadSettings.builder().setMaxAliasesForCollections(0).build();
    Node root = new Compose(settings).composeString(text).orElse(null);
    return new YamlPlace(root, root);
  }

  YamlPlace at(String... path) {
    YamlPlace place = this;
    for (String key : path) {
      place = place.child(key);
    }
    return place;
  }

  private YamlPlace child(String key) {
    Node nearest = node == null ? parent : node;
    if (node instanceof MappingNode mapping) {
      for (var pair : mapping.getValue()) {
        if (pair.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
          return new YamlPlace(pair.getValueNode(), nearest);
        }
      }
    }
    return new YamlPlace(null, nearest);
  }

  boolean exists() {
    return node != null;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** The text of a scalar; empty for anything else and for an empty text. */
  Optional<String> text() {
    return node instanceof ScalarNode scalar && !scalar.getValue().isBlank()
        ? Optional.of(scalar.getValue().strip())
        : Optional.empty();
  }

  /** The text of a scalar, or anything else as JSON; empty where nothing is. */
  Optional<String> value() {
    return node == null || node instanceof ScalarNode ? text() : Optional.of(json(node).toString());
  }

  private static JsonNode json(Node node) {
    if (node instanceof MappingNode mapping) {
      ObjectNode object = Json.NODES.objectNode();
      for (var pair : mapping.getValue()) {
        if (pair.getKeyNode() instanceof ScalarNode name) {
          object.set(name.getValue(), json(pair.getValueNode()));
        }
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = Json.NODES.arrayNode();
      sequence.getValue().forEach(item -> array.add(json(item)));
      return array;
    }
    return Json.NODES.textNode(node instanceof ScalarNode scalar ? scalar.getValue() : "");
  }

  /** The texts of a sequence. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> new YamlPlace(item, node).text().ifPresent(texts::add));
    }
    return texts;
  }

  /** Each key of a mapping with its value; the place of the value knows where it is. */
  void each(BiConsumer<String, YamlPlace> entry) {
    if (node instanceof MappingNode mapping) {
      for (var pair : mapping.getValue()) {
        if (pair.getKeyNode() instanceof ScalarNode name) {
          entry.accept(name.getValue(), new YamlPlace(pair.getValueNode(), pair.getKeyNode()));
        }
      }
    }
  }

  /** This place and all below it, keys too. */
  void walk(Consumer<YamlPlace> visit) {
    visit.accept(this);
    if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> new YamlPlace(item, node).walk(visit));
    }
    if (node instanceof MappingNode mapping) {
      for (var pair : mapping.getValue()) {
        new YamlPlace(pair.getKeyNode(), node).walk(visit);
        new YamlPlace(pair.getValueNode(), pair.getKeyNode()).walk(visit);
      }
    }
  }

  int line() {
    return mark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  int column() {
    return mark().map(mark -> mark.getColumn() + 1).orElse(1);
  }

  private Optional<Mark> mark() {
    Node nearest = node == null ? parent : node;
    return nearest == null ? Optional.empty() : nearest.getStartMark();
  }
}
