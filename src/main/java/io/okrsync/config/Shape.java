package io.okrsync.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping with these keys and no others.
 *
 * @param elsewhere keys that are looked for here, and how they are said where they belong
 */
record Shape(List<Key<?>> keys, List<Rule> rules, Map<String, String> elsewhere)
    implements Kind<Section> {

  static Shape of(Key<?>... keys) {
    return new Shape(List.of(keys), List.of(), Map.of());
  }

  Shape with(Rule... added) {
    return new Shape(keys, List.of(added), elsewhere);
  }

  @Override
  public Optional<Section> read(Node node, Context context) {
    if (node instanceof Node.Spoiled) {
      return Optional.empty();
    }
    if (!(node instanceof Node.Mapping mapping)) {
      context.problem(node, "must be " + holds());
      return Optional.empty();
    }
    int before = context.problems().count();
    mapping.entries().forEach((name, entry) -> checkKnown(name, entry, context));
    IdentityHashMap<Key<?>, Object> values = new IdentityHashMap<>();
    boolean spoiled = false;
    for (Key<?> key : keys) {
      Optional<?> value = read(key, mapping, context);
      value.ifPresent(found -> values.put(key, found));
      spoiled |= value.isEmpty() && (key.required() || mapping.entries().containsKey(key.name()));
    }
    rules.forEach(rule -> rule.check(new Section(mapping, values, true), context));
    boolean sound = !spoiled && context.problems().count() == before;
    return Optional.of(new Section(mapping, values, sound));
  }

  private static <T> Optional<T> read(Key<T> key, Node.Mapping mapping, Context context) {
    Node.Entry entry = mapping.entries().get(key.name());
    if (entry != null) {
      return key.kind().read(entry.value(), context);
    }
    if (key.required()) {
      String example = key.name() + ": " + key.example();
      context.problem(mapping, "needs the key '" + key.name() + "'", "such as " + example);
    }
    return Optional.empty();
  }

  private void checkKnown(String name, Node.Entry entry, Context context) {
    List<String> known = keys.stream().map(Key::name).toList();
    if (!known.contains(name)) {
      String hint =
          name.endsWith(")") || name.endsWith("]")
              ? "in { } a comma ends the text before it, unless that stands in quotes, such as at:"
                  + " \"max(wonAt, createdAt)\""
              : elsewhere.getOrDefault(name, Names.hint(name, known));
      context.problems().add(entry.key(), "unknown key '" + name + "'", hint);
    }
  }

  @Override
  public String holds() {
    return "a mapping with " + String.join(", ", keys.stream().map(Key::name).toList());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    keys.forEach(key -> properties.set(key.name(), describe(key)));
    ArrayNode required = schema.putArray("required");
    keys.stream().filter(Key::required).forEach(key -> required.add(key.name()));
    rules.forEach(rule -> rule.describe(schema));
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode describe(Key<?> key) {
    String standard = key.standard() == null ? "" : " Default: " + key.standard() + ".";
    return key.kind().schema().put("description", key.meaning() + standard);
  }
}
