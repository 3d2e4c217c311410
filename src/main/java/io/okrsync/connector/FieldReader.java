package io.okrsync.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one field of a record in the one form in which it is kept, so that equal content is equal.
 */
final class FieldReader {
  private static final int MOST_DIGITS = 38;

  private final ZoneId zone;

  FieldReader(ZoneId zone) {
    this.zone = zone;
  }

  /** A value that is not what its field holds. */
  static final class Unfit extends RuntimeException {
    Unfit(String why) {
      super(why, null, false, false);
    }
  }

  /** The value as it is kept; null when it is unset. */
  @Nullable JsonNode read(String field, FieldType type, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return switch (type) {
      case TEXT -> text(field, value);
      case NUMBER -> number(field, value);
      case TIME -> time(field, value);
      case FLAG -> flag(field, value);
      case TEXTS -> texts(field, value);
      case CUSTOM -> custom(field, value);
    };
  }

  private static JsonNode text(String field, JsonNode value) {
    if (!value.isValueNode()) {
      throw unfit(field, "a text", value);
    }
    return Json.NODES.textNode(storable(field, value.asText()));
  }

  /**
   * No database keeps the character 0, nor half of one that is written as two, which tools leave
   * behind where they cut a text off. U+FFFD takes its place, as Unicode has it for what cannot be
   * told (The Unicode Standard, 3.9); an id is refused, since two of them could become one.
   */
  private static String storable(String field, String text) {
    if (text.codePoints().noneMatch(FieldReader::isBroken)) {
      return text;
    }
    if (field.equals("id")) {
      throw new Unfit(field + ": holds a character that cannot be stored");
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints().forEach(each -> whole.appendCodePoint(isBroken(each) ? 0xFFFD : each));
    return whole.toString();
  }

  private static boolean isBroken(int character) {
    return character == 0 || character >= 0xD800 && character <= 0xDFFF;
  }

  private static @Nullable JsonNode number(String field, JsonNode value) {
    if (value.isTextual() && value.asText().isBlank()) {
      return null;
    }
    if (!value.isNumber() && !value.isTextual()) {
      throw unfit(field, "a number", value);
    }
    try {
      BigDecimal number =
          value.isNumber() ? value.decimalValue() : new BigDecimal(value.asText().strip());
      if (isLong(number)) {
        throw unfit(field, "a number of at most 38 digits", value);
      }
      return plain(number);
    } catch (NumberFormatException e) {
      throw unfit(field, "a number", value);
    }
  }

  /** Whether writing it in full would take more than 38 digits before or after the point. */
  private static boolean isLong(BigDecimal number) {
    return number.precision() - number.scale() > MOST_DIGITS || number.scale() > MOST_DIGITS;
  }

  /** Without trailing zeros and without an exponent: 200, 200.0 and 2E+2 are one number. */
  private static JsonNode plain(BigDecimal number) {
    BigDecimal stripped = number.stripTrailingZeros();
    return DecimalNode.valueOf(stripped.scale() < 0 ? stripped.setScale(0) : stripped);
  }

  private @Nullable JsonNode time(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw unfit(field, "a time such as 2026-11-21T19:33:18Z", value);
    }
    if (value.asText().isBlank()) {
      return null;
    }
    return Times.instant(value.asText(), zone)
        .map(instant -> Json.NODES.textNode(instant.toString()))
        .orElseThrow(() -> unfit(field, "a time such as 2026-11-21T19:33:18Z", value));
  }

  private static @Nullable JsonNode flag(String field, JsonNode value) {
    return switch (value.asText().strip().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> Json.NODES.booleanNode(true);
      case "false", "no", "0" -> Json.NODES.booleanNode(false);
      case "" -> value.isTextual() ? null : custom(field, value);
      default -> throw unfit(field, "true or false", value);
    };
  }

  private static JsonNode texts(String field, JsonNode value) {
    ArrayNode texts = Json.NODES.arrayNode();
    if (!value.isArray()) {
      return texts.add(text(field, value));
    }
    for (JsonNode each : value) {
      if (!each.isNull()) {
        texts.add(text(field, each));
      }
    }
    return texts;
  }

  private static @Nullable JsonNode custom(String field, JsonNode value) {
    if (!value.isObject()) {
      throw unfit(field, "an object", value);
    }
    JsonNode sorted = sorted(value);
    return sorted.isEmpty() ? null : sorted;
  }

  private static JsonNode sorted(JsonNode value) {
    if (value instanceof ArrayNode array) {
      ArrayNode copy = Json.NODES.arrayNode();
      array.forEach(each -> copy.add(sorted(each)));
      return copy;
    }
    if (value.isNumber()) {
      return isLong(value.decimalValue()) ? value : plain(value.decimalValue());
    }
    if (!value.isObject()) {
      return value.isTextual() ? Json.NODES.textNode(storable("custom", value.asText())) : value;
    }
    ObjectNode copy = Json.NODES.objectNode();
    value.properties().stream()
        .filter(each -> !each.getValue().isNull())
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(each -> copy.set(each.getKey(), sorted(each.getValue())));
    return copy;
  }

  private static Unfit unfit(String field, String expected, JsonNode found) {
    return new Unfit("%s: expected %s, found %s".formatted(field, expected, shown(found)));
  }

  /** A short form of a value, for a message. */
  static String shown(JsonNode value) {
    if (value.isContainerNode()) {
      return value.isArray() ? "a list" : "an object";
    }
    String text = ErrorText.clean(value.asText());
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return value.isTextual() ? "'" + shown + "'" : shown;
  }
}
