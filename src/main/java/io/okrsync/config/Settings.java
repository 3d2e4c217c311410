package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Settings whose names the connector knows; they are checked when the connector is known. */
record Settings() implements Kind<Node.Mapping> {
  @Override
  public Optional<Node.Mapping> read(Node node, Context context) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    if (!(node instanceof Node.Spoiled)) {
      context.problem(
          node, "must be " + holds(), "they stand in the lines below it, further in than 'with'");
    }
    return Optional.empty();
  }

  @Override
  public String holds() {
    return "names of settings, each with a value";
  }

  @Override
  public ObjectNode schema() {
    return JsonNodeFactory.instance.objectNode().put("type", "object");
  }
}
