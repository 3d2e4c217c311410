package io.okrsync.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON Schemas of the configuration files, by which editors complete, explain and check them while
 * somebody types. They come from the keys by which the files are read.
 */
final class JsonSchemas {
  private JsonSchemas() {}

  /** The text of each schema by its file name, such as {@code sources.schema.json}. */
  static Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("sources.schema.json", text("OKR Sync: sources", SourceKeys.FILE));
    all.put("measures.schema.json", text("OKR Sync: measures", MeasureKeys.FILE));
    all.put("okrs.schema.json", text("OKR Sync: objectives of a cycle", OkrKeys.FILE));
    all.put("lint.schema.json", text("OKR Sync: checks of wording and numbers", LintKeys.FILE));
    all.put("cases.schema.json", text("OKR Sync: cases that key results must meet", CaseKeys.FILE));
    return all;
  }

  private static String text(String title, Shape shape) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.setAll(shape.schema());
    try {
      DefaultPrettyPrinter printer =
          new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema can always be written", e);
    }
  }
}
