package io.okrsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSON text for one meaning, as RFC 8785 has it: keys sorted, no spaces, the shortest escapes.
 * Decimals and instants are texts, so that no reader rounds them; the only numbers are whole ones.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The text of a map, list, text, whole number, decimal, instant, truth or null. */
  public static String of(@Nullable Object value) {
    if (value == null || value instanceof Boolean || value instanceof Long) {
      return String.valueOf(value);
    }
    if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map)
          .entrySet().stream()
              .map(it -> text(String.valueOf(it.getKey())) + ":" + of(it.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CanonicalJson::of).collect(Collectors.joining(",", "[", "]"));
    }
    if (value instanceof BigDecimal number) {
      return text(plain(number));
    }
    if (value instanceof String || value instanceof Instant) {
      return text(value.toString());
    }
    throw new IllegalArgumentException("has no canonical JSON: " + value.getClass());
  }

  /** Without trailing zeros and without an exponent: equal numbers are equal texts. */
  public static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** SHA-256 of the UTF-8 bytes of a text, in lower-case hex. */
  public static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars().forEach(character -> json.append(escaped((char) character)));
    return json.append('"').toString();
  }

  private static String escaped(char character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\b' -> "\\b";
      case '\t' -> "\\t";
      case '\n' -> "\\n";
      case '\f' -> "\\f";
      case '\r' -> "\\r";
      default -> character < ' ' ? "\\u%04x".formatted((int) character) : String.valueOf(character);
    };
  }
}
