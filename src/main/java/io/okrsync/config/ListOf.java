package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** One or more of the same. Items that are not right are left out. */
record ListOf<T>(Kind<T> items) implements Kind<List<T>> {

  @Override
  public Optional<List<T>> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Items list) || list.items().isEmpty()) {
      context.problem(node, "must be " + holds());
      return Optional.empty();
    }
    return Optional.of(
        list.items().stream().flatMap(item -> items.read(item, context).stream()).toList());
  }

  @Override
  public String holds() {
    return "a list with at least one item";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema =
        JsonNodeFactory.instance.objectNode().put("type", "array").put("minItems", 1);
    schema.set("items", items.schema());
    return schema;
  }
}
