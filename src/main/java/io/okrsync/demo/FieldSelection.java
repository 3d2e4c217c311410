package io.okrsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;

/**
 * Mailchimp's {@code fields} and {@code exclude_fields}: paths with dots, through lists too, such
 * as {@code reports.opens.open_rate}.
 */
final class FieldSelection {
  private final List<String> included;
  private final List<String> excluded;

  FieldSelection(Request request) {
    this.included = paths(request, "fields");
    this.excluded = paths(request, "exclude_fields");
  }

  void applyTo(ObjectNode answer) {
    prune(answer, "");
  }

  private void prune(JsonNode node, String prefix) {
    if (node.isArray()) {
      node.forEach(element -> prune(element, prefix));
    }
    if (!(node instanceof ObjectNode object)) {
      return;
    }
    List.copyOf(object.properties())
        .forEach(
            field -> {
              String path = prefix + field.getKey();
              if (!isWanted(path)) {
                object.remove(field.getKey());
                return;
              }
              prune(field.getValue(), path + ".");
            });
  }

  private boolean isWanted(String path) {
    if (excluded.contains(path)) {
      return false;
    }
    return included.isEmpty()
        || included.stream()
            .anyMatch(
                wanted ->
                    wanted.equals(path)
                        || path.startsWith(wanted + ".")
                        || wanted.startsWith(path + "."));
  }

  private static List<String> paths(Request request, String parameter) {
    return request
        .parameter(parameter)
        .map(text -> Arrays.stream(text.split(",")).map(String::strip).toList())
        .orElse(List.of());
  }
}
