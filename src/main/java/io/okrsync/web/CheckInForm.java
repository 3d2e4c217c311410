package io.okrsync.web;

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
    return of(
        keyResult,
        at,
        new JsonFields(FIELDS, "confidence", "{\"confidence\": 4, \"by\": \"Ani\"}").of(request));
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
