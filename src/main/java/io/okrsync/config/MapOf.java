package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names chosen by the admin, each with a value. Values that are not right are left out; those under
 * a name that is not allowed are not, so that the name hides no other problem.
 *
 * @param names what a name looks like
 * @param rule the same in words
 */
record MapOf<T>(Pattern names, String rule, Kind<T> values) implements Kind<Map<String, T>> {

  @Override
  public Optional<Map<String, T>> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Mapping mapping)) {
      context.problem(node, "must be " + holds());
      return Optional.empty();
    }
    Map<String, T> read = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (!names.matcher(name).matches()) {
                context.problems().add(entry.key(), "the name '" + name + "' is not allowed", rule);
              }
              values.read(entry.value(), context).ifPresent(right -> read.put(name, right));
            });
    return Optional.of(Collections.unmodifiableMap(read));
  }

  @Override
  public String holds() {
    return "a mapping of names to " + values.holds();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putObject("propertyNames").put("pattern", "^" + names.pattern() + "$");
    schema.set("additionalProperties", values.schema());
    return schema;
  }
}
