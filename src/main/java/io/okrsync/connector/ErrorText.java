package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The short text in a vendor's error answer that says what is wrong. */
final class ErrorText {
  /** Where vendors put it, the most telling first. */
  private static final List<String> FIELDS =
      List.of(
          "error_description",
          "detail",
          "message",
          "error",
          "errorMessages",
          "errors",
          "title",
          "error_info");

  private static final int LONGEST = 200;

  private ErrorText() {}

  /** Secrets are hidden before it is cut short: nobody would find a part of one afterwards. */
  static Optional<String> in(@Nullable JsonNode json, PageCall call) {
    return json == null
        ? Optional.empty()
        : find(json, 0).map(call::withoutSecrets).map(ErrorText::clean);
  }

  private static Optional<String> find(JsonNode json, int depth) {
    if (json.isTextual() && !json.asText().isBlank()) {
      return Optional.of(json.asText());
    }
    if (depth > 3) {
      return Optional.empty();
    }
    if (json.isArray()) {
      return find(json.path(0), depth + 1);
    }
    return FIELDS.stream().flatMap(field -> find(json.path(field), depth + 1).stream()).findFirst();
  }

  /** One line of at most 200 characters, without control characters. */
  static String clean(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }
}
