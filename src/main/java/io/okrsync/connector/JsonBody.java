package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The JSON body of a request, from {@code body} (a whole object) and {@code body.NAME} (one field
 * each). Texts are filled in, and left out when a placeholder has no value; {@code @limit} alone is
 * a number; anything else keeps the type it was written with.
 */
final class JsonBody {
  private final Placeholders placeholders;

  private JsonBody(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  /** An empty object means that there is no body. */
  static ObjectNode of(PageOptions options, Placeholders placeholders) {
    JsonBody body = new JsonBody(placeholders);
    ObjectNode fields = Json.NODES.objectNode();
    JsonNode whole = Json.readOrNull(placeholders.fill(options.get("body", "")).orElse("{}"));
    if (whole instanceof ObjectNode object) {
      fields.setAll(body.object(object));
    }
    options
        .group("body")
        .forEach((name, text) -> body.field(text).ifPresent(value -> fields.set(name, value)));
    return fields;
  }

  private Optional<JsonNode> field(String text) {
    JsonNode literal = text.contains("@") ? null : Json.readOrNull(text);
    return literal == null ? text(text) : Optional.of(literal);
  }

  private Optional<JsonNode> filled(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return Optional.of(object(object));
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = Json.NODES.arrayNode();
      array.forEach(item -> filled(item).ifPresent(copy::add));
      return Optional.of(copy);
    }
    return node.isTextual() ? text(node.asText()) : Optional.of(node);
  }

  private ObjectNode object(ObjectNode object) {
    ObjectNode copy = Json.NODES.objectNode();
    object
        .properties()
        .forEach(
            field -> filled(field.getValue()).ifPresent(value -> copy.set(field.getKey(), value)));
    return copy;
  }

  private Optional<JsonNode> text(String text) {
    Optional<String> filled = placeholders.fill(text);
    return text.equals("@limit") ? filled.map(Json::readOrNull) : filled.map(Json.NODES::textNode);
  }
}
