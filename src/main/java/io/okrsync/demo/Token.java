package io.okrsync.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A place in an order as clients see it: an opaque text, good only for the order it was made for.
 */
final class Token {
  private Token() {}

  static String of(String order, List<Long> place) {
    ObjectNode token = Json.object().put("order", order);
    place.forEach(token.putArray("place")::add);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.text(token).getBytes(StandardCharsets.UTF_8));
  }

  /** The place of a token made for this order; empty if it is none. */
  static Optional<List<Long>> place(String order, int keys, String token) {
    return decoded(token)
        .flatMap(Json::read)
        .filter(json -> json.path("order").asText().equals(order))
        .map(json -> numbers(json.path("place")))
        .filter(place -> place.size() == keys);
  }

  private static Optional<String> decoded(String token) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static List<Long> numbers(JsonNode array) {
    List<Long> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asLong()));
    return numbers;
  }
}
