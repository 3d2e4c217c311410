package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.measure.NearestName;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object that was sent.
 *
 * @param known the names there may be
 * @param number the one that may be a number; all others are texts. Null where there is none
 * @param example such an object
 */
record JsonFields(List<String> known, @Nullable String number, String example) {

  /**
   * What stands in each field; null where nothing does.
   *
   * @throws IllegalArgumentException where it is no such object, saying why
   */
  UnaryOperator<@Nullable String> of(RoutingContext request) {
    String body = request.body().asString();
    JsonNode json = Json.read(body == null ? "" : body);
    if (!json.isObject()) {
      throw new IllegalArgumentException("The body must be a JSON object such as " + example);
    }
    json.fieldNames().forEachRemaining(this::requireKnown);
    return name -> json.hasNonNull(name) ? text(name, json.get(name)) : null;
  }

  private String text(String name, JsonNode value) {
    if (name.equals(number) && value.isNumber()) {
      return value.isIntegralNumber() ? value.asText() : value.decimalValue().toPlainString();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " must be a text");
    }
    return value.asText();
  }

  private void requireKnown(String name) {
    if (!known.contains(name)) {
      String near = NearestName.to(name, known).map("; did you mean '%s'?"::formatted).orElse("");
      throw new IllegalArgumentException("Unknown field '" + name + "'" + near);
    }
  }
}
