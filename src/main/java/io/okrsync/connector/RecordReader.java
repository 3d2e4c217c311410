package io.okrsync.connector;

import static io.okrsync.connector.SourceFailure.Remedy.ASK_ADMIN;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a connector gives, {@code {records: [...], next: ..., total: ...}}, into a page. An
 * item that does not fit its kind is rejected with a reason and takes nothing else with it.
 */
final class RecordReader {
  /** Where an item stands, for messages only: {@code sales.csv, line 17}. */
  private static final String PLACE = "_at";

  /** Why a step before already knows that an item is none. */
  private static final String UNFIT = "_unfit";

  /** An id is looked up by an index, which takes no longer ones. */
  private static final int LONGEST_ID = 500;

  private final PageCall call;
  private final RecordKind kind;
  private final FieldReader fields;

  RecordReader(PageCall call) {
    this.call = call;
    this.kind = call.source().kind();
    this.fields = new FieldReader(call.source().zone());
  }

  Page page(@Nullable JsonNode answer) {
    JsonNode items = answer == null ? null : answer.get("records");
    if (answer == null || items == null || !items.isArray()) {
      throw notAPage();
    }
    List<SourceRecord> records = new ArrayList<>();
    List<Rejection> rejections = new ArrayList<>();
    for (JsonNode item : items) {
      try {
        records.add(record(item));
      } catch (FieldReader.Unfit e) {
        rejections.add(rejection(item, records.size() + rejections.size() + 1, e));
      }
    }
    return new Page(records, rejections, next(answer.path("next")), total(answer.path("total")));
  }

  private SourceFailure notAPage() {
    return call.failure(
        ASK_ADMIN,
        "answered, but connector '%s' made no {records: [...]} of it: its jq does not fit this answer"
            .formatted(call.connector().name()),
        null);
  }

  private Rejection rejection(JsonNode item, int number, FieldReader.Unfit e) {
    JsonNode id = item.path("id");
    boolean named = id.isValueNode() && !id.isNull() && !id.asText().isBlank();
    String place = item.path(PLACE).asText("");
    return new Rejection(
        named ? ErrorText.clean(id.asText()) : "item " + number,
        (place.isEmpty() ? "" : place + ": ")
            + call.withoutSecrets(String.valueOf(e.getMessage())));
  }

  private SourceRecord record(JsonNode item) {
    if (!item.isObject()) {
      throw new FieldReader.Unfit("expected an object, found " + FieldReader.shown(item));
    }
    if (item.has(UNFIT)) {
      throw new FieldReader.Unfit(item.path(UNFIT).asText());
    }
    if (call.place().idsOnly()) {
      return withId(item);
    }
    item.fieldNames().forEachRemaining(this::known);
    boolean removed = item.path("removed").asBoolean(false);
    ObjectNode read = Json.NODES.objectNode();
    for (Map.Entry<String, FieldType> field : kind.fields().entrySet()) {
      JsonNode value = fields.read(field.getKey(), field.getValue(), item.path(field.getKey()));
      if (value != null) {
        if (!removed) {
          requireWord(field.getKey(), value);
        }
        read.set(field.getKey(), value);
      }
    }
    String id = read.path("id").asText();
    if (id.isBlank()) {
      throw new FieldReader.Unfit("has no id");
    }
    if (id.length() > LONGEST_ID) {
      throw new FieldReader.Unfit("has an id of more than %d characters".formatted(LONGEST_ID));
    }
    String updatedAt = read.path("updatedAt").textValue();
    return new SourceRecord(id, updatedAt == null ? null : Instant.parse(updatedAt), removed, read);
  }

  /** Another word would count nowhere, without anybody noticing. */
  private void requireWord(String field, JsonNode value) {
    List<String> words = kind.words(field);
    if (!words.isEmpty() && !words.contains(value.asText())) {
      throw new FieldReader.Unfit(
          "%s: expected one of %s, found %s"
              .formatted(field, String.join(", ", words), FieldReader.shown(value)));
    }
  }

  /** What else there may be was not asked for, and need not be as it is otherwise. */
  private SourceRecord withId(JsonNode item) {
    ObjectNode read = Json.NODES.objectNode();
    JsonNode id = fields.read("id", FieldType.TEXT, item.path("id"));
    if (id == null || id.asText().isBlank()) {
      throw new FieldReader.Unfit("has no id");
    }
    read.set("id", id);
    return new SourceRecord(id.asText(), null, false, read);
  }

  private void known(String field) {
    if (kind.fields().containsKey(field) || field.equals("removed") || field.equals(PLACE)) {
      return;
    }
    throw new FieldReader.Unfit(
        "unknown field '%s' of a %s; vendor-only fields go under custom"
            .formatted(ErrorText.clean(field), kind.label()));
  }

  private static @Nullable String next(JsonNode next) {
    if (next.isTextual()) {
      return next.asText().isEmpty() ? null : next.asText();
    }
    return next.isMissingNode() || next.isNull() ? null : next.toString();
  }

  /** A total that cannot be read must not pass for one that is not told: it proves the rest. */
  private @Nullable Long total(JsonNode total) {
    if (total.isMissingNode() || total.isNull()) {
      return null;
    }
    try {
      if (total.isNumber() || total.isTextual()) {
        return new BigDecimal(total.asText().strip()).longValueExact();
      }
    } catch (NumberFormatException | ArithmeticException noWholeNumber) {
      // Said below.
    }
    throw call.failure(
        ASK_ADMIN,
        "tells %s as its total, which is no whole number; check where the total is read from"
            .formatted(FieldReader.shown(total)),
        null);
  }
}
