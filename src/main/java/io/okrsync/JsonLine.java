package io.okrsync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of canonical JSON that somebody else wrote. What is asked for and is missing, or is
 * something else, is an {@link IllegalArgumentException} that names it.
 */
record JsonLine(Map<String, @Nullable Object> content) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static JsonLine of(String text) {
    try {
      return new JsonLine(MAPPER.readValue(text, new TypeReference<>() {}));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("no JSON object: " + broken.getOriginalMessage(), broken);
    }
  }

  long number(String key) {
    return as(Long.class, key, content.get(key));
  }

  @Nullable Long numberOrNull(String key) {
    return content.get(key) == null ? null : number(key);
  }

  String text(String key) {
    return as(String.class, key, content.get(key));
  }

  @Nullable String textOrNull(String key) {
    return content.get(key) == null ? null : text(key);
  }

  Instant moment(String key) {
    return Instant.parse(text(key));
  }

  @Nullable Instant momentOrNull(String key) {
    return content.get(key) == null ? null : moment(key);
  }

  @Nullable BigDecimal decimalOrNull(String key) {
    return content.get(key) == null ? null : new BigDecimal(text(key));
  }

  boolean has(String key) {
    return content.get(key) != null;
  }

  boolean isTrue(String key) {
    return Boolean.TRUE.equals(content.get(key));
  }

  JsonLine object(String key) {
    return of(key, content.get(key));
  }

  List<JsonLine> objects(String key) {
    List<?> list = as(List.class, key, content.get(key));
    return list.stream().map(it -> of(key, it)).toList();
  }

  @SuppressWarnings("unchecked")
  private static JsonLine of(String key, @Nullable Object value) {
    return new JsonLine(as(Map.class, key, value));
  }

  private static <T> T as(Class<T> type, String key, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "%s is %s where a %s is needed".formatted(key, value, type.getSimpleName()));
    }
    return type.cast(value);
  }
}
