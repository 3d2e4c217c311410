package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Records as a case gives them; none at all is a source that was read and is empty. */
record GivenRecords() implements Kind<List<Node>> {
  @Override
  public Optional<List<Node>> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Items list)) {
      context.problem(node, "must be " + holds(), "[] where the source was read and is empty");
      return Optional.empty();
    }
    list.items().stream()
        .filter(item -> !(item instanceof Node.Mapping) && !(item instanceof Node.Spoiled))
        .forEach(item -> context.problem(item, "must be a record: { id: 1, … }"));
    return Optional.of(list.items());
  }

  @Override
  public String holds() {
    return "a list of records";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "array");
    schema.putObject("items").put("type", "object").putArray("required").add("id");
    return schema;
  }
}
