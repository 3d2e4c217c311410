package io.okrsync.measure;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.okrsync.connector.FieldType;
import io.okrsync.connector.RecordKind;
import io.okrsync.connector.SourceRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a kind of record, as expressions see them. A field is read when it is needed. */
final class RecordVocabulary {
  private static final Map<RecordKind, Vocabulary<SourceRecord>> BY_KIND =
      new EnumMap<>(RecordKind.class);

  static {
    for (RecordKind kind : RecordKind.values()) {
      BY_KIND.put(kind, of(kind));
    }
  }

  private RecordVocabulary() {}

  static Vocabulary<SourceRecord> forKind(RecordKind kind) {
    return requireNonNull(BY_KIND.get(kind));
  }

  private static Vocabulary<SourceRecord> of(RecordKind kind) {
    Map<String, Name<SourceRecord>> names = new LinkedHashMap<>();
    kind.fields().forEach((field, type) -> names.put(field, field(field, type)));
    names.put("id", new Name<>(ValueType.TEXT, SourceRecord::id));
    names.put("updatedAt", new Name<>(ValueType.TIME, SourceRecord::updatedAt));
    return Vocabulary.mayBeUnset(names);
  }

  private static Name<SourceRecord> field(String name, FieldType type) {
    return switch (type) {
      case TEXT -> name(ValueType.TEXT, name, JsonNode::asText);
      case NUMBER -> name(ValueType.NUMBER, name, node -> number(name, node));
      case TIME -> name(ValueType.TIME, name, node -> Instant.parse(node.asText()));
      case FLAG -> name(ValueType.FLAG, name, JsonNode::asBoolean);
      case TEXTS -> name(ValueType.TEXTS, name, node -> list(name, node));
      case CUSTOM -> name(ValueType.CUSTOM, name, node -> fields(name, node));
    };
  }

  /** Makes a value of a JSON node that is neither missing nor null. */
  private interface Reader {
    @Nullable Object read(JsonNode node);
  }

  private static Name<SourceRecord> name(ValueType<?> type, String field, Reader reader) {
    return new Name<>(
        type,
        record -> {
          JsonNode node = record.fields().get(field);
          return node == null || node.isNull() ? null : reader.read(node);
        });
  }

  private static Exact number(String field, JsonNode node) {
    BigDecimal number = node.decimalValue();
    if (!Decimals.inRange(number)) {
      throw EvaluationFailure.because(field + " is too large or too fine a number");
    }
    return new Exact(number);
  }

  private static @Nullable Object any(String field, JsonNode node) {
    return switch (node.getNodeType()) {
      case NUMBER -> number(field, node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case ARRAY -> list(field, node);
      case OBJECT -> fields(field, node);
      default -> null;
    };
  }

  private static List<Object> list(String field, JsonNode node) {
    List<Object> list = new ArrayList<>(node.size());
    for (JsonNode element : node) {
      Object value = any(field, element);
      if (value != null) {
        list.add(value);
      }
    }
    return list;
  }

  /** What is null is left out: it is unset. */
  private static Map<String, Object> fields(String field, JsonNode node) {
    Map<String, Object> fields = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              Object value = any(field + "." + entry.getKey(), entry.getValue());
              if (value != null) {
                fields.put(entry.getKey(), value);
              }
            });
    return fields;
  }
}
