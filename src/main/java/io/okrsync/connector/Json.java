package io.okrsync.connector;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** JSON in which a number keeps every digit it was sent with. */
final class Json {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .nodeFactory(NODES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** Of two fields of one name nobody can say which is meant. */
  private static final ObjectReader STRICT =
      MAPPER
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .without(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION);

  private Json() {}

  /** Reads exactly one value, each of whose objects names a field once. */
  static JsonNode readStrictly(byte[] body) throws IOException {
    JsonNode node = STRICT.readTree(body);
    return node == null || node.isMissingNode() ? NullNode.getInstance() : node;
  }

  /** Reads one value; an empty stream is a null value. */
  static JsonNode read(InputStream in) throws IOException {
    try (JsonParser parser = MAPPER.createParser(in)) {
      JsonNode node = MAPPER.readTree(parser);
      return node == null || node.isMissingNode() ? NullNode.getInstance() : node;
    }
  }

  /** The value this text is, or null where it is not JSON. */
  static @Nullable JsonNode readOrNull(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
