package io.okrsync.config;

import io.okrsync.connector.Connector;
import io.okrsync.connector.ConnectorProperty;
import io.okrsync.connector.JqProblem;
import io.okrsync.connector.RecordKind;
import java.util.List;
import java.util.Optional;

/**
 * Checks settings that are written in a language of their own, so that they fail now and not at
 * night: jq must compile, and what is mapped must be a field of the record kind.
 *
 * @param kind what the source's records are; empty where that is not known, which is reported
 */
record SettingTexts(Optional<RecordKind> kind, Context context) {

  void check(Connector connector, Node.Mapping with) {
    List<String> programs =
        connector.properties().stream()
            .filter(ConnectorProperty::jq)
            .map(ConnectorProperty::name)
            .toList();
    for (ConnectorProperty property : connector.properties()) {
      Node.Entry entry = with.entries().get(property.name());
      if (entry == null) {
        continue;
      }
      if (property.jq()) {
        jq(entry.value(), programs);
      }
      if (property.byField() && entry.value() instanceof Node.Mapping fields) {
        kind.ifPresent(of -> fields(of, property, fields));
      }
    }
  }

  private void jq(Node node, List<String> programs) {
    if (node instanceof Node.Mapping mapping) {
      mapping.entries().values().forEach(entry -> jq(entry.value(), programs));
    }
    if (node instanceof Node.Items) {
      context.problem(node, "must be jq, not a list", "write it in quotes, such as \"[.a, .b]\"");
    }
    // What a reference stands for may be secret, and a problem with it was reported already.
    if (node instanceof Node.Scalar scalar && !scalar.isEmpty() && !scalar.text().contains("{{")) {
      JqProblem.in(scalar.text(), programs)
          .ifPresent(
              problem ->
                  context
                      .problems()
                      .add(
                          scalar.inside(problem.line(), problem.column()),
                          "is not jq: " + problem.message()));
    }
  }

  private void fields(RecordKind of, ConnectorProperty property, Node.Mapping fields) {
    List<String> known = of.mappable();
    fields
        .entries()
        .forEach(
            (name, entry) -> {
              if (!known.contains(name)) {
                context
                    .problems()
                    .add(
                        entry.key(),
                        "unknown field '%s' of a %s".formatted(name, of.label()),
                        Names.hint(name, known) + "; others go under custom");
              }
            });
    boolean named = property.required() || !fields.entries().isEmpty();
    if (named && !fields.entries().containsKey("id")) {
      String example = property.example() == null ? null : "such as " + property.example();
      context.problem(fields, "needs the field 'id'", example);
    }
  }
}
