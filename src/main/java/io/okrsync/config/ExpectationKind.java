package io.okrsync.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The expected value alone, or a mapping with what else is expected. */
record ExpectationKind() implements Kind<Expectation> {
  @Override
  public Optional<Expectation> read(Node node, Context context) {
    if (!(node instanceof Node.Mapping)) {
      return Kinds.NUMBER.read(node, context).map(value -> new Expectation(value, null, null));
    }
    return CaseKeys.EXPECTATION
        .read(node, context)
        .filter(section -> section.sound() && saysSomething(section, context))
        .map(
            section ->
                new Expectation(
                    section.get(CaseKeys.VALUE).orElse(null),
                    section.get(CaseKeys.REASON).orElse(null),
                    section.get(CaseKeys.STATUS_KEY).orElse(null)));
  }

  private static boolean saysSomething(Section section, Context context) {
    if (section.values().isEmpty()) {
      context.problem(section.node(), "expects nothing; write value, reason or status");
      return false;
    }
    if (section.has(CaseKeys.VALUE) && section.has(CaseKeys.REASON)) {
      context.problem(
          section.node(), "expects both a value and the reason why there is none; keep one");
      return false;
    }
    return true;
  }

  @Override
  public String holds() {
    return "a number, or a mapping with value, reason, status";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema
        .putArray("oneOf")
        .add(Kinds.NUMBER.schema())
        .add(CaseKeys.EXPECTATION.schema().put("minProperties", 1));
    return schema;
  }
}
