package io.okrsync.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.okrsync.okr.Input;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The inputs of a reading as JSON; numbers as texts, so that each keeps its digits. */
@Converter
final class InputsAsJson implements AttributeConverter<List<Input>, String> {

  @Override
  public String convertToDatabaseColumn(List<Input> inputs) {
    return write(inputs);
  }

  static String write(List<Input> inputs) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    inputs.forEach(input -> write(input, array.addObject()));
    return array.toString();
  }

  @Override
  public List<Input> convertToEntityAttribute(String json) {
    try {
      List<Input> inputs = new ArrayList<>();
      Json.MAPPER.readTree(json).forEach(node -> inputs.add(read(node)));
      return List.copyOf(inputs);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the inputs of a reading are not JSON", broken);
    }
  }

  private static void write(Input input, ObjectNode node) {
    node.put("name", input.name())
        .put("version", input.version())
        .put("from", input.from().toString())
        .put("to", input.to().toString())
        .put("run", input.run())
        .put("records", input.records())
        .put("value", input.value() == null ? null : input.value().toPlainString())
        .put("reason", input.reason());
  }

  private static Input read(JsonNode node) {
    return new Input(
        node.get("name").textValue(),
        node.get("version").textValue(),
        Instant.parse(node.get("from").textValue()),
        Instant.parse(node.get("to").textValue()),
        node.get("run").isNull() ? null : node.get("run").longValue(),
        node.get("records").longValue(),
        node.get("value").isNull() ? null : new BigDecimal(node.get("value").textValue()),
        node.get("reason").textValue());
  }
}
