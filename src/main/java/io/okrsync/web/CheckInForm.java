package io.okrsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.measure.NearestName;
import io.okrsync.okr.CheckIn;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a check-in that was sent, by a form or as JSON. */
final class CheckInForm {
  private static final List<String> FIELDS = List.of("confidence", "by", "wins", "blockers");

  private CheckInForm() {}

  /**
   * @throws IllegalArgumentException where something is missing or not right, saying what
   */
  static CheckIn ofForm(RoutingContext request, String keyResult, Instant at) {
    return of(keyResult, at, request.request()::getFormAttribute);
  }

  /**
   * @throws IllegalArgumentException where something is missing or not right, saying what
   */
  static CheckIn ofJson(RoutingContext request, String keyResult, Instant at) {
    String body = request.body().asString();
    JsonNode json = Json.read(body == null ? "" : body);
    if (!json.isObject()) {
      throw new IllegalArgumentException(
          "The body must be a JSON object such as {\"confidence\": 4, \"by\": \"Ani\"}");
    }
    json.fieldNames().forEachRemaining(CheckInForm::requireKnown);
    return of(keyResult, at, name -> json.hasNonNull(name) ? text(name, json.get(name)) : null);
  }

  private static String text(String name, JsonNode value) {
    if (!value.isTextual() && !(name.equals("confidence") && value.isNumber())) {
      throw new IllegalArgumentException(name + " must be a text");
    }
    return value.asText();
  }

  private static void requireKnown(String name) {
    if (!FIELDS.contains(name)) {
      String near = NearestName.to(name, FIELDS).map("; did you mean '%s'?"::formatted).orElse("");
      throw new IllegalArgumentException("Unknown field '" + name + "'" + near);
    }
  }

  private static CheckIn of(String keyResult, Instant at, UnaryOperator<@Nullable String> field) {
    String confidence = field.apply("confidence");
    if (confidence == null || confidence.isBlank()) {
      throw new IllegalArgumentException(
          "confidence is missing: 1, 2, 3, 4, 5, red, yellow or green");
    }
    return new CheckIn(
        keyResult,
        at,
        orEmpty(field.apply("by")),
        CheckIn.confidence(confidence),
        orEmpty(field.apply("wins")),
        orEmpty(field.apply("blockers")));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
