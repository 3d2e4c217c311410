package io.okrsync.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Settings within a setting, such as the parameters of a query: they go to the connector as JSON.
 */
final class NestedSettings {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  private NestedSettings() {}

  /** The same as JSON; empty where a value is not known, which is reported. */
  static Optional<JsonNode> json(Node node, Context context) {
    if (node instanceof Node.Mapping mapping) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      mapping
          .entries()
          .forEach(
              (name, entry) -> json(entry.value(), context).ifPresent(v -> object.set(name, v)));
      return Optional.of(object);
    }
    if (node instanceof Node.Items items) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      items.items().forEach(item -> json(item, context).ifPresent(array::add));
      return Optional.of(array);
    }
    return node instanceof Node.Scalar scalar
        ? context.text(scalar).map(text -> leaf(scalar, text))
        : Optional.empty();
  }

  private static JsonNode leaf(Node.Scalar scalar, String text) {
    return switch (scalar.type()) {
      case NUMBER ->
          NUMBER.matcher(text).matches()
              ? JsonNodeFactory.instance.numberNode(new BigDecimal(text))
              : JsonNodeFactory.instance.textNode(text);
      case FLAG -> JsonNodeFactory.instance.booleanNode(text.equalsIgnoreCase("true"));
      case NOTHING -> JsonNodeFactory.instance.nullNode();
      case TEXT -> JsonNodeFactory.instance.textNode(text);
    };
  }
}
